import Foundation
@testable import Graph

/// Computes graphs one element at a time, as the primitives' documentation says: slow, and plain enough to be believed.
struct Interpreter {
    enum Failure: Error { case unsupported(String) }

    /// The values of expressions, given numbers for placeholders.
    static func evaluate(_ outputs: [Value], _ arguments: [(Value, Numbers)], simplified: Bool = false) throws -> [Numbers] {
        var graph = try Graph.capture(outputs, parameters: arguments.map(\.0)).graph
        if simplified { graph = try graph.simplified() }
        return try run(graph, arguments.map(\.1))
    }

    static func run(_ graph: Graph, _ inputs: [Numbers]) throws -> [Numbers] {
        var results: [[Numbers]] = []
        var next = 0
        for instruction in graph.instructions {
            if case .parameter = instruction.primitive {
                results.append([inputs[next]])
                next += 1
                continue
            }
            let operands = instruction.operands.map { results[Int($0.instruction)][Int($0.result)] }
            let computed = try apply(instruction.primitive, operands, instruction.results)
            precondition(computed.map(\.type) == instruction.results, "\(instruction.primitive.name): \(computed.map(\.type)) for \(instruction.results)")
            results.append(computed)
        }
        return graph.outputs.map { results[Int($0.instruction)][Int($0.result)] }
    }

