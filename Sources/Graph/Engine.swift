/// Memory that an engine owns and that holds one tensor.
public protocol Buffer: AnyObject, Sendable {
    var type: TensorType { get }
    /// The elements in row-major order. Waits for them and brings them to the host where need be.
    ///
    /// - Throws: what `body` throws; what became of the computation, on a device that answers later.
    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R
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
    /// The devices that the program is dealt out to; nil: one.
    public var grid: DeviceGrid?
    /// Parameter number → for each of its axes the grid's axis that it is split by. A parameter that is not named is on every device.
    public var parameterAxes: [Int: [String?]]
    /// The same for outputs.
    public var outputAxes: [Int: [String?]]

    public init(
        aliases: [Int: Int] = [:], grid: DeviceGrid? = nil, parameterAxes: [Int: [String?]] = [:], outputAxes: [Int: [String?]] = [:]
    ) {
        self.aliases = aliases
        self.grid = grid
        self.parameterAxes = parameterAxes
        self.outputAxes = outputAxes
    }
}

/// Devices in a grid whose axes have names. The last axis runs fastest.
public struct DeviceGrid: Hashable, Sendable {
    public struct Axis: Hashable, Sendable {
        public let name: String
        public let size: Int
        public init(_ name: String, _ size: Int) {
            self.name = name
            self.size = size
        }
    }

    public let axes: [Axis]
    public init(_ axes: [Axis]) { self.axes = axes }

    public var deviceCount: Int { axes.reduce(1) { $0 * $1.size } }

    /// A device's place along each axis.
    public func coordinates(of device: Int) -> [Int] {
        var rest = device
        return axes.reversed().map { axis in
            defer { rest /= axis.size }
            return rest % axis.size
        }.reversed()
    }
}

/// Something that computes graphs.
public protocol Engine: AnyObject, Sendable {
    var name: String { get }
    /// Memory filled with `bytes` (of the type's byte count).
    func makeBuffer(_ type: TensorType, copying bytes: UnsafeRawBufferPointer) throws -> any Buffer
    /// Memory filled by the caller, without a copy where the engine's memory is the host's.
    func makeBuffer(_ type: TensorType, filling body: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> any Buffer
    func compile(_ graph: Graph, options: CompileOptions) throws -> any Executable
    /// The same numbers in memory of their own.
    func copy(_ buffer: any Buffer) throws -> any Buffer
    /// Waits until the numbers are there: a device may compute them after `run` has come back.
    ///
    /// - Throws: what became of the computation.
    func wait(for buffers: [any Buffer]) throws
    /// How many devices a program can be dealt out to.
    var deviceCount: Int { get }
    /// `"cpu"`, `"gpu"`, `"tpu"`.
    var deviceType: String { get }
}

extension Engine {
    public func copy(_ buffer: any Buffer) throws -> any Buffer {
        try buffer.withUnsafeBytes { try makeBuffer(buffer.type, copying: $0) }
    }

    public func wait(for buffers: [any Buffer]) throws {}

    public var deviceCount: Int { 1 }
    public var deviceType: String { "cpu" }
}
