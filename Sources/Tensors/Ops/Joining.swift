extension ops {
    /// Tensors one behind the other along an axis; other sizes are equal.
    public static func concatenate(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
        guard let first = tensors.first else { throw TensorError.tensorCount(operation: "concatenate", expected: 1, got: 0) }
        let place = try Shaping.axis(axis, first.rank, "concatenate")
        let operands = try Operands.promoted(tensors)
        return operands.count == 1 ? operands[0] : try Tensor.applyAll(.concatenate(axis: place), operands)[0]
    }

    /// Two tensors one behind the other; as vectors for nil.
    public static func append(_ a: some TensorConvertible, _ b: some TensorConvertible, axis: Int? = nil) throws -> Tensor {
        let (a, b) = (try a.tensor(), try b.tensor())
        guard let axis else { return try concatenate([a.reshaped([-1]), b.reshaped([-1])], axis: 0) }
        return try concatenate([a, b], axis: axis)
    }

    /// Tensors of one shape as the slices of a new axis.
    public static func stack(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
        guard let first = tensors.first else { throw TensorError.tensorCount(operation: "stack", expected: 1, got: 0) }
        guard tensors.allSatisfy({ $0.shape == first.shape }) else {
            throw GraphError.shapeMismatch(operation: "stack", shapes: tensors.map(\.shape), rule: "all shapes must be equal")
        }
        let place = try Shaping.axis(axis, first.rank + 1, "stack")
        return try concatenate(tensors.map { try expandDims($0, axis: place) }, axis: place)
    }

    /// The slices along an axis, which goes away.
    public static func unstack(_ x: some TensorConvertible, axis: Int = 0) throws -> [Tensor] {
        let x = try x.tensor()
        let place = try Shaping.axis(axis, x.rank, "unstack")
        return try (0..<x.shape[place]).map { try x.sliced([AxisSelection](repeating: .all, count: place) + [.at($0)]) }
    }

    /// As many equal parts along an axis.
    ///
    /// - Throws: `TensorError.argument` unless the size is a multiple of the number of parts.
    public static func split(_ x: some TensorConvertible, _ sections: Int, axis: Int = 0) throws -> [Tensor] {
        let x = try x.tensor()
        let size = x.shape[try Shaping.axis(axis, x.rank, "split")]
        guard sections > 0, size % sections == 0 else {
            throw TensorError.argument(operation: "split", detail: "axis \(axis) of size \(size) has no \(sections) equal parts")
        }
        return try split(x, at: (1..<sections).map { $0 * (size / sections) }, axis: axis)
    }

    /// Parts along an axis that begin at 0 and at each of the indices.
    public static func split(_ x: some TensorConvertible, at indices: [Int], axis: Int = 0) throws -> [Tensor] {
        let x = try x.tensor()
        let place = try Shaping.axis(axis, x.rank, "split")
        let whole = [AxisSelection](repeating: .all, count: place)
        let starts: [Int?] = [nil] + indices, ends: [Int?] = indices + [nil]
        return try zip(starts, ends).map { try x.sliced(whole + [.range(from: $0, to: $1, step: 1)]) }
    }

    /// The tensor repeated whole as often as said along each axis, counted from the last.
    public static func tile(_ x: some TensorConvertible, _ repeats: [Int]) throws -> Tensor {
        let x = try x.tensor()
        guard repeats.allSatisfy({ $0 >= 0 }) else { throw GraphError.negativeSize(shape: repeats) }
        let rank = Swift.max(x.rank, repeats.count)
        let shape = [Int](repeating: 1, count: rank - x.rank) + x.shape
        let counts = [Int](repeating: 1, count: rank - repeats.count) + repeats
        // [a, b] -> [1, a, 1, b] -> [n, a, m, b] -> [n·a, m·b]
        let expanded = zip(counts, shape).flatMap { [$0, $1] }
        let result = try zip(counts, shape).map { count, size in
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { throw GraphError.tooLarge(shape: expanded, dtype: x.dtype) }
            return product
        }
        return try x.reshaped(shape.flatMap { [1, $0] }).broadcast(to: expanded, "tile").reshaped(result)
    }

    /// Each slice along an axis repeated; each element, as a vector, for nil.
    public static func `repeat`(_ x: some TensorConvertible, _ count: Int, axis: Int? = nil) throws -> Tensor {
        let x = try x.tensor()
        guard let axis else { return try `repeat`(x.reshaped([-1]), count, axis: 0) }
        let place = try Shaping.axis(axis, x.rank, "repeat")
        guard count >= 0 else { throw GraphError.negativeSize(shape: [count]) }
        var expanded = x.shape, result = x.shape
        expanded.insert(count, at: place + 1)
        _ = try TensorType(checking: expanded, x.dtype)
        result[place] *= count
        return try expandDims(x, axis: place + 1).broadcast(to: expanded, "repeat").reshaped(result)
    }

    /// Each slice along an axis repeated its own number of times.
    public static func `repeat`(_ x: some TensorConvertible, _ counts: [Int], axis: Int) throws -> Tensor {
        let x = try x.tensor()
        let place = try Shaping.axis(axis, x.rank, "repeat")
        guard counts.count == x.shape[place], counts.allSatisfy({ $0 >= 0 }) else {
            throw TensorError.argument(operation: "repeat", detail: "axis \(axis) of size \(x.shape[place]) got the counts \(counts)")
        }
        let total = counts.reduce(0 as Int?) { sum, count in
            guard let (value, overflow) = sum?.addingReportingOverflow(count), !overflow else { return nil }
            return value
        }
        // The indices are made one by one.
        guard let total, total < Int(Int32.max) / 8 else { throw GraphError.tooLarge(shape: counts, dtype: x.dtype) }
        let indices = counts.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
        return try take(x, indices, axis: place)
    }
}

