import CPUEngine
import Graph
import Testing

/// Random expressions: the whole graph, fused and planned, against the same operations one at a time.
@Suite(.serialized) struct FusionFuzzTests {
    /// What the numbers may be, and so how near the two must be.
    enum Flavour: String, CaseIterable {
        /// int32, with wrap-around: equal to the bit.
        case integers
        /// Small whole numbers in floating-point types, on which no operation rounds: equal to the bit.
        case wholeFloats
        /// Smooth functions in float32 and float64: equal but for roundings.
        case smooth
    }

    @Test("fused equals separate", arguments: Flavour.allCases)
    func fusedEqualsSeparate(flavour: Flavour) throws {
        for seed in 0..<120 {
            do {
                try check(flavour, seed)
            } catch {
                Issue.record("\(flavour) \(seed): \(error)")
            }
        }
    }

    private func check(_ flavour: Flavour, _ seed: Int) throws {
        var fuzz = Expression(flavour: flavour, seed: seed)
        try fuzz.grow(to: 8 + seed % 40)
        let outputs = fuzz.chosenOutputs()
        let engine = CPUEngine()
        engine.threads = 1 + seed % 3
        let whole = try evaluate(outputs, fuzz.parameters, fuzz.inputs, engine: engine)
        for (index, (output, result)) in zip(outputs, whole).enumerated() {
            guard let expected = try fuzz.separately(output, engine: engine) else { continue }
            if let difference = difference(result, expected, flavour) {
                let program = try Graph.capture(outputs, parameters: fuzz.parameters).graph
                Issue.record("\(flavour) \(seed), \(engine.threads) threads, output \(index): \(difference)\n\(program)")
                return
            }
        }
    }

    private func difference(_ actual: HostTensor, _ expected: HostTensor, _ flavour: Flavour) -> String? {
        guard actual.type == expected.type else { return "the result is \(actual.type), not \(expected.type)" }
        if actual == expected { return nil }
        let roundings = switch (flavour, expected.type.dtype) {
        case (.smooth, .float32): 2e-5
        case (.smooth, .float64): 1e-12
        default: 0.0
        }
        let scale = max(1, expected.doubles.map(\.magnitude).max() ?? 1)
        for (index, (a, e)) in zip(actual.doubles, expected.doubles).enumerated() where a != e && !(a.isNaN && e.isNaN) {
            if !((a - e).magnitude <= roundings * scale) { return "element \(index) of \(expected.type) is \(a), not \(e)" }
        }
        return nil
    }
}

/// A random expression with its inputs, grown operation by operation.
private struct Expression {
    let flavour: FusionFuzzTests.Flavour
    var numbers: Numbers
    var parameters: [Value] = []
    var inputs: [HostTensor] = []
    var values: [Value] = []
    private var computed: [Value: HostTensor] = [:]

    init(flavour: FusionFuzzTests.Flavour, seed: Int) {
        self.flavour = flavour
        numbers = Numbers(seed: seed * 7919 + flavour.rawValue.count)
    }

    mutating func grow(to count: Int) throws {
        let dtype: DType = switch flavour {
        case .integers: .int32
        case .wholeFloats: numbers.pick([.float32, .float32, .float64, .float16, .bfloat16])
        case .smooth: numbers.pick([.float32, .float64])
        }
        let sizes = numbers.pick([[1, 2, 3], [4, 8, 16], [5, 17, 33], [1, 7, 64], [2, 3, 129]])
        for _ in 0..<(2 + numbers.below(3)) {
            let shape = (0..<numbers.below(4)).map { _ in numbers.pick(sizes) }
            let value = Value.placeholder(TensorType(shape, dtype))
            parameters.append(value)
            values.append(value)
            let whole = flavour != .smooth
            inputs.append(HostTensor(shape, dtype) { _ in whole ? Double(numbers.below(9)) - 4 : numbers.unit() * 2 - 1 })
        }
        while values.count < count { try step() }
    }

    mutating func chosenOutputs() -> [Value] {
        var chosen = [values[values.count - 1]]
        for _ in 0..<3 { chosen.append(numbers.pick(values)) }
        return chosen
    }

