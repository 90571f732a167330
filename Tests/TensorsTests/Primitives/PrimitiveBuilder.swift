import Graph

extension PrimitiveRow {
    struct UnknownOperation: Error { let row: String }

    private func list(_ key: String) throws -> [Int] {
        guard case .list(let value)? = attrs?[key] else { throw UnknownOperation(row: "\(self): \(key)") }
        return value
    }

    private func integer(_ key: String) throws -> Int {
        guard case .integer(let value)? = attrs?[key] else { throw UnknownOperation(row: "\(self): \(key)") }
        return value
    }

    private func number(_ key: String) throws -> Double {
        switch attrs?[key] {
        case .number(let value)?: return value
        case .integer(let value)?: return Double(value)
        default: throw UnknownOperation(row: "\(self): \(key)")
        }
    }

    private func flag(_ key: String) throws -> Bool {
        guard case .flag(let value)? = attrs?[key] else { throw UnknownOperation(row: "\(self): \(key)") }
        return value
    }

    private func text(_ key: String) throws -> String {
        guard case .text(let value)? = attrs?[key] else { throw UnknownOperation(row: "\(self): \(key)") }
        return value
    }

    private func named<Case: RawRepresentable<String>>(_: Case.Type, _ key: String = "f") throws -> Case {
        guard let value = Case(rawValue: try text(key)) else { throw UnknownOperation(row: "\(self): \(key)") }
        return value
    }

    private func window() throws -> Window {
        Window(sizes: try list("sizes"), strides: try list("strides"), low: try list("low"), high: try list("high"), dilation: try list("dilation"))
    }

    private func convolution() throws -> Convolution {
        Convolution(strides: try list("strides"), low: try list("low"), high: try list("high"), inputDilation: try list("inputDilation"),
                    kernelDilation: try list("kernelDilation"), groups: try integer("groups"))
    }

    /// The operation that the row is about.
    func primitive() throws -> Primitive {
        switch op {
        case "parameter": return .parameter(0, `in`[0].type)
        case "constant": return .constant(Literal(type: `in`[0].type, bytes: `in`[0].bytes))
        case "iota": return .iota(TensorType(try list("shape"), try named(DType.self, "dtype")), axis: try integer("axis"))
        case "unary": return .unary(try named(Unary.self))
        case "binary": return .binary(try named(Binary.self))
        case "compare": return .compare(try named(Comparison.self))
        case "select": return .select
        case "convert": return .convert(try named(DType.self, "dtype"))
        case "bitcast": return .bitcast(try named(DType.self, "dtype"))
        case "reshape": return .reshape(try list("shape"))
        case "transpose": return .transpose(try list("permutation"))
        case "broadcast": return .broadcast(try list("shape"), axes: try list("axes"))
        case "slice": return .slice(Slice(starts: try list("starts"), limits: try list("limits"), strides: try list("strides")))
        case "dynamicSlice": return .dynamicSlice(sizes: try list("sizes"))
        case "dynamicUpdate": return .dynamicUpdate
        case "concatenate": return .concatenate(axis: try integer("axis"))
        case "pad": return .pad(Padding(low: try list("low"), high: try list("high"), interior: try list("interior")))
        case "reverse": return .reverse(axes: try list("axes"))
        case "reduce": return .reduce(try named(Reduction.self), axes: try list("axes"))
        case "argReduce": return .argReduce(try named(ArgReduction.self), axis: try integer("axis"))
        case "cumulative": return .cumulative(try named(Cumulative.self), axis: try integer("axis"), reverse: try flag("reverse"))
        case "matmul": return .matmul(transposeA: try flag("a"), transposeB: try flag("b"))
        case "convolution": return .convolution(try convolution())
        case "reduceWindow": return .reduceWindow(try named(WindowReduction.self), try window())
        case "maxWindowGradient": return .maxWindowGradient(try window())
        case "gather": return .gather(axis: try integer("axis"), batchAxes: try integer("batchAxes"))
        case "scatter": return .scatter(try named(ScatterReduction.self), axis: try integer("axis"), batchAxes: try integer("batchAxes"))
        case "sort": return .sort(axis: try integer("axis"), descending: try flag("descending"))
        case "topK": return .topK(try integer("k"))
        case "randomBits": return .randomBits(try list("shape"))
        case "scan": return .scan(try scan())
        case "conditional":
            let types = `in`.dropFirst().map(\.type)
            return .conditional(try FixtureBodies.taken(types), try FixtureBodies.notTaken(types))
        case "identity": return .identity(count: try integer("count"))
        case "stopGradient": return .stopGradient
        default: return .composite(try composite())
        }
    }

