import Foundation

@testable import Archive

/// What NumPy and Python's zipfile wrote, by `Tests/Fixtures/archive/make_archive.py`.
enum ArchiveFixtures {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/archive")

    static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    static func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: folder.appendingPathComponent(name))) }

    /// An array as the script knows it.
    struct Described: Decodable {
        let shape: [Int]
        let type: NumpyType
        /// Text.
        let strings: [String]?
        /// The numbers as they lie in memory, or each string of bytes.
        let hex: [String]?
        /// NumPy would write it so again.
        let same: Bool

        func contents() -> NumpyArray.Contents {
            if let strings { return .text(strings) }
            let pieces = (hex ?? []).map(Self.bytes)
            return type == .byteStrings ? .byteStrings(pieces) : .numbers(type, Array(pieces.joined()))
        }

        private static func bytes(_ hex: String) -> [UInt8] {
            let digits = Array(hex)
            return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
        }
    }

    static func described() throws -> [String: Described] {
        try JSONDecoder().decode([String: Described].self, from: Data(bytes("arrays.json")))
    }

    /// A Python with NumPy, where `make test` made one.
    static let python = ProcessInfo.processInfo.environment["KERAS_PYTHON"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }

    /// A folder that is gone afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("archive-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}

extension NumpyType: Decodable {}

/// The message of the error that a body throws; what it gives otherwise is no message.
func message<Result>(_ body: () throws -> Result) -> String {
    do { return "no error, but \(try body())" } catch { return "\(error)" }
}
