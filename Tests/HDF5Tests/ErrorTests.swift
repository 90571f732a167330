import Foundation
import Testing

@testable import HDF5

/// Files that are wrong, damaged or hostile: one clear error each.
@Suite struct ErrorTests {
    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)".replacingOccurrences(of: Fixtures.folder + "/", with: "")
        }
    }

    @Test func whatIsNotThere() throws {
        let root = try HDF5File(reading: Fixtures.kinds).root
        #expect(message { _ = try HDF5File(reading: "/nowhere.h5") }
            == "/nowhere.h5 cannot be opened as an HDF5 file: No such file or directory.")
        #expect(message { _ = try root.dataset("numbers/int9") }.hasPrefix("There is no \"/numbers/int9\" in kinds.h5; there are float16,"))
        #expect(message { _ = try root.group("scalar") } == "\"/scalar\" in kinds.h5 is a data set, not a group.")
        #expect(message { _ = try root.dataset("numbers") } == "\"/numbers\" in kinds.h5 is a group, not a data set.")
        #expect(message { _ = try root.group("scalar/deeper") } == "\"/scalar\" in kinds.h5 is a data set, not a group.")
        #expect(message { _ = try root.attributes.string("other") }
            .hasPrefix("There is no \"/@other\" in kinds.h5; there are bytes, list,"))
        #expect(message { _ = try root.dataset("a\0b") }.hasPrefix("There is no \"/a\\0b\""))
    }

    @Test func whatIsSomethingElse() throws {
        let root = try HDF5File(reading: Fixtures.kinds).root
        #expect(message { _ = try root.dataset("complex") }
            == "\"/complex\" in kinds.h5 holds records of several fields, which is not read here.")
        #expect(message { _ = try root.attributes.string("not_utf8") } == "\"/@not_utf8\" in kinds.h5 is not text in UTF-8.")
        #expect(message { _ = try root.attributes.string("list") } == "\"/@list\" in kinds.h5 has shape [3], not [].")
        #expect(message { _ = try root.attributes.string("number") } == "\"/@number\" in kinds.h5 holds int64; it cannot be read as text.")
        #expect(message { _ = try root.dataset("names").array(of: Float.self, expecting: [3]) }
            == "\"/names\" in kinds.h5 holds strings; it cannot be read as float32.")
        #expect(message { _ = try root.dataset("opaque").array(of: Float.self, expecting: [2]) }
            == "\"/opaque\" in kinds.h5 holds opaque values of 2 bytes; it cannot be read as float32.")
        #expect(message { _ = try root.dataset("scalar").array(of: Float.self, expecting: [2]) }
            == "\"/scalar\" in kinds.h5 has shape [], not [2].")
        var byte: UInt8 = 0
        #expect(message { try withUnsafeMutableBytes(of: &byte) { try root.dataset("scalar").read(into: $0, as: .float32) } }
            == "\"/scalar\" in kinds.h5 takes 4 bytes; there are 1.")
        #expect(message { _ = try root.dataset("names").strings(limit: 8) }.contains("at most 8 are taken"))
        #expect(message { _ = try root.attributes.strings("variable_list", limit: 2) }.contains("at most 2 are taken"))
    }

    @Test(arguments: [
        ("soft", "it is a soft link"),
        ("external_link", "it is a link to another file"),
        ("group/inner/data", "it is a soft link"),
        ("external_storage", "its numbers lie in other files"),
        ("virtual", "it is put together from other data sets"),
        ("lzf", "it is packed with filter 32000; only deflate, shuffle and checksums are read"),
        ("twice", "it is compressed more than once"),
        ("huge_chunk", "it is cut into pieces of 134217728 bytes, more than all of it takes"),
    ])
    func whatIsRefused(path: String, reason: String) throws {
        let root = try HDF5File(reading: Fixtures.refused).root
        let place = path == "group/inner/data" ? "group/inner" : path
        #expect(message { _ = try root.dataset(path) } == "\"/\(place)\" in refused.h5 is refused: \(reason).")
    }

    @Test func aDeclaredSizeReservesNothing() throws {
        let root = try HDF5File(reading: Fixtures.refused).root
        #expect(try root.dataset("hard").array(of: Double.self, expecting: [4]) == [0, 1, 2, 3])
        let huge = try root.dataset("huge")
        #expect(huge.shape == [1 << 40])
        #expect(message { _ = try huge.array(of: Double.self, expecting: [3]) }
            == "\"/huge\" in refused.h5 has shape [1099511627776], not [3].")
        #expect(message { _ = try root.item("type") }.contains("is a named type, not a group or a data set"))
    }

    /// Reads all that there is.
    private func readAll(_ group: HDF5Group, depth: Int = 0) throws {
        for name in try group.attributes.names() {
            _ = try? group.attributes.strings(name, limit: 1 << 16)
            _ = try? group.attributes.numbers(name, of: Double.self, limit: 1 << 16)
        }
        guard depth < 4 else { return }
        for name in try group.names() {
            switch try? group.item(name) {
            case .group(let inner): try? readAll(inner, depth: depth + 1)
            case .dataset(let dataset) where dataset.count < 1 << 16:
                _ = try? dataset.array(of: Float.self, expecting: dataset.shape)
                _ = try? dataset.strings(limit: 1 << 16)
            case .dataset, nil: break
            }
        }
    }

    @Test func filesThatEndEarly() throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: Fixtures.kinds)))
        #expect(message { _ = try HDF5File(reading: [UInt8](), name: "empty.h5") }
            == "empty.h5 cannot be opened as an HDF5 file: it is empty.")
        let text = message { _ = try HDF5File(reading: [UInt8](repeating: 7, count: 5000), name: "noise.h5") }
        #expect(text == "noise.h5 cannot be opened as an HDF5 file: it does not begin as one.")
        for length in stride(from: 1, to: bytes.count, by: 509) {
            if let file = try? HDF5File(reading: Array(bytes[..<length]), name: "cut.h5") { try? readAll(file.root) }
        }
    }
}