    /// The value by running each operation as a graph of its own.
    mutating func separately(_ root: Value, engine: CPUEngine) throws -> HostTensor? {
        if let index = parameters.firstIndex(of: root) { return inputs[index] }
        var stack = [root]
        while let value = stack.last {
            if computed[value] != nil || parameters.contains(value) {
                stack.removeLast()
                continue
            }
            let operands = value.node.operands
            let missing = operands.filter { computed[$0] == nil && !parameters.contains($0) }
            if !missing.isEmpty {
                stack.append(contentsOf: missing)
                continue
            }
            let stand = operands.map { Value.placeholder($0.type) }
            let given = operands.map { operand in computed[operand] ?? inputs[parameters.firstIndex(of: operand) ?? 0] }
            let results = try Value.makeAll(value.node.primitive, stand)
            for (index, tensor) in try evaluate(results, stand, given, engine: engine).enumerated() { computed[Value(value.node, index)] = tensor }
            stack.removeLast()
        }
        return computed[root]
    }

    // MARK: Steps

    private mutating func step() throws {
        let x = numbers.pick(values)
        guard x.type.elementCount < 40_000 else { return }
        switch numbers.below(14) {
        case 0...2: try keep(unary(x))
        case 3...6: try keep(binary(x))
        case 7: try keep(reduction(x))
        case 8: try keep(movement(x))
        case 9: try keep(widened(x))
        case 10: try keep(selection(x))
        case 11: try keep(product(x))
        case 12: try keep(indexing(x))
        default: try keep(constantArithmetic(x))
        }
    }

    private mutating func keep(_ value: Value?) {
        guard let value, value.type.elementCount < 40_000 else { return }
        values.append(value)
    }

    /// Small enough that whole numbers stay whole in every type.
    private func tame(_ value: Value) throws -> Value {
        guard flavour != .integers else { return value }
        let bound = flavour == .smooth ? 3.0 : 8.0
        return try Value.make(.binary(.minimum), .make(.binary(.maximum), value, .full(-bound, like: value)), .full(bound, like: value))
    }

    private mutating func unary(_ x: Value) throws -> Value {
        switch flavour {
        case .smooth: try tame(x.unary(numbers.pick([.negate, .tanh, .sigmoid, .sin, .cos, .atan, .erf, .exp, .expm1, .abs])))
        case .wholeFloats: try x.unary(numbers.pick([.negate, .abs, .sign, .floor, .ceil, .round]))
        case .integers: try x.unary(numbers.pick([.negate, .abs, .sign, .not]))
        }
    }

    /// Another value, brought to the shape of `x`.
    private mutating func partner(of x: Value) throws -> Value {
        let same = values.filter { $0.type == x.type }
        if numbers.below(3) > 0 { return numbers.pick(same) }
        // A lower rank along some axes.
        let axes = x.shape.indices.filter { _ in numbers.flip() }
        let shape = axes.map { x.shape[$0] }
        if let narrow = values.first(where: { $0.shape == shape && $0.dtype == x.dtype }) { return try narrow.broadcast(x.shape, axes: axes) }
        return numbers.pick(same)
    }

    private mutating func binary(_ x: Value) throws -> Value {
        let y = try partner(of: x)
        let (a, b) = numbers.flip() ? (x, y) : (y, x)
        switch flavour {
        case .smooth:
            switch numbers.below(5) {
            case 0: return try tame(a + b)
            case 1: return try tame(a - b)
            case 2: return try tame(a * b)
            case 3: return try tame(a / (b.squared() + 1))
            default: return try a.binary(numbers.pick([.maximum, .minimum]), b)
            }
        case .wholeFloats: return try tame(a.binary(numbers.pick([.add, .subtract, .multiply, .maximum, .minimum]), b))
        case .integers:
            return try a.binary(numbers.pick([.add, .subtract, .multiply, .maximum, .minimum, .divide, .floorDivide, .modulo, .and, .or, .xor, .shiftLeft]), b)
        }
    }

    private mutating func constantArithmetic(_ x: Value) throws -> Value {
        let number = flavour == .smooth ? numbers.unit() - 0.5 : Double(numbers.below(5) - 2)
        return try tame(x.binary(numbers.pick([.add, .subtract, .multiply]), .full(number, like: x)))
    }

