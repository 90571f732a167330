/// Operations that move elements.
extension ShapeRule {
    func reshape(_ shape: [Int]) throws -> TensorType {
        try count(1)
        let type = try result(shape, operands[0].dtype)
        guard type.elementCount == operands[0].elementCount else {
            throw GraphError.shapeMismatch(operation: name, shapes: [operands[0].shape, shape],
                                           rule: "\(operands[0].elementCount) elements cannot fill \(type.elementCount) places")
        }
        return type
    }

    func transpose(_ permutation: [Int]) throws -> TensorType {
        try count(1)
        let type = operands[0]
        try require(permutation.count == type.rank, "the permutation \(permutation) does not name each of \(type.rank) axes once")
        try axes(permutation, rank: type.rank)
        return type.with(shape: permutation.map { type.shape[$0] })
    }

    func broadcast(_ shape: [Int], axes: [Int]) throws -> TensorType {
        try count(1)
        let type = operands[0]
        try require(axes.count == type.rank, "\(axes.count) axes are named for an operand of rank \(type.rank)")
        for axis in axes { try self.axis(axis, rank: shape.count) }
        try require(zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }, "the axes \(axes) do not ascend")
        for (size, axis) in zip(type.shape, axes) where size != 1 && size != shape[axis] {
            throw GraphError.shapeMismatch(operation: name, shapes: [type.shape, shape], rule: "only an axis of size 1 can be repeated")
        }
        return try result(shape, type.dtype)
    }

    func slice(_ slice: Slice) throws -> TensorType {
        try count(1)
        let type = operands[0]
        try perAxis(type.rank, slice.starts, slice.limits, slice.strides)
        var shape: [Int] = []
        for axis in 0..<type.rank {
            let (start, limit, stride) = (slice.starts[axis], slice.limits[axis], slice.strides[axis])
            try require(start >= 0 && start <= limit && limit <= type.shape[axis],
                        "\(start) ..< \(limit) does not lie in axis \(axis) of size \(type.shape[axis])")
            try require(stride >= 1, "the stride \(stride) is less than 1")
            shape.append(start == limit ? 0 : (limit - start - 1) / stride + 1)
        }
        return type.with(shape: shape)
    }

    func dynamicSlice(_ sizes: [Int]) throws -> TensorType {
        try count(2)
        let type = operands[0]
        try perAxis(type.rank, sizes)
        for (axis, size) in sizes.enumerated() {
            try require(size >= 0 && size <= type.shape[axis], "a window of \(size) does not fit axis \(axis) of size \(type.shape[axis])")
        }
        try startIndices(operands[1], rank: type.rank)
        return type.with(shape: sizes)
    }

    func dynamicUpdate() throws -> TensorType {
        try count(3)
        let (base, update) = (operands[0], operands[1])
        try sameDType([base, update])
        guard base.rank == update.rank, zip(update.shape, base.shape).allSatisfy({ $0 <= $1 }) else {
            throw GraphError.shapeMismatch(operation: name, shapes: [base.shape, update.shape], rule: "the update has to fit into the operand")
        }
        try startIndices(operands[2], rank: base.rank)
        return base
    }

    private func startIndices(_ type: TensorType, rank: Int) throws {
        try dtype(type, is: .int32, "the start indices are")
        try shape(type, is: [rank], "there is one start index for each axis")
    }

    func concatenate(axis: Int) throws -> TensorType {
        guard let first = operands.first else { throw GraphError.operandCount(operation: name, expected: 1, got: 0) }
        try self.axis(axis, rank: first.rank)
        try sameDType(operands)
        var size = Checked(0)
        for type in operands {
            var shape = type.shape
            if type.rank == first.rank { shape[axis] = first.shape[axis] }
            guard shape == first.shape else {
                throw GraphError.shapeMismatch(operation: name, shapes: [first.shape, type.shape], rule: "all sizes but axis \(axis)'s have to be equal")
            }
            size = size + Checked(type.shape[axis])
        }
        var shape = first.shape
        guard let size = size.value else { throw GraphError.tooLarge(shape: shape, dtype: first.dtype) }
        shape[axis] = size
        return try result(shape, first.dtype)
    }

    func pad(_ padding: Padding) throws -> TensorType {
        try count(2)
        let type = operands[0]
        try sameDType(operands)
        try rank(operands[1], 0, "a scalar to pad with")
        try perAxis(type.rank, padding.low, padding.high, padding.interior)
        var shape: [Int] = []
        for (axis, size) in type.shape.enumerated() {
            let (low, high, interior) = (padding.low[axis], padding.high[axis], padding.interior[axis])
            try require(interior >= 0, "the interior padding \(interior) is negative")
            let padded = Checked(size) + Checked(max(size - 1, 0)) * Checked(interior) + Checked(low) + Checked(high)
            guard let padded = padded.value else { throw attribute("padding by \(low), \(high) and \(interior) is out of range") }
            shape.append(padded)
        }
        return try result(shape, type.dtype)
    }

    func reverse(_ axes: [Int]) throws -> TensorType {
        try count(1)
        try self.axes(axes, rank: operands[0].rank)
        return operands[0]
    }

    /// One entry in each list for each axis, none so great that sums of a few of them leave `Int`.
    func perAxis(_ rank: Int, _ lists: [Int]...) throws {
        let limit = TensorType.byteLimit
        for list in lists {
            try require(list.count == rank, "\(list) needs one entry for each of \(rank) axes")
            try require(list.allSatisfy { (-limit...limit).contains($0) }, "\(list) is out of range")
        }
    }
}
