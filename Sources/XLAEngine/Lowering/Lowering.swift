import Graph

/// Writes a graph as StableHLO.
struct Lowering {
    let text: ProgramText

    /// The whole module.
    ///
    /// - Parameter graph: as ``Graph/preparedForXLA()`` gives it.
    static func module(_ graph: Graph, options: CompileOptions) throws -> String {
        let text = ProgramText()
        let parameters = graph.parameterTypes.enumerated().map { Term(name: "%arg\($0)", type: $1) }
        let results = try Lowering(text: text).body(graph, parameters)
        let layouts = Layouts(options)
        let outputOf = Dictionary(options.aliases.map { ($1, $0) }) { first, _ in first }
        let head = parameters.enumerated().map { index, term in
            var attributes = outputOf[index].map { ["tf.aliasing_output = \($0) : i32"] } ?? []
            attributes += layouts.attribute(options.parameterAxes[index], rank: term.type.rank)
            return "\(term.name): \(term.type.text)" + (attributes.isEmpty ? "" : " {\(attributes.joined(separator: ", "))}")
        }
        let foot = results.enumerated().map { index, term in
            let attributes = layouts.attribute(options.outputAxes[index], rank: term.type.rank)
            return term.type.text + (attributes.isEmpty ? "" : " {\(attributes.joined(separator: ", "))}")
        }
        return """
            module @program {
            \(layouts.declaration)func.func public @main(\(head.joined(separator: ", "))) -> (\(foot.joined(separator: ", "))) {
            \(text.lines.joined(separator: "\n"))
            "func.return"(\(results.map(\.name).joined(separator: ", "))) : (\(results.map(\.type.text).joined(separator: ", "))) -> ()
            }
            }
            """
    }

    /// Writes a graph's instructions; gives its outputs.
    func body(_ graph: Graph, _ parameters: [Term]) throws -> [Term] {
        var values: [[Term]] = []
        values.reserveCapacity(graph.instructions.count)
        var next = parameters.makeIterator()
        for instruction in graph.instructions {
            if case .parameter = instruction.primitive {
                values.append(next.next().map { [$0] } ?? [])
                continue
            }
            let operands = instruction.operands.map { values[Int($0.instruction)][Int($0.result)] }
            values.append(try lower(instruction.primitive, operands, instruction.results))
        }
        return graph.outputs.map { values[Int($0.instruction)][Int($0.result)] }
    }

    private func lower(_ primitive: Primitive, _ x: [Term], _ results: [TensorType]) throws -> [Term] {
        let type = results.first ?? TensorType([], .float32)
        switch primitive {
        case .parameter: return x
        case .constant(let literal): return [text.constant(literal)]
        case .iota(let type, let axis): return [text.iota(type, axis: axis)]

        case .unary(let operation): return [unary(operation, x[0])]
        case .binary(let operation): return [binary(operation, x[0], x[1])]
        case .compare(let comparison): return [text.compare(comparison.direction, x[0], x[1])]
        case .select: return [text.select(x[0], x[1], x[2])]
        case .convert(let dtype): return [text.convert(x[0], dtype)]
        case .bitcast: return [text.apply("stablehlo.bitcast_convert", x[0], to: type)]

        case .reshape(let shape): return [text.reshape(x[0], shape)]
        case .transpose(let permutation): return [text.transpose(x[0], permutation)]
        case .broadcast(let shape, let axes): return [text.broadcast(x[0], shape, axes: axes)]
        case .slice(let slice): return [text.slice(x[0], slice)]
        case .dynamicSlice(let sizes): return [dynamicSlice(x[0], at: x[1], sizes: sizes)]
        case .dynamicUpdate: return [dynamicUpdate(x[0], with: x[1], at: x[2])]
        case .concatenate(let axis): return text.apply("stablehlo.concatenate", x, "dimension = \(axis) : i64", to: results)
        case .pad(let padding): return [text.pad(x[0], padding, with: x[1], shape: type.shape)]
        case .reverse(let axes): return [text.reverse(x[0], axes: axes)]

        case .reduce(let reduction, let axes): return [reduce(reduction, x[0], axes: axes)]
        case .argReduce(let reduction, let axis): return [argReduce(reduction, x[0], axis: axis)]
        case .cumulative(let operation, let axis, let reverse): return [cumulative(operation, x[0], axis: axis, reverse: reverse)]
        case .matmul(let transposeA, let transposeB): return [matmul(x[0], x[1], transposeA, transposeB, to: type)]
        case .convolution(let convolution): return [self.convolution(convolution, x[0], x[1], to: type)]
        case .reduceWindow(let reduction, let window): return [reduceWindow(reduction, x[0], window, to: type)]
        case .maxWindowGradient(let window): return [maxWindowGradient(x[0], x[1], window)]

        case .gather(let axis, let batchAxes): return [gather(x[0], x[1], axis: axis, batchAxes: batchAxes, to: type)]
        case .scatter(let reduction, let axis, let batchAxes): return [scatter(reduction, x[0], x[1], x[2], axis: axis, batchAxes: batchAxes)]
        case .sort(let axis, let descending): return sort(x[0], axis: axis, order: descending ? .descending : .ascending)
        case .topK(let count): return topK(x[0], count)
        case .randomBits(let shape): return [randomBits(key: x[0], shape)]

        case .scan(let scan): return try self.scan(scan, x, to: results)
        case .conditional(let first, let second): return try conditional(first, second, x, to: results)
        case .identity(let count): return Array(x.prefix(count))
        case .stopGradient: return [x[0]]
        case .composite(let composite): return try self.composite(composite, x, to: results)
        }
    }