    private mutating func reduction(_ x: Value) throws -> Value? {
        guard x.type.rank > 0 else { return nil }
        let axes = x.shape.indices.filter { _ in numbers.flip() }
        guard !axes.isEmpty else { return nil }
        if numbers.below(4) == 0, let axis = axes.first {
            return try x.cumulative(flavour == .smooth ? numbers.pick([.max, .min]) : numbers.pick([.max, .min]), axis: axis, reverse: numbers.flip())
        }
        let count = axes.reduce(1) { $0 * x.shape[$1] }
        // An axis without elements has no extreme one.
        let reduced = try x.reduced(count == 0 ? .sum : numbers.pick([.sum, .max, .min]), axes: axes)
        switch flavour {
        case .smooth: return try tame(reduced / Double(max(count, 1)))
        // Sums over many of these would leave what float16 counts exactly.
        case .wholeFloats: return count <= 129 ? try tame(reduced) : nil
        case .integers: return reduced
        }
    }

    private mutating func movement(_ x: Value) throws -> Value? {
        let rank = x.type.rank
        switch numbers.below(6) {
        case 0:
            var order = Array(0..<rank)
            for index in order.indices { order.swapAt(index, index + numbers.below(rank - index)) }
            return try x.transposed(order)
        case 1: return try x.reshaped([x.type.elementCount])
        case 2: return try x.reversed(axes: x.shape.indices.filter { _ in numbers.flip() })
        case 3:
            guard rank > 0, x.type.elementCount > 0 else { return nil }
            let starts = x.shape.map { numbers.below($0) }
            let limits = zip(x.shape, starts).map { $1 + 1 + numbers.below($0 - $1) }
            return try x.sliced(starts, limits, strides: x.shape.map { _ in 1 + numbers.below(2) })
        case 4:
            guard rank > 0 else { return nil }
            return try x.padded(Padding(low: x.shape.map { _ in numbers.below(2) }, high: x.shape.map { _ in numbers.below(3) - 1 },
                                        interior: x.shape.map { _ in numbers.below(2) }), with: 1)
        default:
            guard rank > 0 else { return nil }
            let axis = numbers.below(rank), other = try partner(of: x)
            return try Value.concatenated([x, other, x], axis: axis)
        }
    }

    private mutating func widened(_ x: Value) throws -> Value? {
        guard x.type.rank < 4 else { return nil }
        let place = numbers.below(x.type.rank + 1)
        var shape = x.shape
        shape.insert(numbers.pick([1, 2, 5]), at: place)
        return try x.broadcast(shape, axes: shape.indices.filter { $0 != place })
    }

    private mutating func selection(_ x: Value) throws -> Value {
        let y = try partner(of: x), z = try partner(of: x)
        // In smooth expressions a condition on rounded numbers could tip over: it is taken of an input's sign.
        let condition: Value
        if flavour == .smooth {
            let index = try Value.iota(x.shape.isEmpty ? [1] : x.shape, .int32, axis: 0).reshaped(x.shape)
            condition = try index.binary(.modulo, .full(3, like: index)).compared(.greater, 0)
        } else {
            condition = try x.compared(numbers.pick(Comparison.allCases), y)
        }
        return try condition.select(y, z)
    }

    private mutating func product(_ x: Value) throws -> Value? {
        guard x.type.rank >= 2, x.shape[x.type.rank - 1] <= 129 else { return nil }
        let rank = x.type.rank
        let swapped = try x.transposed(Array(0..<(rank - 2)) + [rank - 1, rank - 2])
        guard x.shape[rank - 2] * x.shape[rank - 2] * x.shape.dropLast(2).reduce(1, *) < 20_000 else { return nil }
        let result = try numbers.flip() ? x.matmul(swapped) : x.matmul(x, transposeB: true)
        switch flavour {
        case .smooth: return try tame(result / Double(max(x.shape[rank - 1], 1)))
        // 8 · 8 · 129 is beyond float16's whole numbers, and far within float32's.
        case .wholeFloats: return x.dtype == .float32 || x.dtype == .float64 ? try tame(result) : nil
        case .integers: return result
        }
    }

    private mutating func indexing(_ x: Value) throws -> Value? {
        guard x.type.rank > 0, x.type.elementCount > 0 else { return nil }
        let axis = numbers.below(x.type.rank)
        let indices = (0..<(1 + numbers.below(4))).map { _ in Int32(numbers.below(x.shape[axis])) }
        let places = Value.constant(Literal(type: TensorType([indices.count], .int32), bytes: indices.withUnsafeBytes { Array($0) }))
        let taken = try Value.make(.gather(axis: axis, batchAxes: 0), x, places)
        if numbers.flip() { return taken }
        return try tame(.make(.scatter(numbers.pick([.add, .max, .min]), axis: axis, batchAxes: 0), x, places, taken))
    }
}
