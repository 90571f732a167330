import Graph
import Synchronization

/// A tensor that lies on the host, on the devices, or both: it is sent when a program needs it, and fetched when somebody reads it.
///
/// So the arrays that batches are taken from stay on the host, and what steps pass on to each other stays on the devices.
public final class XLABuffer: Buffer {
    public let type: TensorType
    let client: Client

    private struct State {
        var host: HostMemory?
        var device: DeviceMemory?
    }
    private let state: Mutex<State>

    init(_ type: TensorType, host: HostMemory, client: Client) {
        self.type = type
        self.client = client
        state = Mutex(State(host: host))
    }

    init(_ type: TensorType, device: DeviceMemory) {
        self.type = type
        client = device.client
        state = Mutex(State(device: device))
    }

    /// The numbers in row-major order. What was fetched is kept for the next reader.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
        let host = try fetched()
        defer { withExtendedLifetime(host) {} }
        return try body(UnsafeRawBufferPointer(host.bytes))
    }

    /// Where the numbers lie on the devices; nil if they are on the host only.
    var placement: Placement? { state.withLock { $0.device?.placement } }

    /// Whether reading copies nothing: for tests of what stays on the devices.
    package var isOnHost: Bool { state.withLock { $0.host != nil } }

    func fetched() throws -> HostMemory {
        let (host, device) = state.withLock { ($0.host, $0.device) }
        if let host { return host }
        guard let device else { throw XLAError.overwritten(type) }
        let fetched = try device.fetch(type)
        state.withLock { if $0.device === device { $0.host = fetched } }
        return fetched
    }

    /// The numbers on the devices, laid out as a program wants them.
    func memory(_ placement: Placement) throws -> DeviceMemory {
        if let device = state.withLock({ $0.device }), device.placement == placement { return device }
        let device = try DeviceMemory(fetched(), type, placement, client)
        state.withLock { $0.device = device }
        return device
    }

    /// The numbers are gone: a program has written over them.
    func overwritten() { state.withLock { $0 = State() } }
}