    private func composite(_ composite: Composite, _ x: [Term], to results: [TensorType]) throws -> [Term] {
        switch composite {
        case .convolutionInputGradient(let convolution, _) where convolution.groups == 1:
            return [inputGradient(convolution, kernel: x[0], gradient: x[1], to: results[0])]
        case .convolutionKernelGradient(let convolution, _) where convolution.groups == 1:
            return [kernelGradient(convolution, input: x[0], gradient: x[1], to: results[0])]
        case .convolutionInputGradient, .convolutionKernelGradient:
            return try parts(of: composite, x)
        case .softmax, .logSoftmax, .gelu, .geluGradient, .sparseCrossEntropy, .sparseCrossEntropyGradient, .softmaxCrossEntropy,
            .layerNormalization, .layerNormalizationGradient, .batchNormalization, .batchNormalizationGradient, .lstm, .lstmGradient, .gru:
            // XLA fuses the parts by itself. Half types are computed in float32.
            let outputs = try parts(of: composite, x.map(text.widened))
            return zip(outputs, results).map { text.convert($0, $1.dtype) }
        }
    }

    private func parts(of composite: Composite, _ x: [Term]) throws -> [Term] {
        try body(composite.decomposition(x.map(\.type)), x)
    }
}

extension Graph {
    /// The graph as it is lowered: a GRU written out, so that it and its gradient share their loop; equal work done once.
    func preparedForXLA() throws -> Graph {
        try decomposingComposites { composite in
            switch composite {
            case .gru: true
            default: false
            }
        }.simplified()
    }
}

/// Names of devices' axes and how tensors are split by them, as Shardy's attributes. Source: https://openxla.org/shardy.
private struct Layouts {
    private let grid: DeviceGrid?

    init(_ options: CompileOptions) { grid = options.grid }

    var declaration: String {
        guard let grid else { return "" }
        return "sdy.mesh @grid = <[\(grid.axes.map { "\"\($0.name)\"=\($0.size)" }.joined(separator: ", "))]>\n"
    }

    func attribute(_ axes: [String?]?, rank: Int) -> [String] {
        guard grid != nil else { return [] }
        let axes = axes ?? Array(repeating: nil, count: rank)
        return ["sdy.sharding = #sdy.sharding<@grid, [\(axes.map { $0.map { "{\"\($0)\"}" } ?? "{}" }.joined(separator: ", "))]>"]
    }
}
