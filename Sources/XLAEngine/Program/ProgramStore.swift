/// A folder of compiled programs, so that the next process need not compile them again.
///
/// A file is named by a checksum of its key and holds the whole key: the program's text, the plugin, the device, the processor. It is used
/// only if the key is the same. Compiled programs are code, so the folder must be writable by nobody else.
final class ProgramStore: Sendable {
    private let folder: String
    private let client: Client
    private let environment: String

    /// Programs that compile faster than this many seconds are not worth a file.
    private static let shortCompilation = 0.2
    private static let magic = Array("swift-keras program 1\n".utf8)
    private static let limit = 1 << 30

    static var defaultFolder: String {
        if let named = SystemFiles.environment("KERAS_XLA_PROGRAMS") { return named == "off" ? "" : named }
        let home = SystemFiles.environment("KERAS_HOME") ?? SystemFiles.environment("HOME").map { "\($0)/.keras" }
        return home.map { "\($0)/xla" } ?? ""
    }

    /// - Parameter folder: made if it is not there. Empty, or one that others can write to: there is no store.
    init?(folder: String, client: Client) {
        guard !folder.isEmpty, SystemFiles.makeFolder(folder), SystemFiles.isOwn(folder) else { return nil }
        self.folder = folder
        self.client = client
        environment = [
            client.platform, client.platformVersion, client.deviceKind, client.plugin.version, SystemFiles.identity(of: client.plugin.path),
            client.platform == "cpu" ? SystemFiles.processor : "",
        ].joined(separator: "\n")
    }

    /// The program, from its file or compiled now.
    func program(_ text: String, partitions: Int) throws -> LoadedProgram {
        let key = Array("\(environment)\n\(partitions)\n\(SystemFiles.environment("XLA_FLAGS") ?? "")\n\(text)".utf8)
        let path = "\(folder)/\(Self.checksum(key).hexadecimal)\(Self.checksum(key.reversed()).hexadecimal)"
        if let known = load(path, key) { return known }
        let start = SystemFiles.seconds
        let program = try LoadedProgram(text, partitions: partitions, client: client)
        if SystemFiles.seconds - start >= Self.shortCompilation, let bytes = try? program.serialized() {
            let head = Self.magic + key.count.bytes + Self.checksum(bytes).bytes
            _ = SystemFiles.save([head, key, bytes], to: path)
        }
        return program
    }

    /// nil if there is no such file, or not a whole one.
    private func load(_ path: String, _ key: [UInt8]) -> LoadedProgram? {
        guard SystemFiles.isReadable(path), let file = SystemFiles.bytes(of: path, limit: Self.limit) else { return nil }
        let head = Self.magic.count
        guard file.count > head + 16 + key.count, file.starts(with: Self.magic), file[head..<(head + 8)].elementsEqual(key.count.bytes),
            file[(head + 16)...].starts(with: key)
        else { return nil }
        let bytes = file[(head + 16 + key.count)...]
        guard file[(head + 8)..<(head + 16)].elementsEqual(Self.checksum(bytes).bytes) else { return nil }
        return try? LoadedProgram(serialized: bytes, client: client)
    }

    /// FNV-1a in 64 bits. Source: http://www.isthe.com/chongo/tech/comp/fnv/.
    private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension FixedWidthInteger {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
    fileprivate var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
