import Foundation
import Testing

@testable import HDF5

/// What h5py wrote, read here.
@Suite struct ReadingTests {
    @Test func numbersOfEveryType() throws {
        let numbers = try HDF5File(reading: Fixtures.kinds).root.group("numbers")
        let types: [(String, HDF5Type)] = [
            ("int8", .int8), ("int16", .int16), ("int32", .int32), ("int64", .int64), ("uint8", .uint8), ("uint16", .uint16),
            ("uint32", .uint32), ("uint64", .uint64), ("float16", .float16), ("float32", .float32), ("float64", .float64),
        ]
        #expect(try numbers.names() == types.map(\.0).sorted())
        for (name, type) in types {
            let dataset = try numbers.dataset(name)
            #expect(dataset.type == type, "\(name)")
            #expect(dataset.shape == [2, 3])
            #expect(try dataset.array(of: Float.self, expecting: [2, 3]) == [0, 1, 2, 3, 4, 5], "\(name)")
            #expect(try dataset.array(of: Int.self, expecting: [2, 3]) == [0, 1, 2, 3, 4, 5], "\(name)")
        }
    }

    @Test func bigEndianNumbers() throws {
        let numbers = try HDF5File(reading: Fixtures.kinds).root.group("big_endian")
        for name in try numbers.names() {
            #expect(try numbers.dataset(name).array(of: Double.self, expecting: [2, 3]) == [0, 1, 2, 3, 4, 5], "\(name)")
        }
    }

    @Test func otherShapesAndKinds() throws {
        let root = try HDF5File(reading: Fixtures.kinds).root
        #expect(try root.dataset("scalar").array(of: Float.self, expecting: []) == [2.5])
        #expect(try root.dataset("empty").array(of: Float.self, expecting: [0, 4]).isEmpty)
        #expect(try root.dataset("packed").shape == [0])
        let chunked = try root.dataset("chunked").array(of: Float.self, expecting: [50, 20])
        #expect(chunked == (0..<1000).map(Float.init))

        #expect(try root.dataset("bool").type == .bool)
        var bytes = [UInt8](repeating: 9, count: 3)
        try bytes.withUnsafeMutableBytes { try root.dataset("bool").read(into: $0, as: .bool) }
        #expect(bytes == [1, 0, 1])

        #expect(try root.dataset("opaque").type == .opaque(size: 2))
        bytes = [UInt8](repeating: 9, count: 4)
        try bytes.withUnsafeMutableBytes { try root.dataset("opaque").read(into: $0, as: .opaque(size: 2)) }
        #expect(bytes == [0x80, 0x3f, 0x00, 0xc0])
    }

    @Test func texts() throws {
        let root = try HDF5File(reading: Fixtures.kinds).root
        #expect(try root.dataset("names").strings() == ["α", "", "gamma"])
        #expect(try root.dataset("fixed_names").strings() == ["one", "three"])
        let attributes = root.attributes
        #expect(try attributes.string("text") == "variable ünï")
        #expect(try attributes.string("bytes") == "fixed")
        #expect(try attributes.strings("list") == ["a", "bcd", ""])
        #expect(try attributes.strings("variable_list") == ["x", "yz"])
        #expect(try attributes.strings("no_names").isEmpty)
        #expect(try attributes.numbers("number", of: Int.self) == [7])
        #expect(try attributes.numbers("numbers", of: Float.self) == [1.5, -2.5])
        #expect(try attributes.names() == ["bytes", "list", "no_names", "not_utf8", "number", "numbers", "text", "variable_list"])
        #expect(try attributes.type(of: "text") == .string)
        #expect(try attributes.shape(of: "list") == [3])
        #expect(try !attributes.contains("other"))
    }

    @Test func fromMemory() throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: Fixtures.kinds)))
        let file = try HDF5File(reading: bytes, name: "inside.keras")
        #expect(try file.root.dataset("numbers/int8").array(of: Int8.self, expecting: [2, 3]) == [0, 1, 2, 3, 4, 5])
        #expect("\(try file.root.group("numbers").place)" == "\"/numbers\" in inside.keras")
    }

    @Test func partsOutliveTheirFile() throws {
        let dataset = try HDF5File(reading: Fixtures.kinds).root.dataset("scalar")
        #expect(try dataset.array(of: Float.self, expecting: []) == [2.5])
    }

    @Test func fromManyThreads() async throws {
        let file = try HDF5File(reading: Fixtures.kinds)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    let numbers = try? file.root.dataset("chunked").array(of: Float.self, expecting: [50, 20])
                    let missing = try? HDF5File(reading: Fixtures.kinds).root.contains("nowhere")
                    return numbers?.last == 999 && missing == false
                }
            }
            for await fine in group { #expect(fine) }
        }
    }
}
