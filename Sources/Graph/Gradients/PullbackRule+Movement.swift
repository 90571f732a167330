/// Elements that are moved take their cotangents back.
extension PullbackRule {
    func broadcast(_ axes: [Int], _ g: Value) throws -> Value {
        let kept = axes.indices.filter { x[0].shape[$0] == g.shape[axes[$0]] }.map { axes[$0] }
        return try g.sum(axes: g.shape.indices.filter { !kept.contains($0) }).reshaped(x[0].shape)
    }

    func concatenate(_ axis: Int, _ g: Value) throws -> [Value?] {
        var start = 0
        return try zip(x, needed).map { operand, needed in
            let range = start..<(start + operand.shape[axis])
            start = range.upperBound
            return needed ? try g.sliced(axis: axis, range) : nil
        }
    }

    func pad(_ padding: Padding, _ g: Value) throws -> [Value?] {
        let back = try g.padded(Padding(low: padding.low.map(-), high: padding.high.map(-)))
            .sliced(x[0].shape.map { _ in 0 }, zip(x[0].shape, padding.interior).map { $0 == 0 ? 0 : ($0 - 1) * ($1 + 1) + 1 },
                    strides: padding.interior.map { $0 + 1 })
        return try pair(back, g.sum() - back.sum())
    }
}

extension Slice {
    /// What puts the slice of a tensor of `shape` back in its place.
    func undo(on shape: [Int]) -> Padding {
        var padding = Padding(low: starts, high: [], interior: strides.map { $0 - 1 })
        for axis in shape.indices {
            let count = limits[axis] == starts[axis] ? 0 : (limits[axis] - starts[axis] - 1) / strides[axis] + 1
            if count <= 1 { padding.interior[axis] = 0 }
            let covered = count == 0 ? 0 : (count - 1) * strides[axis] + 1
            padding.high.append(shape[axis] - starts[axis] - covered)
        }
        return padding
    }
}