    private func composite() throws -> Composite {
        switch op {
        case "softmax": .softmax(axis: try integer("axis"))
        case "logSoftmax": .logSoftmax(axis: try integer("axis"))
        case "gelu": .gelu(approximate: try flag("approximate"))
        case "geluGradient": .geluGradient(approximate: try flag("approximate"))
        case "sparseCrossEntropy": .sparseCrossEntropy
        case "sparseCrossEntropyGradient": .sparseCrossEntropyGradient
        case "softmaxCrossEntropy": .softmaxCrossEntropy
        case "layerNormalization": .layerNormalization(axes: try integer("axes"), epsilon: try number("epsilon"))
        case "layerNormalizationGradient": .layerNormalizationGradient(axes: try integer("axes"))
        case "batchNormalization": .batchNormalization(epsilon: try number("epsilon"))
        case "batchNormalizationGradient": .batchNormalizationGradient(epsilon: try number("epsilon"))
        case "convolutionInputGradient": .convolutionInputGradient(try convolution(), inputSpatial: try list("spatial"))
        case "convolutionKernelGradient": .convolutionKernelGradient(try convolution(), kernelSpatial: try list("spatial"))
        case "lstm": .lstm(reverse: try flag("reverse"))
        case "lstmGradient": .lstmGradient(reverse: try flag("reverse"))
        case "gru": .gru(reverse: try flag("reverse"))
        default: throw UnknownOperation(row: description)
        }
    }

    private func scan() throws -> Scan {
        let carries = try integer("carries"), constants = try integer("constants"), sequences = try integer("sequences")
        var types = `in`.map(\.type)
        for index in (carries + constants)..<(carries + constants + sequences) {
            types[index] = types[index].with(shape: Array(types[index].shape.dropFirst()))
        }
        return Scan(body: try FixtureBodies.loop(try text("body"), types), carries: carries, constants: constants, sequences: sequences,
                    length: try integer("length"), reverse: try flag("reverse"))
    }
}

/// The graphs inside the fixtures' loops and branches; `control.py` says the same in NumPy.
enum FixtureBodies {
    private static func graph(_ types: [TensorType], _ body: ([Value]) throws -> [Value]) throws -> Graph {
        let parameters = types.map { Value.placeholder($0) }
        return try Graph.capture(body(parameters), parameters: parameters).graph
    }

    private static func scalar(_ number: Double, like value: Value) throws -> Value {
        try .make(.broadcast(value.shape, axes: []), .constant(Literal(number, value.dtype)))
    }

    static func loop(_ name: String, _ types: [TensorType]) throws -> Graph {
        try graph(types) { p in
            switch name {
            case "sum":
                let sum = try Value.make(.binary(.add), p[0], p[1])
                return [sum, sum]
            case "recurrence":
                let product = try Value.make(.matmul(transposeA: false, transposeB: false), p[0], p[1])
                let next = try Value.make(.unary(.tanh), .make(.binary(.add), product, p[2]))
                return [next, next]
            case "decay":
                return [try .make(.binary(.add), .make(.binary(.multiply), p[0], p[1]), scalar(0.25, like: p[0]))]
            case "pair":
                let count = try Value.make(.binary(.add), p[0], scalar(1, like: p[0]))
                let value = try Value.make(.binary(.add), .make(.binary(.multiply), p[1], p[2]), p[3])
                return [count, value, value, count]
            case "nested":
                let inner = try graph([p[0].type, p[0].type, p[2].type.with(shape: [])]) { q in
                    // q: running sum, factor, element.
                    let term = try Value.make(.unary(.sin), .make(.binary(.multiply), q[2], q[1]))
                    return [try .make(.binary(.add), q[0], term)]
                }
                let loop = Scan(body: inner, carries: 1, constants: 1, sequences: 1, length: p[2].shape[0])
                let total = try Value.make(.scan(loop), p[0], p[0], p[2])
                let spread = try Value.make(.broadcast(p[1].shape, axes: []), total)
                return [total, try .make(.binary(.multiply), spread, p[1])]
            case "unused":
                return [p[0], try .make(.binary(.multiply), p[1], scalar(2, like: p[1]))]
            default:
                throw PrimitiveRow.UnknownOperation(row: name)
            }
        }
    }

    static func taken(_ types: [TensorType]) throws -> Graph {
        try graph(types) { p in [try .make(.binary(.multiply), p[0], p[1]), try .make(.reduce(.sum, axes: [1]), p[0])] }
    }

    static func notTaken(_ types: [TensorType]) throws -> Graph {
        try graph(types) { p in
            let twice = try Value.make(.binary(.multiply), p[1], scalar(2, like: p[1]))
            return [try .make(.binary(.subtract), p[0], twice), try .make(.reduce(.sum, axes: [1]), .make(.binary(.multiply), p[1], p[1]))]
        }
    }
}
