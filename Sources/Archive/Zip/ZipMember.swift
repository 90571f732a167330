/// A file in an archive, as its directory says. Folders are not listed.
public struct ZipMember: Hashable, Sendable {
    /// With `/` between its parts.
    public let name: String
    /// Bytes, unpacked.
    public let size: Int
    /// Bytes in the archive.
    public let compressedSize: Int
    public let compression: ZipCompression
    /// The CRC-32 of the unpacked bytes.
    public let checksum: UInt32
}

/// How a member is packed.
public enum ZipCompression: Hashable, Sendable, CaseIterable {
    case stored, deflated
}

extension ZipCompression {
    /// The format's number for it.
    var method: Int {
        switch self {
        case .stored: 0
        case .deflated: 8
        }
    }

    init?(method: Int) {
        guard let known = Self.allCases.first(where: { $0.method == method }) else { return nil }
        self = known
    }

    /// Deflate's shortest code is one bit for 258 bytes, after a copy of two bits for the length and the distance.
    private static let deflateMost = 1032

    /// Whether so many packed bytes can unpack to so many.
    func canUnpack(_ packed: Int, to unpacked: Int) -> Bool {
        switch self {
        case .stored: packed == unpacked
        case .deflated: packed > 0 && unpacked / Self.deflateMost <= packed
        }
    }
}