    static func apply(_ primitive: Primitive, _ x: [Numbers], _ types: [TensorType]) throws -> [Numbers] {
        let type = types.first ?? TensorType([], .float64)
        func make(_ element: ([Int]) -> Double) -> [Numbers] { [Numbers(type, at: element)] }
        func map(_ function: (Double) -> Double) -> [Numbers] { [Numbers(type, x[0].values.map { rounded(function($0), type.dtype) })] }
        switch primitive {
        case .parameter: throw Failure.unsupported("parameter")
        case .constant(let literal):
            let size = literal.type.dtype.byteCount
            return [Numbers(type, (0..<type.elementCount).map { literal.type.dtype.double(from: literal.bytes[($0 * size)..<(($0 + 1) * size)]) })]
        case .iota(_, let axis): return make { Double($0[axis]) }
        case .unary(let operation): return map { unary(operation, $0, type.dtype) }
        case .binary(let operation):
            return [Numbers(type, zip(x[0].values, x[1].values).map { rounded(binary(operation, $0, $1, type.dtype), type.dtype) })]
        case .compare(let comparison):
            return [Numbers(type, zip(x[0].values, x[1].values).map { compare(comparison, $0, $1) ? 1 : 0 })]
        case .select: return [Numbers(type, x[0].values.indices.map { x[0].values[$0] != 0 ? x[1].values[$0] : x[2].values[$0] })]
        case .convert(let dtype): return map { dtype == .bool ? ($0 != 0 ? 1 : 0) : dtype.isInteger ? ($0.isNaN ? 0 : $0.rounded(.towardZero)) : $0 }
        case .bitcast: throw Failure.unsupported("bitcast")
        case .reshape: return [Numbers(type, x[0].values)]
        case .transpose(let permutation): return make { index in x[0][permutation.indices.map { axis in index[permutation.firstIndex(of: axis)!] }] }
        case .broadcast(_, let axes): return make { index in x[0][axes.enumerated().map { x[0].shape[$0.offset] == 1 ? 0 : index[$0.element] }] }
        case .slice(let slice): return make { index in x[0][index.indices.map { slice.starts[$0] + index[$0] * slice.strides[$0] }] }
        case .dynamicSlice(let sizes):
            let start = clampedStart(x[1], sizes, x[0].shape)
            return make { index in x[0][zip(index, start).map(+)] }
        case .dynamicUpdate:
            let start = clampedStart(x[2], x[1].shape, x[0].shape)
            var result = x[0]
            for index in indices(of: x[1].shape) { result[zip(index, start).map(+)] = x[1][index] }
            return [result]
        case .concatenate(let axis):
            var parts: [(Numbers, Int)] = []
            for part in x { parts += (0..<part.shape[axis]).map { (part, $0) } }
            return make { index in parts[index[axis]].0[index.replacing(axis, by: parts[index[axis]].1)] }
        case .pad(let padding):
            var result = Numbers(type, filled: x[1].values[0])
            for index in indices(of: x[0].shape) {
                let target = index.indices.map { padding.low[$0] + index[$0] * (padding.interior[$0] + 1) }
                if zip(target, type.shape).allSatisfy({ $0 >= 0 && $0 < $1 }) { result[target] = x[0][index] }
            }
            return [result]
        case .reverse(let axes): return make { index in x[0][index.enumerated().map { axes.contains($0.offset) ? x[0].shape[$0.offset] - 1 - $0.element : $0.element }] }
        case .reduce(let reduction, let axes): return [reduce(reduction, axes, x[0], type)]
        case .argReduce(let reduction, let axis):
            return make { index in
                let line = (0..<x[0].shape[axis]).map { place -> Double in
                    var full = index
                    full.insert(place, at: axis)
                    return x[0][full]
                }
                if let nan = line.firstIndex(where: \.isNaN) { return Double(nan) }
                let extreme = reduction == .max ? line.max()! : line.min()!
                return Double(line.firstIndex(of: extreme)!)
            }
        case .cumulative(let operation, let axis, let reverse): return [cumulative(operation, axis, reverse, x[0])]
        case .matmul(let a, let b): return [matmul(a, b, x[0], x[1], type)]
        case .convolution(let convolution): return [convolve(convolution, x[0], x[1], type)]
        case .reduceWindow(let reduction, let window): return [reduceWindow(reduction, window, x[0], type)]
        case .maxWindowGradient(let window): return [maxWindowGradient(window, x[0], x[1])]
        case .gather(let axis, let batchAxes): return [gather(axis, batchAxes, x[0], x[1], type)]
        case .scatter(let reduction, let axis, let batchAxes): return [scatter(reduction, axis, batchAxes, x[0], x[1], x[2])]
        case .sort(let axis, let descending): return sorted(axis, descending, x[0], x[0].shape[axis], types)
        case .topK(let k): return sorted(x[0].shape.count - 1, true, x[0], k, types)
        case .randomBits: throw Failure.unsupported("randomBits")
        case .scan(let scan): return try run(scan, x, types)
        case .conditional(let first, let second): return try run(x[0].values[0] != 0 ? first : second, Array(x.dropFirst()))
        case .identity(let count): return Array(x.prefix(count))
        case .stopGradient: return [x[0]]
        case .composite(let composite):
            return try run(composite.decomposition(x.map(\.type)), x)
        }
    }

    private static func clampedStart(_ start: Numbers, _ sizes: [Int], _ shape: [Int]) -> [Int] {
        start.values.indices.map { min(max(Int(start.values[$0]), 0), shape[$0] - sizes[$0]) }
    }

    private static func run(_ scan: Scan, _ x: [Numbers], _ types: [TensorType]) throws -> [Numbers] {
        let fixed = scan.carries + scan.constants
        var carries = Array(x.prefix(scan.carries))
        var stacks = types.dropFirst(scan.carries).map { Numbers($0, filled: 0) }
        for step in 0..<scan.length {
            let place = scan.reverse ? scan.length - 1 - step : step
            let slices = x[fixed...].map { sequence -> Numbers in
                let type = TensorType(Array(sequence.shape.dropFirst()), sequence.type.dtype)
                return Numbers(type, Array(sequence.values[(place * type.elementCount)..<((place + 1) * type.elementCount)]))
            }
            let results = try run(scan.body, carries + x[scan.carries..<fixed] + slices)
            carries = Array(results.prefix(scan.carries))
            for (number, result) in results.dropFirst(scan.carries).enumerated() {
                let count = result.values.count
                stacks[number].values.replaceSubrange((place * count)..<((place + 1) * count), with: result.values)
            }
        }
        return carries + stacks
    }
}
