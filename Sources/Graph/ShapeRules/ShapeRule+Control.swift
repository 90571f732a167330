/// Loops and branches: their graphs' signatures against the operands.
extension ShapeRule {
    func scan(_ scan: Scan) throws -> [TensorType] {
        try require(scan.length >= 0, "its length \(scan.length) is negative")
        try require(scan.carries >= 0 && scan.constants >= 0 && scan.sequences >= 0, "a count of its operands is negative")
        let total = Checked(scan.carries) + Checked(scan.constants) + Checked(scan.sequences)
        guard let total = total.value else { throw attribute("the counts of its operands are out of range") }
        try count(total)
        let fixed = scan.carries + scan.constants
        var expected = Array(operands.prefix(fixed))
        for sequence in operands[fixed...] {
            guard sequence.rank >= 1, sequence.shape[0] == scan.length else {
                throw GraphError.rank(operation: name, expected: "sequences of \(scan.length) slices along axis 0", got: sequence.shape)
            }
            expected.append(sequence.with(shape: Array(sequence.shape.dropFirst())))
        }
        try signature(scan.body.parameterTypes, expected, "the body's parameters are the carries, the constants and one slice of each sequence")
        let outputs = scan.body.outputTypes
        try require(outputs.count >= scan.carries, "the body gives \(outputs.count) of \(scan.carries) carries")
        try signature(Array(outputs.prefix(scan.carries)), Array(operands.prefix(scan.carries)), "the body's next carries are of the carries' types")
        return try Array(outputs.prefix(scan.carries)) + outputs.dropFirst(scan.carries).map { try result([scan.length] + $0.shape, $0.dtype) }
    }

    func conditional(_ first: Graph, _ second: Graph) throws -> [TensorType] {
        guard let condition = operands.first else {
            throw GraphError.operandCount(operation: name, expected: first.parameters.count + 1, got: 0)
        }
        try dtype(condition, is: .bool, "the condition is")
        try rank(condition, 0, "a scalar condition")
        let arguments = Array(operands.dropFirst())
        try signature(first.parameterTypes, arguments, "both branches take the operands")
        try signature(second.parameterTypes, arguments, "both branches take the operands")
        try signature(second.outputTypes, first.outputTypes, "both branches give results of the same types")
        return first.outputTypes
    }

    private func signature(_ types: [TensorType], _ expected: [TensorType], _ rule: String) throws {
        try require(types.count == expected.count, "\(rule); there are \(types.count), not \(expected.count)")
        for (type, expected) in zip(types, expected) where type != expected {
            guard type.dtype == expected.dtype else {
                throw GraphError.dtypeMismatch(operation: name, dtypes: [type.dtype, expected.dtype], rule: rule)
            }
            throw GraphError.shapeMismatch(operation: name, shapes: [type.shape, expected.shape], rule: rule)
        }
    }
}
