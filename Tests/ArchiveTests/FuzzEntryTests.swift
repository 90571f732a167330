import Archive
import Testing

/// What fuzzers do, for a moment: files that were good once. Whatever is not refused by an `ArchiveError` ends the process.
@Suite struct FuzzEntryTests {
    private typealias Entry = (run: @Sendable (UnsafeRawBufferPointer) -> Bool, seeds: @Sendable () throws -> [[UInt8]])

    private static let entries: [Entry] = [
        ({ FuzzEntries.zip($0) }, { try ["members.zip", "streamed.zip"].map(ArchiveFixtures.bytes) }),
        ({ FuzzEntries.npy($0) }, { try ["version_1.npy", "version_3.npy"].map(ArchiveFixtures.bytes) + [text()] }),
        ({ FuzzEntries.npz($0) }, { try [arrays()] }),
    ]

    private static func text() throws -> [UInt8] { try NumpyArray(["größe", "b"], shape: [1, 2]).npyBytes() }

    private static func arrays() throws -> [UInt8] {
        var writer = NpzWriter(compression: .deflated)
        try writer.add("x", NumpyArray([1.5, 2], shape: [2]))
        try writer.add("y", NumpyArray(["a"], shape: [1]))
        return try writer.bytes()
    }

    @Test(arguments: 0..<3) func oneByteChanged(entry: Int) throws {
        let entry = Self.entries[entry]
        var refused = 0, taken = 0
        for seed in try entry.seeds() {
            #expect(seed.withUnsafeBytes(entry.run), "the seed itself")
            for place in seed.indices {
                for change: UInt8 in [1, 0x80, 0xff] {
                    var bytes = seed
                    bytes[place] ^= change
                    if bytes.withUnsafeBytes(entry.run) { taken += 1 } else { refused += 1 }
                }
            }
        }
        #expect(refused > 0 && taken > 0)
    }

    @Test(arguments: 0..<3) func partsMovedAndRemoved(entry: Int) throws {
        let entry = Self.entries[entry]
        for seed in try entry.seeds() {
            for place in stride(from: 0, to: seed.count, by: 7) {
                for length in [1, 4, 30] where place + length <= seed.count {
                    _ = (seed[..<place] + seed[(place + length)...]).withUnsafeBytes(entry.run)
                    _ = (seed[..<place] + seed[place..<place + length] + seed[place...]).withUnsafeBytes(entry.run)
                    _ = (seed[..<place] + [UInt8](repeating: 0xff, count: length) + seed[(place + length)...]).withUnsafeBytes(entry.run)
                }
            }
        }
    }
}
