/// Gathering, scattering, sorting, random bits.
extension ShapeRule {
    func gather(axis: Int, batchAxes: Int) throws -> TensorType {
        try count(2)
        return try gathered(axis: axis, batchAxes: batchAxes)
    }

    private func gathered(axis: Int, batchAxes: Int) throws -> TensorType {
        let (operand, indices) = (operands[0], operands[1])
        guard indices.dtype.isInteger else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: [indices.dtype], rule: "indices are integers")
        }
        try self.axis(axis, rank: operand.rank)
        try require(batchAxes >= 0 && batchAxes <= axis && batchAxes <= indices.rank,
                    "\(batchAxes) batch axes do not precede axis \(axis) of both \(operand.shape) and \(indices.shape)")
        guard operand.shape.prefix(batchAxes) == indices.shape.prefix(batchAxes) else {
            throw GraphError.shapeMismatch(operation: name, shapes: [operand.shape, indices.shape], rule: "the first \(batchAxes) sizes have to be equal")
        }
        var shape = Array(operand.shape[..<axis])
        shape += indices.shape[batchAxes...]
        shape += operand.shape[(axis + 1)...]
        return try result(shape, operand.dtype)
    }

    func scatter(_ reduction: ScatterReduction, axis: Int, batchAxes: Int) throws -> TensorType {
        try count(3)
        let (base, updates) = (operands[0], operands[2])
        switch reduction {
        case .set: break
        case .add, .multiply, .max, .min: try dtype(base, .numbers)
        }
        try sameDType([base, updates])
        let expected = try gathered(axis: axis, batchAxes: batchAxes)
        try shape(updates, is: expected.shape, "the updates have the shape that gathering with the indices gives")
        return base
    }

    func sort(axis: Int) throws -> [TensorType] {
        try count(1)
        let type = operands[0]
        try dtype(type, .numbers)
        try self.axis(axis, rank: type.rank)
        try require(type.shape[axis] <= Int(Int32.max), "an axis of size \(type.shape[axis]) has indices beyond int32")
        return [type, try result(type.shape, .int32)]
    }

    func topK(_ k: Int) throws -> [TensorType] {
        try count(1)
        let type = operands[0]
        try dtype(type, .numbers)
        try rank(type, atLeast: 1)
        let size = type.shape[type.rank - 1]
        try require(k >= 0 && k <= size, "the last axis has \(size) elements, not \(k)")
        try require(size <= Int(Int32.max), "an axis of size \(size) has indices beyond int32")
        let shape: [Int] = type.shape.dropLast() + [k]
        return [try result(shape, type.dtype), try result(shape, .int32)]
    }

    func randomBits(_ shape: [Int]) throws -> TensorType {
        try count(1)
        try dtype(operands[0], is: .uint32, "the key is")
        try self.shape(operands[0], is: [2], "a key is two numbers")
        return try result(shape, .uint32)
    }
}
