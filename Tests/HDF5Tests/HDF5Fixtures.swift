import Foundation

@testable import HDF5

/// The files that Tests/Fixtures/hdf5/make_hdf5.py wrote with h5py.
enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/hdf5").path
    static var kinds: String { "\(folder)/kinds.h5" }
    static var refused: String { "\(folder)/refused.h5" }

    static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hdf5-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }
}
