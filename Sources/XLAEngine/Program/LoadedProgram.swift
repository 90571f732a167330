import CPJRT

/// A compiled program on its devices.
///
/// `@unchecked Sendable`: the pointer is never written after `init`, and PJRT's functions may be called from any thread.
final class LoadedProgram: @unchecked Sendable {
    let client: Client
    private let pointer: OpaquePointer

    /// Compiles StableHLO. Says so when it takes long.
    convenience init(_ text: String, partitions: Int, client: Client) throws {
        let options = Self.options(partitions: partitions, keepsNaN: client.platform == "cpu")
        let start = SystemFiles.seconds
        var (text, program) = (text, OpaquePointer?.none)
        let error = text.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                options.withUnsafeBytes { options in
                    cpjrt_compile(client.plugin.api, client.pointer, text.baseAddress, text.count,
                                  options.baseAddress?.assumingMemoryBound(to: CChar.self), options.count, &program)
                }
            }
        }
        try client.plugin.check(error, "compile a program")
        let seconds = SystemFiles.seconds - start
        if seconds >= Self.longCompilation { SystemFiles.note("XLA compiled a program of \(text.utf8.count { $0 == 10 }) lines in \(Int(seconds.rounded())) s.") }
        try self.init(program, client)
    }

    /// Loads what ``serialized()`` gave.
    convenience init(serialized bytes: ArraySlice<UInt8>, client: Client) throws {
        var program: OpaquePointer?
        let error = bytes.withUnsafeBytes { bytes in
            cpjrt_deserialize(client.plugin.api, client.pointer, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &program)
        }
        try client.plugin.check(error, "load a compiled program")
        try self.init(program, client)
    }

    private init(_ pointer: OpaquePointer?, _ client: Client) throws {
        guard let pointer else { throw XLAError.refused(action: "compile a program", code: 0, message: "nothing came back") }
        self.pointer = pointer
        self.client = client
    }

    deinit { cpjrt_program_destroy(client.plugin.api, pointer) }

    /// From how many seconds on a compilation is spoken of.
    private static let longCompilation = 5.0

    /// A CompileOptionsProto: executable_build_options (3) with num_replicas (4), num_partitions (5), and for several partitions
    /// use_spmd_partitioning (6) and use_shardy_partitioner (19). Without the first two plugins end the process.
    ///
    /// - Parameter keepsNaN: a CPU's maximum takes NaN for a small number unless an env_option_override (7) forbids it.
    static func options(partitions: Int, keepsNaN: Bool) -> [UInt8] {
        var build: [UInt8] = [0x20, 1, 0x28] + varint(partitions)
        if partitions > 1 { build += [0x30, 1, 0x98, 0x01, 1] }
        let options = field(3, build)
        guard keepsNaN else { return options }
        // An entry of a map: the name (1), and an OptionOverrideProto (2) with a bool_field (2).
        return options + field(7, field(1, Array("xla_cpu_enable_fast_min_max".utf8)) + field(2, [0x10, 0]))
    }

    /// A field of bytes.
    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2] + varint(bytes.count) + bytes }

    /// A number in base 128, the low digits first.
    private static func varint(_ number: Int) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number & 127) | 128] + varint(number >> 7)
    }

    func serialized() throws -> [UInt8] {
        final class Bytes { var bytes: [UInt8] = [] }
        let taken = Bytes()
        let error = cpjrt_serialize(client.plugin.api, pointer, { context, bytes, count in
            Unmanaged<Bytes>.fromOpaque(context!).takeUnretainedValue().bytes = Array(UnsafeRawBufferPointer(start: bytes, count: count))
        }, Unmanaged.passUnretained(taken).toOpaque())
        try client.plugin.check(error, "write a compiled program down")
        return taken.bytes
    }

    func check(outputCount: Int) throws {
        var count = 0
        try client.plugin.check(cpjrt_program_output_count(client.plugin.api, pointer, &count), "look at a program")
        guard count == outputCount else { throw XLAError.resultCount(expected: outputCount, got: count) }
    }

    /// Starts the program on all its devices.
    ///
    /// - Parameter outputs: where the results lie, one entry for each.
    func run(_ arguments: [DeviceMemory], outputs: [Placement]) throws -> [DeviceMemory] {
        let devices = arguments.first?.parts.count ?? outputs.first?.deviceCount ?? 1
        // Lists of arguments and of results, one behind the other for each device.
        var given = [OpaquePointer?](repeating: nil, count: max(devices * arguments.count, 1))
        for (index, argument) in arguments.enumerated() {
            for (device, part) in argument.parts.enumerated() { given[device * arguments.count + index] = part }
        }
        var made = [OpaquePointer?](repeating: nil, count: max(devices * outputs.count, 1))
        let error = given.withUnsafeMutableBufferPointer { given in
            made.withUnsafeMutableBufferPointer { made in
                var argumentLists = (0..<devices).map { device in given.baseAddress.map { UnsafePointer($0 + device * arguments.count) } }
                var outputLists = (0..<devices).map { device in made.baseAddress.map { $0 + device * outputs.count } }
                return cpjrt_execute(client.plugin.api, pointer, &argumentLists, devices, arguments.count, &outputLists)
            }
        }
        withExtendedLifetime(arguments) {}
        try client.plugin.check(error, "run a program")
        return outputs.indices.map { index in
            DeviceMemory(client: client, placement: outputs[index], parts: (0..<devices).compactMap { made[$0 * outputs.count + index] })
        }
    }
}
