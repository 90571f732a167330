import Foundation
import Testing

@testable import Archive

/// The live NumPy and Python's zipfile read what is written here.
@Suite struct LiveNumpyTests {
    private static let script = """
        import json, sys, zipfile, numpy
        path = sys.argv[1]
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        def described(array):
            entry = {"shape": list(array.shape), "same": True}
            entry["type"] = {"U": "text", "S": "byteStrings"}.get(array.dtype.kind, array.dtype.name)
            if array.dtype.kind == "U": entry["strings"] = [str(item) for item in array.ravel()]
            elif array.dtype.kind == "S": entry["hex"] = [bytes(item).hex() for item in array.ravel()]
            else: entry["hex"] = [array.tobytes().hex()]
            return entry
        with numpy.load(path) as arrays:
            print(json.dumps({name: described(arrays[name]) for name in arrays.files}))
        """

    @Test(.enabled(if: ArchiveFixtures.python != nil, "needs NumPy; KERAS_PYTHON names no Python"), arguments: ZipCompression.allCases)
    func whatIsWrittenHereNumpyReads(compression: ZipCompression) throws {
        var writer = NpzWriter(compression: compression)
        let written = try ArchiveFixtures.described().mapValues { NumpyArray(checked: $0.contents(), shape: $0.shape) }
        for (name, array) in written.sorted(by: { $0.key < $1.key }) { try writer.add(name, array) }
        let read = try ArchiveFixtures.withFolder { folder in
            let path = "\(folder)/x.npz"
            try writer.write(to: path)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(ArchiveFixtures.python))
            process.arguments = ["-c", Self.script, path]
            let output = Pipe()
            process.standardOutput = output
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let said = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return try JSONDecoder().decode([String: ArchiveFixtures.Described].self, from: said)
        }
        #expect(read.keys.sorted() == written.keys.sorted())
        for (name, array) in written {
            let seen = try #require(read[name])
            #expect(seen.shape == array.shape && seen.contents() == array.contents, "\(name)")
        }
    }
}
