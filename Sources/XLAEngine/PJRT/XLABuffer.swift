import Graph
import Synchronization

/// A tensor that lies on the host, on the devices, or both: it is sent when a program needs it, and fetched when somebody reads it.
///
/// So the arrays that batches are taken from stay on the host, and what steps pass on to each other stays on the devices.
public final class XLABuffer: Buffer {
    public let type: TensorType
    let client: Client

    /// One of the two at least.
    private enum State {
        case host(HostMemory)
        case device(DeviceMemory)
        case both(HostMemory, DeviceMemory)

        var host: HostMemory? {
            switch self {
            case .host(let host), .both(let host, _): host
            case .device: nil
            }
        }
        var device: DeviceMemory? {
            switch self {
            case .device(let device), .both(_, let device): device
            case .host: nil
            }
        }
    }
    private let state: Mutex<State>

    init(_ type: TensorType, host: HostMemory, client: Client) {
        self.type = type
        self.client = client
        state = Mutex(.host(host))
    }

    init(_ type: TensorType, device: DeviceMemory) {
        self.type = type
        client = device.client
        state = Mutex(.device(device))
    }

    /// The numbers in row-major order. What was fetched is kept for the next reader.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        let host = try XLAError.asGraphError { try fetched() }
        defer { withExtendedLifetime(host) {} }
        return try body(UnsafeRawBufferPointer(host.bytes))
    }

    /// Where the numbers lie on the devices; nil if they are on the host only.
    var placement: Placement? { state.withLock { $0.device?.placement } }

    /// For each axis the devices' axis that it is split by; empty: whole on each of them; nil: on the host or one device only. For tests.
    package var splitAxes: [String?]? { placement.flatMap { $0.grid == nil ? nil : $0.axes } }

    /// Whether reading copies nothing: for tests of what stays on the devices.
    package var isOnHost: Bool { state.withLock { $0.host != nil } }

    func fetched() throws -> HostMemory {
        let device: DeviceMemory
        switch state.withLock({ $0 }) {
        case .host(let host), .both(let host, _): return host
        case .device(let memory): device = memory
        }
        let host = try device.fetch(type)
        state.withLock { if $0.device === device { $0 = .both(host, device) } }
        return host
    }

    /// The numbers on the devices, laid out as a program wants them.
    func memory(_ placement: Placement) throws -> DeviceMemory {
        if let device = state.withLock({ $0.device }), device.placement == placement { return device }
        let host = try fetched()
        let device = try DeviceMemory(host, type, placement, client)
        state.withLock { $0 = .both(host, device) }
        return device
    }

    func wait() throws { try state.withLock { $0.device }?.wait() }

    /// Takes over what a program has written in the place of the numbers so far.
    func overwrite(with device: DeviceMemory) { state.withLock { $0 = .device(device) } }
}
