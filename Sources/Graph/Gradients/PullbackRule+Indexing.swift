/// Scattering and sorting.
extension PullbackRule {
    func scatter(_ reduction: ScatterReduction, _ axis: Int, _ batchAxes: Int, _ g: Value) throws -> [Value?] {
        let (base, indices, updates) = (x[0], x[1], x[2])
        func taken(_ value: Value) throws -> Value { try value.gathered(indices, axis: axis, batchAxes: batchAxes) }
        func put(_ reduction: ScatterReduction, on base: Value, _ updates: Value) throws -> Value {
            try base.scattered(reduction, indices, updates, axis: axis, batchAxes: batchAxes)
        }
        /// What the updates read at their places; 0 for an index out of range.
        func read(_ value: Value) throws -> Value { try isInRange(axis, batchAxes).keep(taken(value)) }

        switch reduction {
        case .add:
            return try with(g, read(g))
        case .set:
            // The last of repeated updates is the one that counts: found by writing the updates' numbers.
            let numbers = try Value.iota([updates.type.elementCount], .int32, axis: 0).reshaped(updates.shape)
            let none = try Value.full(-1, base.type.with(dtype: .int32))
            return try with(put(.set, on: g, .zeros(like: updates)),
                            taken(put(.set, on: none, numbers)).compared(.equal, numbers).keep(taken(g)))
        case .max, .min:
            // Base and updates that equal the result share its cotangent.
            let isBase = try base.compared(.equal, y[0]), isUpdate = try updates.compared(.equal, taken(y[0]))
            let ties = try put(.add, on: isBase.converted(to: g.dtype), isUpdate.converted(to: g.dtype))
            return try with(isBase.keep(g / ties), isUpdate.keep(read(g / ties)))
        case .multiply:
            // An update's factor is the product of base and the other updates, which is 0 if one of those is. (That 0 is
            // a constant here: where an update is exactly 0, the mixed second derivatives with others of its place are 0 too.)
            let isZero = try updates.compared(.equal, 0)
            let factors = try isZero.select(.ones(like: updates), updates)
            let product = try put(.multiply, on: base, factors)
            let zeros = try put(.add, on: .zeros(like: base), isZero.converted(to: g.dtype))
            let others = try read(product) / factors
            let hasOtherZero = try (read(zeros) - isZero.converted(to: g.dtype)).compared(.greater, 0)
            return try with(g * put(.multiply, on: .ones(like: base), updates), read(g) * hasOtherZero.drop(others))
        }
    }

    private func with(_ base: @autoclosure () throws -> Value, _ updates: @autoclosure () throws -> Value) rethrows -> [Value?] {
        [needed[0] ? try base() : nil, nil, needed[2] ? try updates() : nil]
    }

    /// Whether each update's index lies in the base, in the updates' shape.
    private func isInRange(_ axis: Int, _ batchAxes: Int) throws -> Value {
        let indices = try x[1].converted(to: .int64)
        let size = Double(x[0].shape[axis])
        let inRange = try indices.compared(.greaterOrEqual, -size).binary(.and, indices.compared(.less, size))
        let axes = Array(0..<batchAxes) + Array(axis..<(axis + indices.type.rank - batchAxes))
        return try inRange.broadcast(x[2].shape, axes: axes)
    }

    /// Cotangents of sorted elements in the elements' places before.
    func unsorted(_ g: Value, axis: Int) throws -> Value {
        let base = try Value.zeros(like: x[0])
        return try Value.movingToEnd(axis, [base, y[1], g]) { values in
            let last = values[0].type.rank - 1
            return try values[0].scattered(.add, values[1], values[2], axis: last, batchAxes: last)
        }
    }
}
