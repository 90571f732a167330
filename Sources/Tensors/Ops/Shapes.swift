extension ops {
    /// The same elements in row-major order under another shape; one size may be -1, which is what is left.
    public static func reshape(_ x: some TensorConvertible, _ shape: [Int]) throws -> Tensor {
        let x = try x.tensor()
        if shape == x.shape { return x }
        var target = shape
        if let unknown = shape.firstIndex(of: -1) {
            let rest = try Shaping.count(shape.enumerated().filter { $0.offset != unknown }.map(\.element))
            guard rest > 0, x.count % rest == 0 else {
                throw GraphError.shapeMismatch(operation: "reshape", shapes: [x.shape, shape], rule: "the element counts must agree")
            }
            target[unknown] = x.count / rest
        }
        guard try Shaping.count(target) == x.count else {
            throw GraphError.shapeMismatch(operation: "reshape", shapes: [x.shape, shape], rule: "the element counts must agree")
        }
        return try .apply(.reshape(target), x)
    }

    /// All elements as a vector.
    public static func ravel(_ x: some TensorConvertible) throws -> Tensor { try reshape(x, [-1]) }

    /// Axes in another order; reversed for nil.
    public static func transpose(_ x: some TensorConvertible, axes: [Int]? = nil) throws -> Tensor {
        let x = try x.tensor()
        let order = try axes.map { try $0.map { try Shaping.axis($0, x.rank, "transpose") } } ?? Array((0..<x.rank).reversed())
        guard order.sorted() == Array(0..<x.rank) else {
            throw GraphError.attribute(operation: "transpose", detail: "\(axes ?? order) does not name each of the \(x.rank) axes once")
        }
        return order == Array(0..<x.rank) ? x : try .apply(.transpose(order), x)
    }

    /// Two axes exchanged.
    public static func swapaxes(_ x: some TensorConvertible, _ axis1: Int, _ axis2: Int) throws -> Tensor {
        let x = try x.tensor()
        var order = Array(0..<x.rank)
        try order.swapAt(Shaping.axis(axis1, x.rank, "swapaxes"), Shaping.axis(axis2, x.rank, "swapaxes"))
        return try transpose(x, axes: order)
    }

    /// Axes moved to other places; the others keep their order.
    public static func moveaxis(_ x: some TensorConvertible, _ source: [Int], _ destination: [Int]) throws -> Tensor {
        let x = try x.tensor()
        let from = try source.map { try Shaping.axis($0, x.rank, "moveaxis") }
        let to = try destination.map { try Shaping.axis($0, x.rank, "moveaxis") }
        guard from.count == to.count, Set(from).count == from.count, Set(to).count == to.count else {
            throw GraphError.attribute(operation: "moveaxis", detail: "\(source) and \(destination) must be as many different axes")
        }
        var order = (0..<x.rank).filter { !from.contains($0) }
        for (place, axis) in zip(to, from).sorted(by: { $0.0 < $1.0 }) { order.insert(axis, at: place) }
        return try transpose(x, axes: order)
    }

    /// One axis moved to another place.
    public static func moveaxis(_ x: some TensorConvertible, _ source: Int, _ destination: Int) throws -> Tensor {
        try moveaxis(x, [source], [destination])
    }

    /// Without axes of size 1: the given one, or all.
    public static func squeeze(_ x: some TensorConvertible, axis: Int? = nil) throws -> Tensor {
        let x = try x.tensor()
        return try squeeze(x, axes: axis.map { [$0] } ?? x.shape.indices.filter { x.shape[$0] == 1 })
    }

    /// Without the given axes, which must have size 1.
    public static func squeeze(_ x: some TensorConvertible, axes: [Int]) throws -> Tensor {
        let x = try x.tensor()
        let places = try Shaping.axes(axes, x.rank, "squeeze")
        for place in places where x.shape[place] != 1 {
            throw GraphError.attribute(operation: "squeeze", detail: "axis \(place) has size \(x.shape[place]), not 1")
        }
        return try reshape(x, x.shape.indices.filter { !places.contains($0) }.map { x.shape[$0] })
    }

    /// With a new axis of size 1, counted in the result.
    public static func expandDims(_ x: some TensorConvertible, axis: Int) throws -> Tensor { try expandDims(x, axes: [axis]) }

    /// With new axes of size 1, counted in the result.
    public static func expandDims(_ x: some TensorConvertible, axes: [Int]) throws -> Tensor {
        let x = try x.tensor()
        let places = try Shaping.axes(axes, x.rank + axes.count, "expandDims")
        var shape = x.shape
        for place in places { shape.insert(1, at: place) }
        return try reshape(x, shape)
    }

    /// Repeated to a shape: sizes are equal or 1, counted from the last axis.
    public static func broadcastTo(_ x: some TensorConvertible, _ shape: [Int]) throws -> Tensor { try x.tensor().broadcast(to: shape) }

    /// The opposite order along an axis, or along all.
    public static func flip(_ x: some TensorConvertible, axis: Int? = nil) throws -> Tensor { try flip(x, axes: axis.map { [$0] }) }

    /// The opposite order along several axes; nil: along all.
    public static func flip(_ x: some TensorConvertible, axes: [Int]?) throws -> Tensor {
        let x = try x.tensor()
        let places = try Shaping.axes(axes, x.rank, "flip")
        return places.isEmpty ? x : try .apply(.reverse(axes: places), x)
    }

    /// Elements moved along an axis, those that leave come in at the other end; in row-major order for nil.
    public static func roll(_ x: some TensorConvertible, shift: Int, axis: Int? = nil) throws -> Tensor {
        let x = try x.tensor()
        guard let axis else { return try roll(x.reshaped([-1]), shift: shift, axis: 0).reshaped(x.shape) }
        let place = try Shaping.axis(axis, x.rank, "roll")
        let size = x.shape[place]
        guard size > 0 else { return x }
        let steps = ((shift % size) + size) % size
        guard steps > 0 else { return x }
        var tail = [AxisSelection](repeating: .all, count: place), head = tail
        tail.append(.range(from: size - steps, to: nil, step: 1))
        head.append(.range(from: nil, to: size - steps, step: 1))
        return try concatenate([x.sliced(tail), x.sliced(head)], axis: place)
    }

    /// The shape of the tensor. Keras: `ops.shape`.
    public static func shape(_ x: some TensorConvertible) throws -> [Int] { try x.tensor().shape }

    /// The number of elements.
    public static func size(_ x: some TensorConvertible) throws -> Int { try x.tensor().count }

    /// The number of axes.
    public static func ndim(_ x: some TensorConvertible) throws -> Int { try x.tensor().rank }
}
