/// Rules on shapes and axes that operations share.
enum Shaping {
    /// The axis counted from the front. Negative axes count from the end.
    static func axis(_ axis: Int, _ rank: Int, _ operation: String) throws -> Int {
        guard axis >= -rank, axis < rank else { throw GraphError.axis(operation: operation, axis: axis, rank: rank) }
        return axis < 0 ? axis + rank : axis
    }

    /// Different axes in ascending order; all for nil.
    static func axes(_ axes: [Int]?, _ rank: Int, _ operation: String) throws -> [Int] {
        guard let axes else { return Array(0..<rank) }
        let plain = try axes.map { try axis($0, rank, operation) }
        guard Set(plain).count == plain.count else {
            throw GraphError.attribute(operation: operation, detail: "the axes \(axes) name one axis twice")
        }
        return plain.sorted()
    }

    /// The shape that shapes are repeated to: from the end, sizes are equal or one of them is 1.
    static func broadcast(_ shapes: [[Int]], _ operation: String) throws -> [Int] {
        let rank = shapes.map(\.count).max() ?? 0
        var result = [Int](repeating: 1, count: rank)
        for shape in shapes {
            for (index, size) in shape.enumerated() {
                let place = rank - shape.count + index
                if result[place] == 1 {
                    result[place] = size
                } else if size != 1, size != result[place] {
                    throw GraphError.shapeMismatch(
                        operation: operation, shapes: shapes, rule: "sizes must be equal or 1, counted from the last axis")
                }
            }
        }
        return result
    }

    /// The product, or an error where it is beyond any memory.
    static func count(_ shape: [Int]) throws -> Int {
        try TensorType(checking: shape, .bool).elementCount
    }
}

extension Tensor {
    /// Applies a primitive with one result.
    static func apply(_ primitive: Primitive, _ operands: Tensor...) throws -> Tensor {
        Tensor(try Value.makeAll(primitive, operands.map(\.value)).first.orThrow(primitive))
    }

    /// Applies a primitive with several results.
    static func applyAll(_ primitive: Primitive, _ operands: [Tensor]) throws -> [Tensor] {
        try Value.makeAll(primitive, operands.map(\.value)).map(Tensor.init)
    }

    /// A number repeated to this tensor's shape, in its element type.
    func filled(_ number: Double) throws -> Tensor {
        try Tensor(.constant(Literal(number, dtype))).broadcast(to: shape)
    }

    /// Repeats to a shape, by the rule of `Shaping.broadcast`.
    func broadcast(to target: [Int], _ operation: String = "broadcastTo") throws -> Tensor {
        if target == shape { return self }
        guard target.count >= rank, zip(shape.reversed(), target.reversed()).allSatisfy({ $0 == $1 || $0 == 1 }) else {
            throw GraphError.shapeMismatch(
                operation: operation, shapes: [shape, target], rule: "each size must be 1 or the wanted one, counted from the last axis")
        }
        _ = try TensorType(checking: target, dtype)
        return try .apply(.broadcast(target, axes: Array((target.count - rank)..<target.count)), self)
    }

    /// Converted unless it has the type already.
    func converted(_ target: DType) throws -> Tensor {
        target == dtype ? self : try .apply(.convert(target), self)
    }

    /// Without the axes that a reduction has taken, or with them of size 1.
    func keeping(_ axes: [Int], of original: [Int], _ keepdims: Bool) throws -> Tensor {
        guard keepdims else { return self }
        var kept = original
        for axis in axes { kept[axis] = 1 }
        return try reshaped(kept)
    }
}

extension Optional {
    fileprivate func orThrow(_ primitive: Primitive) throws -> Wrapped {
        guard let self else { throw GraphError.engine("\(primitive.name) has no result.") }
        return self
    }
}

/// Operands brought to one element type and one shape.
enum Operands {
    /// The operands in the type they meet in; Swift numbers take the others' type.
    static func promoted(_ a: some TensorConvertible, _ b: some TensorConvertible, minimum: WeakFamily? = nil) throws -> (Tensor, Tensor) {
        let (weakA, weakB) = (a.weakFamily, b.weakFamily)
        let tensorA = try weakA == nil ? a.tensor() : nil
        let tensorB = try weakB == nil ? b.tensor() : nil
        let dtype = Promotion.join([tensorA, tensorB].compactMap { $0?.dtype }, [weakA, weakB, minimum].compactMap { $0 })
        return (try tensorA?.converted(dtype) ?? a.tensor(dtype: dtype), try tensorB?.converted(dtype) ?? b.tensor(dtype: dtype))
    }

    /// Also repeated to one shape.
    static func matched(
        _ a: some TensorConvertible, _ b: some TensorConvertible, _ operation: String, minimum: WeakFamily? = nil
    ) throws -> (Tensor, Tensor) {
        let (a, b) = try promoted(a, b, minimum: minimum)
        if a.shape == b.shape { return (a, b) }
        let shape = try Shaping.broadcast([a.shape, b.shape], operation)
        return (try a.broadcast(to: shape, operation), try b.broadcast(to: shape, operation))
    }

    /// Tensors in one element type.
    static func promoted(_ tensors: [Tensor]) throws -> [Tensor] {
        let dtype = Promotion.join(tensors.map(\.dtype))
        return try tensors.map { try $0.converted(dtype) }
    }
}
