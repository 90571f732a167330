import Archive

/// A file of arrays with names, as `numpy.savez` writes it: what a model is fed, and what it gives.
///
/// ```swift
/// let file = try ArrayFile("tickets.npz")
/// file.names                                                   // ["title", "body", "tags"]
/// let answers = try router.predictions(router.inputs(from: file))
/// try ArrayFile.write(router.named(answers), to: "answers.npz")
/// ```
///
/// Nothing is read of an array before it is asked for. Not for use from several threads at once.
public final class ArrayFile {
    public let path: String
    /// The arrays' names, in the file's order.
    public var names: [String] { reader.names }
    private let reader: NpzReader

    /// Opens an `.npz` file, stored or deflated.
    ///
    /// - Throws: `KerasError.saving(.archive)` for a file that cannot be read or holds something else.
    public init(_ path: String) throws {
        self.path = path
        reader = try KerasError.reading { try NpzReader(path: path) }
    }

    /// Reads an array: NumPy's numbers in either byte order and either order of axes.
    ///
    /// - Parameter dtype: the element type to give, by NumPy's rules of casting; nil: the file's.
    /// - Throws: `KerasError.saving(.archive)` for an array that is not there, damaged, of complex numbers or of Python objects;
    ///   `.data(.textArray)` for strings.
    public func tensor(_ name: String, dtype: DType? = nil) throws -> Tensor {
        let stored = try KerasError.reading { try reader.description(of: name) }
        guard let own = DType(stored.type) else { throw KerasError.data(.textArray(path: path, array: name)) }
        let array = try KerasError.reading { try reader.array(name) }
        let tensor = try KerasError.reading { try array.withUnsafeBytes { try Tensor(bytes: $0, shape: array.shape, dtype: own) } }
        guard let dtype, dtype != own else { return tensor }
        return try tensor.cast(to: dtype).evaluate()
    }

    /// Writes tensors into an `.npz` file, stored as `numpy.savez` does. bfloat16, which NumPy has not, becomes float32.
    ///
    /// Whoever looks at the path finds the old file or the new one, whole.
    ///
    /// - Throws: `KerasError.saving(.archive)` for two tensors of one name, or a file that cannot be written.
    public static func write(_ tensors: [(name: String, tensor: Tensor)], to path: String) throws {
        var writer = NpzWriter()
        try KerasError.reading {
            for (name, tensor) in tensors {
                let wide = tensor.dtype == .bfloat16 ? try tensor.cast(to: .float32) : tensor
                guard let type = NumpyType(wide.dtype) else { continue }
                let bytes = try wide.withUnsafeBytes { Array($0) }
                try writer.add(name, NumpyArray(type, bytes: bytes, shape: wide.shape))
            }
            try AtomicFile.replace(path) { try writer.write(to: $0) }
        }
    }
}

extension DType {
    /// The element type that holds what an array has; nil for strings.
    fileprivate init?(_ type: NumpyType) {
        switch type {
        case .bool: self = .bool
        case .int8: self = .int8
        case .int16: self = .int16
        case .int32: self = .int32
        case .int64: self = .int64
        case .uint8: self = .uint8
        case .uint16: self = .uint16
        case .uint32: self = .uint32
        case .uint64: self = .uint64
        case .float16: self = .float16
        case .float32: self = .float32
        case .float64: self = .float64
        case .text, .byteStrings: return nil
        }
    }
}

extension NumpyType {
    /// NumPy's type for elements; nil for bfloat16.
    fileprivate init?(_ dtype: DType) {
        if dtype == .bfloat16 { return nil }
        self.init(rawValue: dtype.rawValue)
    }
}
