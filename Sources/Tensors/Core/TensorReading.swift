extension Tensor {
    /// The elements in row-major order, computed now if need be, converted by value to `S`.
    ///
    /// ```swift
    /// let y: [Float] = try x.array()
    /// ```
    ///
    /// - Throws: `TensorError.readWhileTracing` for a tensor that depends on a traced function's arguments.
    public func array<S: TensorScalar>(_ type: S.Type = S.self) throws -> [S] {
        try withUnsafeBytes { HostConversion.read($0, dtype, count: count) }
    }

    /// The one element of a tensor that has one.
    ///
    /// - Throws: `TensorError.notOneElement`.
    public func item<S: TensorScalar>(_ type: S.Type = S.self) throws -> S {
        guard count == 1 else { throw TensorError.notOneElement(shape: shape) }
        let scalars: [S] = try withUnsafeBytes { HostConversion.read($0, dtype, count: 1) }
        return scalars[0]
    }

    /// Computes the numbers now, and gives the tensor itself.
    @discardableResult
    public func evaluate() throws -> Tensor {
        try Evaluator.evaluate([value])
        return self
    }

    /// The elements' bytes in row-major order, without a copy where the engine's memory is the host's.
    ///
    /// The pointer is valid inside `body` only.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        try buffer().withUnsafeBytes(body)
    }
}

extension Tensor: CustomStringConvertible {
    /// Type, shape and numbers (long ones shortened), as NumPy prints them; only the type where there are no numbers yet.
    public var description: String {
        (try? withUnsafeBytes { "Tensor(\(type))\(rank > 1 ? "\n" : " ")" + text($0, axis: 0, offset: 0, count: count) }) ?? "Tensor(\(type))"
    }

    /// The part of `count` elements from `offset` on, as nested lists.
    private func text(_ bytes: UnsafeRawBufferPointer, axis: Int, offset: Int, count: Int) -> String {
        if axis == rank { return text(bytes, offset) }
        let size = shape[axis]
        let step = size == 0 ? 0 : count / size
        let shown = size > 12 ? Array(0..<3) + [-1] + Array((size - 3)..<size) : Array(0..<size)
        let parts = shown.map { $0 < 0 ? "…" : text(bytes, axis: axis + 1, offset: offset + $0 * step, count: step) }
        return "[" + parts.joined(separator: axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)) + "]"
    }

    private func text(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> String {
        let element = UnsafeRawBufferPointer(rebasing: bytes[(offset * dtype.byteCount)...])
        func read<S: TensorScalar>(_: S.Type) -> S { HostConversion.read(element, dtype, count: 1)[0] }
        return switch dtype {
        case .bool: "\(read(Bool.self))"
        case .float64: "\(read(Double.self))"
        case .float16, .bfloat16, .float32: "\(read(Float.self))"
        case .uint64: "\(read(UInt64.self))"
        default: "\(read(Int64.self))"
        }
    }
}
