extension Tensor {
    /// The same elements in row-major order under another shape; one size may be -1, which is what is left.
    ///
    /// - Throws: `GraphError.shapeMismatch` if the element counts differ.
    public func reshaped(_ shape: [Int]) throws -> Tensor { try ops.reshape(self, shape) }
    public func reshaped(_ first: Int, _ rest: Int...) throws -> Tensor { try ops.reshape(self, [first] + rest) }

    /// Converted to another element type by value.
    public func cast(to dtype: DType) throws -> Tensor { try converted(dtype) }

    /// Axes in another order; reversed for nil.
    public func transposed(_ axes: [Int]? = nil) throws -> Tensor { try ops.transpose(self, axes: axes) }
    public func transposed(_ first: Int, _ rest: Int...) throws -> Tensor { try ops.transpose(self, axes: [first] + rest) }

    public func sum(axis: Int, keepdims: Bool = false) throws -> Tensor { try ops.sum(self, axis: axis, keepdims: keepdims) }
    public func sum(axes: [Int]? = nil, keepdims: Bool = false) throws -> Tensor { try ops.sum(self, axes: axes, keepdims: keepdims) }
    public func mean(axis: Int, keepdims: Bool = false) throws -> Tensor { try ops.mean(self, axis: axis, keepdims: keepdims) }
    public func mean(axes: [Int]? = nil, keepdims: Bool = false) throws -> Tensor { try ops.mean(self, axes: axes, keepdims: keepdims) }
    public func max(axis: Int, keepdims: Bool = false) throws -> Tensor { try ops.max(self, axis: axis, keepdims: keepdims) }
    public func max(axes: [Int]? = nil, keepdims: Bool = false) throws -> Tensor { try ops.max(self, axes: axes, keepdims: keepdims) }
    public func min(axis: Int, keepdims: Bool = false) throws -> Tensor { try ops.min(self, axis: axis, keepdims: keepdims) }
    public func min(axes: [Int]? = nil, keepdims: Bool = false) throws -> Tensor { try ops.min(self, axes: axes, keepdims: keepdims) }
    public func argmax(axis: Int? = nil, keepdims: Bool = false) throws -> Tensor { try ops.argmax(self, axis: axis, keepdims: keepdims) }
    public func argmin(axis: Int? = nil, keepdims: Bool = false) throws -> Tensor { try ops.argmin(self, axis: axis, keepdims: keepdims) }

    /// Without axes of size 1: the given one, or all.
    public func squeezed(axis: Int? = nil) throws -> Tensor { try ops.squeeze(self, axis: axis) }
    /// With a new axis of size 1.
    public func expandedDims(axis: Int) throws -> Tensor { try ops.expandDims(self, axis: axis) }
}