/// What `ops.pad` puts around a tensor.
public enum PadMode: String, CaseIterable, Hashable, Sendable {
    /// One number.
    case constant
    /// The outermost element.
    case edge
    /// The elements mirrored, without the outermost.
    case reflect
    /// The elements mirrored, with the outermost.
    case symmetric
}

extension ops {
    /// Surrounds each axis with `(before, after)` slices; one pair stands for all axes.
    ///
    /// - Throws: `TensorError.argument` for negative widths, or for mirrors wider than the axis.
    public static func pad(
        _ x: some TensorConvertible, _ widths: [(Int, Int)], mode: PadMode = .constant, constantValue: Double = 0
    ) throws -> Tensor {
        var x = try x.tensor()
        let widths = widths.count == 1 ? [(Int, Int)](repeating: widths[0], count: x.rank) : widths
        guard widths.count == x.rank, widths.allSatisfy({ $0.0 >= 0 && $0.1 >= 0 && $0.0 < TensorType.byteLimit && $0.1 < TensorType.byteLimit }) else {
            throw TensorError.argument(operation: "pad", detail: "a tensor of rank \(x.rank) takes one pair of widths for each axis, 0 or more; it got \(widths)")
        }
        if mode == .constant {
            let filler = Tensor(.constant(Literal(constantValue, x.dtype)))
            return try .apply(.pad(Padding(low: widths.map(\.0), high: widths.map(\.1))), x, filler)
        }
        for (axis, (low, high)) in widths.enumerated() where low + high > 0 {
            let size = x.shape[axis]
            let limit = mode == .edge ? (size > 0 ? Int.max : 0) : mode == .reflect ? size - 1 : size
            guard low <= limit, high <= limit else {
                throw TensorError.argument(operation: "pad", detail: "axis \(axis) of size \(size) cannot be padded by \(low) and \(high) in mode \(mode)")
            }
            _ = try TensorType(checking: [size + low + high], x.dtype)
            let indices = (-low..<size + high).map { place -> Int in
                switch mode {
                case .edge, .constant: return Swift.min(Swift.max(place, 0), size - 1)
                case .reflect: return place < 0 ? -place : place >= size ? 2 * size - 2 - place : place
                case .symmetric: return place < 0 ? -1 - place : place >= size ? 2 * size - 1 - place : place
                }
            }
            x = try take(x, indices, axis: axis)
        }
        return x
    }
}
