import Foundation
import Graph

/// A tensor of a fixture: `float32[2,3] base64`.
struct FixtureTensor: Decodable {
    let type: TensorType
    let bytes: [UInt8]

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    init(type: TensorType, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }

    init(from decoder: any Decoder) throws {
        try self.init(text: decoder.singleValueContainer().decode(String.self))
    }

    init(text: String) throws {
        guard let open = text.firstIndex(of: "["), let close = text.firstIndex(of: "]"), let dtype = DType(rawValue: String(text[..<open])),
            let data = Data(base64Encoded: String(text[text.index(after: close)...].dropFirst()))
        else { throw Malformed(description: "not a tensor: \(text.prefix(40))") }
        let sizes = text[text.index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
        type = TensorType(sizes, dtype)
        bytes = Array(data)
        guard bytes.count == type.byteCount else { throw Malformed(description: "\(type) with \(bytes.count) bytes") }
    }

    /// The elements, where `Double` holds them.
    var doubles: [Double] {
        let width = type.dtype.byteCount
        return (0..<type.elementCount).map { type.dtype.double(from: bytes[($0 * width)..<(($0 + 1) * width)]) }
    }
}

/// An attribute of an operation in a fixture.
enum FixtureAttribute: Decodable {
    case nothing, flag(Bool), integer(Int), number(Double), text(String), list([Int]), lists([[Int]])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([Int].self) {
            self = .list(value)
        } else if let value = try? container.decode([[Int]].self) {
            self = .lists(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}

/// One row of the value table: an operation on given operands with the results it must have. See `table.py`.
struct PrimitiveRow: Decodable, CustomStringConvertible {
    let op: String
    let name: String
    let attrs: [String: FixtureAttribute]?
    let `in`: [FixtureTensor]
    let out: [FixtureTensor]
    let ulp: Int?
    let rel: Double?
    let abs: Double?
    let zeros: Bool?
    let grad: [Int]?
    let order: Int?

    var description: String { "\(op): \(name)" }
    var tolerance: Tolerance { Tolerance(ulps: ulp ?? 0, relative: rel ?? 0, absolute: abs ?? 0, zeroSigns: zeros ?? false) }
}

enum Fixtures {
    /// `Tests/Fixtures`.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    static let families = ["elementwise", "shapes", "reductions", "linear", "indexing", "control", "composites"]

    static func rows(_ family: String) throws -> [PrimitiveRow] {
        let data = try Data(contentsOf: folder.appendingPathComponent("primitives/\(family).json"))
        return try JSONDecoder().decode([PrimitiveRow].self, from: data)
    }
}
