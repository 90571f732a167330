import CPJRT
import Graph

/// One tensor in the memory of one device, or of several: one part for each.
///
/// `@unchecked Sendable`: the pointers are never written after `init`, and PJRT's functions may be called from any thread.
final class DeviceMemory: @unchecked Sendable {
    let client: Client
    let placement: Placement
    let parts: [OpaquePointer]

    init(client: Client, placement: Placement, parts: [OpaquePointer]) {
        self.client = client
        self.placement = placement
        self.parts = parts
    }

    /// Sends a tensor's bytes.
    convenience init(_ host: HostMemory, _ type: TensorType, _ placement: Placement, _ client: Client) throws {
        var parts: [OpaquePointer] = []
        var whole: HostMemory?
        do {
            for index in 0..<placement.deviceCount {
                let block = try placement.block(of: type, device: index)
                let memory: HostMemory
                if block.isWhole {
                    memory = host
                } else {
                    memory = try HostMemory(block.type.byteCount)
                    block.copyOut(of: host.bytes, to: memory.bytes)
                }
                whole = memory
                parts.append(try Self.send(memory, block.type, client, client.devices[index]))
            }
        } catch {
            for part in parts { cpjrt_buffer_destroy(client.plugin.api, part) }
            throw error
        }
        withExtendedLifetime(whole) {}
        self.init(client: client, placement: placement, parts: parts)
    }

    deinit { for part in parts { cpjrt_buffer_destroy(client.plugin.api, part) } }

    private static func send(_ memory: HostMemory, _ type: TensorType, _ client: Client, _ device: OpaquePointer) throws -> OpaquePointer {
        let sizes = type.shape.map(Int64.init)
        // The device may read the memory later on, or use it in place: it is held until the device lets go.
        let held = Unmanaged.passRetained(memory).toOpaque()
        var buffer: OpaquePointer?
        let error = cpjrt_buffer_from_host(
            client.plugin.api, client.pointer, memory.bytes.baseAddress, type.dtype.pjrtType, sizes, sizes.count, device,
            { Unmanaged<HostMemory>.fromOpaque($0!).release() }, held, &buffer)
        try client.plugin.check(error, "send a tensor \(type) to the device")
        guard let buffer else { throw XLAError.refused(action: "send a tensor \(type) to the device", code: 0, message: "nothing came back") }
        return buffer
    }

    /// Waits for the numbers.
    func wait() throws {
        for part in parts { try client.plugin.check(cpjrt_buffer_wait(client.plugin.api, part), "run a program") }
    }

    /// Waits for the numbers and brings them to the host.
    func fetch(_ type: TensorType) throws -> HostMemory {
        let host = try HostMemory(type.byteCount)
        for (index, part) in parts.enumerated() {
            let block = try placement.block(of: type, device: index)
            if block.isWhole {
                try fetch(part, into: host, type)
                return host
            }
            // Where the grid has axes that the tensor is not split by, several devices hold the same part.
            if !placement.isFirst(device: index) { continue }
            let memory = try HostMemory(block.type.byteCount)
            try fetch(part, into: memory, block.type)
            block.copyIn(memory.bytes, to: host.bytes)
        }
        return host
    }

    private func fetch(_ part: OpaquePointer, into memory: HostMemory, _ type: TensorType) throws {
        if type.byteCount == 0 { return }
        let error = cpjrt_buffer_to_host(client.plugin.api, part, memory.bytes.baseAddress, memory.bytes.count)
        try client.plugin.check(error, "compute a tensor \(type)")
    }
}

extension DType {
    /// PJRT's number of the type.
    var pjrtType: Int32 {
        let number = switch self {
        case .bool: CPJRT_PRED
        case .int8: CPJRT_S8
        case .int16: CPJRT_S16
        case .int32: CPJRT_S32
        case .int64: CPJRT_S64
        case .uint8: CPJRT_U8
        case .uint16: CPJRT_U16
        case .uint32: CPJRT_U32
        case .uint64: CPJRT_U64
        case .float16: CPJRT_F16
        case .bfloat16: CPJRT_BF16
        case .float32: CPJRT_F32
        case .float64: CPJRT_F64
        }
        return Int32(number)
    }
}
