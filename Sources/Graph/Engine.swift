/// Memory that an engine owns and that holds one tensor.
public protocol Buffer: AnyObject, Sendable {
    var type: TensorType { get }
    /// The elements in row-major order. Waits for them and brings them to the host where need be.
    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R
}

/// A graph made ready to run for fixed shapes. Immutable: it may run on several threads at once.
public protocol Executable: AnyObject, Sendable {
    /// Runs once.
    ///
    /// A parameter that `CompileOptions.aliases` ties to an output is overwritten, and its buffer is that output: the
    /// caller passes only buffers there that nobody else reads.
    func run(_ inputs: [any Buffer]) throws -> [any Buffer]
}

/// What a caller knows of a graph beyond its text.
public struct CompileOptions: Hashable, Sendable {
    /// Output number → parameter number whose memory it takes over (variables updated in place).
    public var aliases: [Int: Int]
    public init(aliases: [Int: Int] = [:]) { self.aliases = aliases }
}

/// Something that computes graphs.
public protocol Engine: AnyObject, Sendable {
    var name: String { get }
    /// Memory filled with `bytes` (of the type's byte count).
    func makeBuffer(_ type: TensorType, copying bytes: UnsafeRawBufferPointer) throws -> any Buffer
    /// Memory filled by the caller, without a copy where the engine's memory is the host's.
    func makeBuffer(_ type: TensorType, filling body: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> any Buffer
    func compile(_ graph: Graph, options: CompileOptions) throws -> any Executable
}
