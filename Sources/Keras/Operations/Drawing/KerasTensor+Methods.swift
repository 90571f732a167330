extension KerasTensor {
    /// A part of what comes here, as in NumPy: a node that takes it.
    ///
    /// ```swift
    /// let x = Input(shape: [4, 3])     // [nil, 4, 3]
    /// try x[.all, 0]                   // [nil, 3]
    /// try x[.ellipsis, 1...]           // [nil, 4, 2]
    /// try x[.all, .newAxis]            // [nil, 1, 4, 3]
    /// ```
    ///
    /// - Throws: `KerasError.callFailed` for an index that is out of range, and for too many of them.
    public subscript(_ indices: any SliceIndex..., fileID fileID: String = #fileID, line line: Int = #line) -> KerasTensor {
        get throws { try sliced(indices.map(\.selection), fileID: fileID, line: line) }
    }

    /// A part of what comes here, by selections in an array.
    public func sliced(_ selections: [AxisSelection], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        let keys = selections.map(\.argument)
        let key: any GraphOperand = keys.count == 1 ? SliceKey(argument: keys[0]) : SliceKey(argument: .list(keys))
        return try ops.node("GetItem", self, key, at: fileID, line)
    }

    /// The same elements under another shape; one size may be -1, which is what is left.
    public func reshaped(_ shape: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.reshape(self, shape, fileID: fileID, line: line)
    }

    /// Converted to another element type by value.
    public func cast(to dtype: DType, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.cast(self, to: dtype, fileID: fileID, line: line)
    }

    /// Axes in another order; reversed for nil.
    public func transposed(_ axes: [Int]? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.transpose(self, axes: axes, fileID: fileID, line: line)
    }

    /// Without axes of size 1: the given one, or all.
    public func squeezed(axis: Int? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.squeeze(self, axis: axis, fileID: fileID, line: line)
    }

    /// With a new axis of size 1.
    public func expandedDims(axis: Int, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.expandDims(self, axis: axis, fileID: fileID, line: line)
    }

    public func sum(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.sum(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }

    public func mean(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.mean(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }

    public func max(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.max(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }

    public func min(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.min(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }

    public func argmax(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.argmax(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }

    public func argmin(axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try ops.argmin(self, axis: axis, keepdims: keepdims, fileID: fileID, line: line)
    }
}

extension AxisSelection {
    /// As Python writes it between brackets.
    fileprivate var argument: OperationArgument<KerasTensor> {
        switch self {
        case .at(let index): .plain(.int(index))
        case .range(let from, let to, let step): .slice(start: from.configValue, stop: to.configValue, step: step == 1 ? .null : .int(step))
        case .rest: .ellipsis
        case .added: .plain(.null)
        }
    }
}

/// What stands between the brackets.
private struct SliceKey: GraphOperand {
    let argument: OperationArgument<KerasTensor>
    var graphValue: GraphValue { GraphValue { argument } }
}
