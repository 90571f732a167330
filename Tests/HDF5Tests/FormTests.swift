import Testing

@testable import HDF5

/// The older and the newer forms of the format, which h5py wrote with the same contents.
@Suite struct FormTests {
    @Test(arguments: ["newer.h5", "ordered.h5"]) func namesAndAttributes(_ file: String) throws {
        let root = try HDF5File(reading: "\(Fixtures.folder)/\(file)").root
        #expect(try root.group("few").names() == (0..<5).map { "group \($0)" })
        #expect(try root.group("few/group 3").names().isEmpty)
        let many = try root.group("many")
        let numbers = (0..<600).map { $0 < 10 ? "00\($0)" : $0 < 100 ? "0\($0)" : "\($0)" }
        #expect(try many.names() == numbers.map { "name \($0)" })
        #expect(try many.dataset("name 599").array(of: Int.self, expecting: [2, 3]) == Array(0..<6))
        let attributes = try root.dataset("data").attributes
        #expect(try attributes.names().count == 61)
        for index in 0..<60 { #expect(try attributes.string("attribute \(index < 10 ? "0" : "")\(index)") == "text \(index)") }
        #expect(try attributes.numbers("long", of: Int.self) == Array(0..<3000))
    }

    @Test(arguments: ["newer.h5", "ordered.h5"], ["plain pieces", "packed pieces", "one piece", "one packed piece"])
    func pieces(_ file: String, _ name: String) throws {
        let root = try HDF5File(reading: "\(Fixtures.folder)/\(file)").root
        #expect(try root.dataset(name).array(of: Float.self, expecting: [35, 20]) == (0..<700).map(Float.init))
        #expect(try root.dataset("pages").array(of: Int16.self, expecting: [3000]) == Array(0..<3000))
    }

    @Test func manyNames() throws {
        let many = try HDF5File(reading: Fixtures.kinds).root.group("many")
        #expect(try many.names().count == 300)
        #expect(try many.contains("name 299") && !many.contains("name 300"))
        #expect(try many.group("/").identity() == many.identity())
    }

    @Test func whatIsNotRead() throws {
        let growing = try HDF5File(reading: "\(Fixtures.folder)/newer.h5").root
        let place = growing.place.child("growing")
        #expect(throws: HDF5Error.unsupportedForm(place, form: "a list of pieces of kind 4")) { try growing.dataset("growing") }
    }

    @Test func checksums() {
        // The author's own example.
        #expect(lookup3(Array("Four score and seven years ago".utf8)) == 0x1777_0551)
        #expect(lookup3([UInt8]()) == 0xdead_beef)
    }

    // MARK: Numbers

    @Test func halves() {
        for bits in UInt16.min ... .max {
            let number = Double(Float16(bitPattern: bits)), value = HalfFormat.value(bits)
            #expect(value == number || (value.isNaN && number.isNaN), "\(bits)")
            if !number.isNaN { #expect(HalfFormat.bits(number) == bits) }
            // Between it and the next one, at the middle too.
            for share in [0.25, 0.5, 0.75] where bits & 0x7fff < 0x7c00 {
                let between = number + (Double(Float16(bitPattern: bits + 1)) - number) * share
                if between.isFinite { #expect(HalfFormat.bits(between) == Float16(between).bitPattern, "\(between)") }
            }
        }
        #expect(Float16(bitPattern: HalfFormat.bits(.nan)).isNaN)
        #expect(HalfFormat.bits(1e9) == 0x7c00 && HalfFormat.bits(-1e-9) == 0x8000 && HalfFormat.bits(65519.9) == 0x7bff)
    }

    private typealias Row = (from: HDF5Type, numbers: [Double], to: HDF5Type, expected: [Double])

    private static let conversions: [Row] = [
        (.float64, [1.5, -1.5, 300, -300, .nan, .infinity, 1e30], .int8, [1, -1, 127, -128, 0, 127, 127]),
        (.float64, [1.5, -1.5, 300, 1e30, -.infinity], .uint64, [1, 0, 300, 0x1p64, 0]),
        (.float64, [-1e30, 1e30], .int64, [-0x1p63, 0x1p63]),
        (.int16, [-32768, 255], .uint8, [0, 255]),
        (.float32, [1, 1.00390625, 1.01171875], .bfloat16, [1, 1, 1.015625]),
        (.bfloat16, [-2, 3.5], .float64, [-2, 3.5]),
        (.uint32, [4_294_967_295], .int32, [2_147_483_647]),
        (.float16, [0.5, 65504], .int32, [0, 65504]),
    ]

    @Test(arguments: conversions.indices) func conversion(_ row: Int) {
        let (from, numbers, to, expected) = Self.conversions[row]
        var back = [Double](repeating: 0, count: numbers.count)
        var stored = [UInt8](repeating: 0, count: numbers.count * from.byteCount)
        var converted = [UInt8](repeating: 0, count: numbers.count * to.byteCount)
        numbers.withUnsafeBytes { numbers in
            stored.withUnsafeMutableBytes { NumberConversion.convert(numbers, from: .float64, to: $0, as: from) }
        }
        stored.withUnsafeBytes { stored in converted.withUnsafeMutableBytes { NumberConversion.convert(stored, from: from, to: $0, as: to) } }
        converted.withUnsafeBytes { converted in
            back.withUnsafeMutableBytes { NumberConversion.convert(converted, from: to, to: $0, as: .float64) }
        }
        #expect(back == expected)
    }
}
