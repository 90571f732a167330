import Foundation
import Testing

@testable import Archive

@Suite struct NumpyArrayTests {
    @Test(arguments: ["stored.npz", "deflated.npz"])
    func whatNumpyWroteIsRead(file: String) throws {
        let described = try ArchiveFixtures.described()
        let archive = try NpzReader(path: ArchiveFixtures.path(file))
        #expect(Set(archive.names) == Set(described.keys))
        for (name, expected) in described {
            let array = try archive.array(name)
            #expect(array.shape == expected.shape, "\(name)")
            #expect(array.type == expected.type, "\(name)")
            #expect(array.contents == expected.contents(), "\(name)")
            let description = try archive.description(of: name)
            #expect(description == (expected.shape, expected.type), "\(name)")
        }
    }

    @Test func numpysBytesAreWritten() throws {
        let archive = try ZipReader(path: ArchiveFixtures.path("stored.npz"))
        var compared = 0
        for (name, expected) in try ArchiveFixtures.described() where expected.same {
            let array = NumpyArray(checked: expected.contents(), shape: expected.shape)
            #expect(try array.npyBytes() == archive.read("\(name).npy"), "\(name)")
            compared += 1
        }
        #expect(compared > NumpyType.allCases.count)
    }

    @Test(arguments: 1...3)
    func versions(version: Int) throws {
        let array = try NumpyArray(path: ArchiveFixtures.path("version_\(version).npy"))
        #expect(array.shape == [2, 3])
        #expect(try array.values(as: Float.self) == [0, 1, 2, 3, 4, 5])
    }

    @Test func valuesOfEveryType() throws {
        func check<Element: NumpyElement>(_ values: [Element]) throws {
            let array = try NumpyArray(values, shape: [values.count])
            let again = try NumpyArray(bytes: array.npyBytes())
            #expect(again == array)
            #expect(try again.values() == values)
            #expect(again.type == Element.numpyType)
            #expect(again.type.byteCount == MemoryLayout<Element>.size)
        }
        try check([true, false])
        try check([Int8.min, .max])
        try check([Int16.min, .max])
        try check([Int32.min, .max])
        try check([Int64.min, .max])
        try check([Int.min, .max])
        try check([UInt8.min, .max])
        try check([UInt16.min, .max])
        try check([UInt32.min, .max])
        try check([UInt64.min, .max])
        try check([Float16.greatestFiniteMagnitude, -0.5])
        try check([Float.greatestFiniteMagnitude, -0.5])
        try check([Double.greatestFiniteMagnitude, -0.5])
    }

    @Test func strings() throws {
        let text = try NumpyArray(["größer", "", "a\0b", "end\0"], shape: [2, 2])
        #expect(try NumpyArray(bytes: text.npyBytes()).strings() == ["größer", "", "a\0b", "end"])
        let raw = try NumpyArray(byteStrings: [Array("ü".utf8), []], shape: [2])
        #expect(try NumpyArray(bytes: raw.npyBytes()) == raw)
        #expect(try raw.strings() == ["ü", ""])
        let noText = try NumpyArray(byteStrings: [[65], [0xff]], shape: [2])
        #expect(message { try noText.strings() } == "The array has text in element 1 that is not Unicode.")
        let none = try NumpyArray([String](), shape: [0, 3])
        #expect(try NumpyArray(bytes: none.npyBytes()) == none)
    }

    @Test func everyByteButZeroIsTrue() throws {
        var bytes = try NumpyArray([false, true, true], shape: [3]).npyBytes()
        bytes[bytes.count - 1] = 200
        #expect(try NumpyArray(bytes: bytes).values(as: Bool.self) == [false, true, true])
        #expect(try NumpyArray(.bool, bytes: [0, 7], shape: [2]).values(as: Bool.self) == [false, true])
    }

    @Test func whatDoesNotFit() throws {
        #expect(message { try NumpyArray([1, 2, 3], shape: [2, 2]) } == "An array of shape [2, 2] takes 4; it got 3.")
        #expect(message { try NumpyArray(.float32, bytes: [0], shape: [1]) } == "An array of shape [1] takes 4; it got 1.")
        #expect(message { try NumpyArray([Int](), shape: [-1]) } == "The array says it has the shape [-1], which no memory holds.")
        #expect(message { try NumpyArray([Int](), shape: [.max, 2]) }.hasSuffix("which no memory holds."))
        #expect(message { try NumpyArray(.int64, bytes: [], shape: [1 << 62]) }.hasSuffix("it got 0."))
        #expect(message { try NumpyArray(.text, bytes: [], shape: [0]) } == "An array of type text cannot be read as numbers.")
        let array = try NumpyArray([1.5], shape: [])
        #expect(array.count == 1)
        #expect(message { try array.values(as: Float.self) } == "An array of type float64 cannot be read as float32.")
        #expect(message { try array.strings() } == "An array of type float64 cannot be read as strings.")
        let text = try NumpyArray(["a"], shape: [1])
        #expect(message { try text.withUnsafeBytes { $0.count } } == "An array of type text cannot be read as numbers.")
        #expect(try array.withUnsafeBytes { $0.count } == 8)
    }

    @Test func filesOnDisk() throws {
        let array = try NumpyArray((0..<6).map(Float.init), shape: [2, 3])
        try ArchiveFixtures.withFolder { folder in
            try array.write(to: "\(folder)/x.npy")
            #expect(try NumpyArray(path: "\(folder)/x.npy") == array)
        }
        #expect(try array.npyBytes() == ArchiveFixtures.bytes("version_1.npy"))
        #expect(message { try array.write(to: "/nowhere/x.npy") } == "/nowhere/x.npy cannot be written: No such file or directory.")
    }

    @Test(arguments: ZipCompression.allCases)
    func archives(compression: ZipCompression) throws {
        let numbers = try NumpyArray([Float](repeating: 0, count: 1000), shape: [10, 100])
        let text = try NumpyArray(["a", "b"], shape: [2])
        var writer = NpzWriter(compression: compression)
        try writer.add("numbers", numbers)
        try writer.add("text/1", text)
        #expect(message { try writer.add("text/1", text) } == "The archive has several members named \"text/1.npy\".")
        let bytes = try writer.bytes()
        #expect((bytes.count < 1000) == (compression == .deflated))
        let archive = try NpzReader(bytes: bytes)
        #expect(archive.names == ["numbers", "text/1"])
        #expect(try archive.array("numbers") == numbers)
        #expect(try archive.array("text/1") == text)
        #expect(message { try archive.array("x") } == "The archive has no member \"x\"; it has \"numbers\", \"text/1\".")
    }

    @Test func anArchiveOfOtherThings() throws {
        #expect(message { try NpzReader(bytes: HandMadeZip(.init("x.txt")).bytes) }
            == "The archive: member \"x.txt\" is not an array: its name does not end in .npy.")
        #expect(message { try NpzReader(bytes: HandMadeZip(.init("x.npy")).bytes).array("x") }
            == "The archive: x.npy is not an .npy file: it does not begin as one.")
    }
}
