import Foundation
import Testing

@testable import HDF5

/// What is written here, read back here and by h5py.
@Suite struct WritingTests {
    private func fill(_ root: HDF5Group) throws {
        try root.createDataset("layers/dense/vars/0", shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Float])
        try root.createDataset("layers/dense/vars/1", shape: [], [Int64(7)])
        try root.createDataset("empty", shape: [0, 3], [Double]())
        try root.createDataset("packed", shape: [4000], [Float](repeating: 1, count: 4000), storage: .chunks(sizes: [1000], deflate: 9))
        let half: [UInt8] = [0x80, 0x3f, 0x00, 0xc0]
        try half.withUnsafeBytes {
            _ = try root.createDataset("opaque", shape: [2], type: .opaque(size: 2), bytes: $0)
            _ = try root.createDataset("bfloat16", shape: [2], type: .bfloat16, bytes: $0)
        }
        try [UInt8(1), 0].withUnsafeBytes { _ = try root.createDataset("truth", shape: [2], type: .bool, bytes: $0) }
        try root.createDataset("half", shape: [2], [0.5, -2] as [Float16])
        try root.createGroup("group/inner")
        try root.attributes.set("text", to: "ünï")
        try root.attributes.set("text", to: "ünï 2")
        try root.attributes.setFixed("names", to: ["a", "bcd"])
        try root.attributes.setFixed("no_names", to: [])
        try root.attributes.setFixed("one", to: ["x"], shape: [])
        try root.createGroup("numbered").attributes.set("numbers", to: [1, 2, 3])
    }

    private func check(_ root: HDF5Group) throws {
        #expect(try root.dataset("layers/dense/vars/0").array(of: Float.self, expecting: [2, 3]) == [1, 2, 3, 4, 5, 6])
        #expect(try root.dataset("layers/dense/vars/1").array(of: Int.self, expecting: []) == [7])
        #expect(try root.dataset("empty").shape == [0, 3])
        #expect(try root.dataset("packed").array(of: Float.self, expecting: [4000]) == [Float](repeating: 1, count: 4000))
        #expect(try root.dataset("opaque").type == .opaque(size: 2))
        #expect(try root.dataset("bfloat16").array(of: Float.self, expecting: [2]) == [1, -2])
        #expect(try root.dataset("truth").type == .bool)
        #expect(try root.dataset("half").array(of: Float16.self, expecting: [2]) == [0.5, -2])
        #expect(try root.group("group").names() == ["inner"])
        #expect(try root.attributes.string("text") == "ünï 2")
        #expect(try root.attributes.strings("names") == ["a", "bcd"])
        #expect(try root.attributes.strings("no_names").isEmpty)
        #expect(try root.attributes.string("one") == "x")
        #expect(try root.group("numbered").attributes.numbers("numbers", of: Int.self) == [1, 2, 3])
    }

    @Test func onDisk() throws {
        try Fixtures.withFolder { folder in
            let path = "\(folder)/new.h5"
            let file = try HDF5File(creating: path)
            try fill(file.root)
            try file.close()
            #expect(throws: HDF5Error.closed(file: path)) { try file.close() }
            try check(HDF5File(reading: path).root)
            let read = try HDF5File(reading: path)
            #expect(throws: HDF5Error.readOnly(file: path)) { try read.root.createGroup("more") }
            #expect(throws: HDF5Error.readOnly(file: path)) { try read.root.attributes.set("more", to: "") }
            #expect(throws: HDF5Error.readOnly(file: path)) { try read.close() }
            #expect(throws: HDF5Error.self) { try HDF5File(creating: "\(folder)/no/such/folder.h5") }
        }
    }

    @Test func inMemory() throws {
        let file = try HDF5File(inMemory: "new.h5")
        try fill(file.root)
        #expect(throws: HDF5Error.beingWritten(file: "new.h5")) { try file.root.names() }
        let bytes = try file.bytes()
        try check(HDF5File(reading: bytes, name: "again.h5").root)
        let other = try HDF5File(inMemory: "new.h5")
        try fill(other.root)
        #expect(try other.bytes() == bytes)
    }

    @Test func mistakes() throws {
        let root = try HDF5File(inMemory: "new.h5").root
        #expect(throws: HDF5Error.byteCount(root.place.child("x"), expected: 12, got: 8)) {
            try root.createDataset("x", shape: [3], [1, 2] as [Float])
        }
        #expect(throws: HDF5Error.invalidName("")) { try root.createGroup("") }
        #expect(throws: HDF5Error.invalidName("a/./b")) { try root.createGroup("a/./b") }
        #expect(throws: HDF5Error.refused(root.place.child("x"), .rank(1))) { try root.createDataset("x", shape: [-1], [Float]()) }
        try root.createGroup("taken")
        do {
            try root.createGroup("taken")
            Issue.record("a second group of one name")
        } catch {
            #expect("\(error)".hasPrefix("\"/taken\" in new.h5: making a group failed: "))
        }
        try root.createDataset("values", shape: [1], [Float(1)])
        #expect(throws: HDF5Error.wrongKind(root.place.child("values"), expected: "a group", got: "a data set")) {
            try root.createGroup("values/inner")
        }
    }

    /// Python reads the same.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["KERAS_PYTHON"].map(FileManager.default.isExecutableFile) ?? false))
    func forPython() throws {
        try Fixtures.withFolder { folder in
            let file = try HDF5File(creating: "\(folder)/new.h5")
            try fill(file.root)
            try file.close()
            let script = """
                import sys, h5py, numpy as np
                f = h5py.File(sys.argv[1])
                assert f["layers/dense/vars/0"][()].tolist() == [[1, 2, 3], [4, 5, 6]]
                assert f["layers/dense/vars/1"][()] == 7 and f["layers/dense/vars/1"].dtype == "int64"
                assert f["empty"].shape == (0, 3) and f["packed"].compression == "gzip" and f["packed"][3999] == 1
                assert f["opaque"].dtype == "V2" and f["truth"].dtype == bool and f["truth"][()].tolist() == [True, False]
                assert f["half"].dtype == "float16" and f["half"][()].tolist() == [0.5, -2]
                text = lambda v: v if isinstance(v, str) else v.decode()
                assert f.attrs["text"] == "ünï 2" and [text(n) for n in f.attrs["names"]] == ["a", "bcd"]
                assert len(f.attrs["no_names"]) == 0 and text(f.attrs["one"]) == "x" and list(f["numbered"].attrs["numbers"]) == [1, 2, 3]
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: ProcessInfo.processInfo.environment["KERAS_PYTHON"] ?? "")
            process.arguments = ["-c", script, "\(folder)/new.h5"]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }
}
