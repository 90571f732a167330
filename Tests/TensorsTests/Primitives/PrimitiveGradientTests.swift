import Graph
import Testing

/// Every derivative against central differences in float64: the step is `1e-6 · max(1, |x|)`, the tolerance
/// `1e-6 · max(1, |derivative|, magnitude of the compared sum)`.
@Suite struct PrimitiveGradientTests {
    @Test("gradients", arguments: Fixtures.families)
    func gradients(family: String) throws {
        for row in try Fixtures.rows(family) {
            guard let operands = row.grad else { continue }
            do {
                try check(row, operands)
            } catch {
                Issue.record("\(row): \(error)")
            }
        }
    }

    private func check(_ row: PrimitiveRow, _ operands: [Int]) throws {
        let parameters = row.in.map { Value.placeholder($0.type) }
        let inputs = operands.map { parameters[$0] }
        var outputs = try row.results(of: parameters).filter { $0.dtype == .float64 }
        for order in 1...(row.order ?? 1) {
            let weights = outputs.enumerated().map { constant(of: $1.shape, seed: $0 + 10 * order) }
            let gradients = try vectorJacobian(of: outputs, cotangents: weights, withRespectTo: inputs)
            guard gradients.count == inputs.count else {
                Issue.record("\(row): \(gradients.count) gradients of \(inputs.count) inputs")
                return
            }
            let sum = try weightedSum(outputs, weights)
            let function = try CompiledExpression([sum], parameters: parameters)
            let known = zip(inputs, gradients).map { $1 ?? zeros(like: $0) }
            for (operand, gradient) in zip(operands, known) where gradient.type != row.in[operand].type {
                Issue.record("\(row): the gradient of operand \(operand) is \(gradient.type), not \(row.in[operand].type)")
                return
            }
            let values = try CompiledExpression(known, parameters: parameters)(row.in)
            for (operand, value) in zip(operands, values) {
                if let difference = try compare(value.doubles, function, row.in, operand) {
                    Issue.record("\(row): derivative \(order) by operand \(operand): \(difference)")
                    return
                }
            }
            outputs = gradients.compactMap { $0 }
            if outputs.isEmpty { return }
        }
    }

    /// What is wrong with `gradient` of `function` by the operand's elements.
    private func compare(_ gradient: [Double], _ function: CompiledExpression, _ inputs: [FixtureTensor], _ operand: Int) throws -> String? {
        let point = inputs[operand].doubles
        func value(_ index: Int, _ offset: Double) throws -> Double {
            var moved = point
            moved[index] += offset
            var inputs = inputs
            inputs[operand] = FixtureTensor(type: inputs[operand].type, bytes: moved.withUnsafeBytes { Array($0) })
            return try function(inputs)[0].doubles[0]
        }
        for index in point.indices {
            let step = 1e-6 * max(1, point[index].magnitude)
            let above = try value(index, step), below = try value(index, -step)
            // The step as the machine took it.
            let taken = (point[index] + step) - (point[index] - step)
            let difference = (above - below) / taken
            let tolerance = 1e-6 * max(1, difference.magnitude, above.magnitude * 1e-2)
            if !((difference - gradient[index]).magnitude <= tolerance) {
                return "element \(index) is \(gradient[index]), the difference quotient \(difference)"
            }
        }
        return nil
    }

    private func weightedSum(_ outputs: [Value], _ weights: [Value]) throws -> Value {
        var total = Value.constant(Literal(0.0, .float64))
        for (output, weight) in zip(outputs, weights) {
            let product = try Value.make(.binary(.multiply), output, weight)
            total = try .make(.binary(.add), total, .make(.reduce(.sum, axes: Array(output.shape.indices)), product))
        }
        return total
    }

    /// Numbers between 0.5 and 1.5 in no simple relation to each other.
    private func constant(of shape: [Int], seed: Int) -> Value {
        let type = TensorType(shape, .float64)
        let numbers = (0..<type.elementCount).map { index in
            let x = Double(index + 1) * 0.618_033_988_75 + Double(seed) * 0.414_213_562
            return 0.5 + (x - x.rounded(.down))
        }
        return .constant(Literal(type: type, bytes: numbers.withUnsafeBytes { Array($0) }))
    }

    private func zeros(like value: Value) -> Value {
        .constant(Literal(type: value.type, bytes: [UInt8](repeating: 0, count: value.type.byteCount)))
    }
}
