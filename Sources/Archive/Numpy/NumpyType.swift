/// The type of an array's elements: NumPy's numbers and strings of fixed width.
public enum NumpyType: String, CaseIterable, Hashable, Sendable {
    case bool
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case float16, float32, float64
    /// Strings of Unicode scalars: NumPy's `U`.
    case text
    /// Strings of bytes: NumPy's `S`.
    case byteStrings

    /// The size of one number in bytes; nil for strings, whose width is each array's own.
    public var byteCount: Int? {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16, .float16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        case .text, .byteStrings: nil
        }
    }

    /// NumPy's letter for the kind of it.
    var kind: Character {
        switch self {
        case .bool: "b"
        case .int8, .int16, .int32, .int64: "i"
        case .uint8, .uint16, .uint32, .uint64: "u"
        case .float16, .float32, .float64: "f"
        case .text: "U"
        case .byteStrings: "S"
        }
    }
}

extension NumpyType: CustomStringConvertible {
    public var description: String { rawValue }
}

/// How elements lie in a file: `<f4`, `>u2`, `|b1`, `<U5`.
struct NumpyLayout: Hashable {
    let type: NumpyType
    /// Of one element, in bytes.
    let width: Int
    let isBigEndian: Bool

    /// Bytes of one of NumPy's characters.
    static let scalarWidth = 4

    /// For writing: little-endian; strings of a width in characters or bytes.
    init(_ type: NumpyType, stringWidth: Int = 0) {
        self.type = type
        width = type.byteCount ?? stringWidth * (type == .text ? Self.scalarWidth : 1)
        isBigEndian = false
    }

    /// Reads NumPy's description of a type.
    ///
    /// - Throws: `ArchiveError.arrayType`.
    init(_ description: String, file: String) throws {
        func refused(_ fault: TypeFault) -> ArchiveError { .arrayType(file: file, description: description, fault) }
        var rest = description[...]
        guard let order = rest.popFirst(), "<>|=".contains(order), let kind = rest.popFirst() else { throw refused(.unknown) }
        let number = Self.count(rest)
        if let fault = Self.fault(kind, number) { throw refused(fault) }
        guard let number else { throw refused(.unknown) }
        let known = NumpyType.allCases.first { $0.kind == kind && ($0.byteCount ?? number) == number }
        guard let known else { throw refused(.unknown) }
        if known.byteCount == nil, number == 0 { throw refused(.noWidth) }
        let (width, overflow) = number.multipliedReportingOverflow(by: known == .text ? Self.scalarWidth : 1)
        guard !overflow else { throw refused(.unknown) }
        let isOneByte = width == 1 || known == .byteStrings
        if order == "|" || order == "=", !isOneByte { throw refused(.byteOrder) }
        type = known
        self.width = width
        isBigEndian = order == ">" && !isOneByte
    }

    /// Decimal digits without a sign or leading zeros.
    private static func count(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return digits.first == "0" && digits.count > 1 ? nil : Int(digits)
    }

    /// Why NumPy's types that are not read are not.
    private static func fault(_ kind: Character, _ number: Int?) -> TypeFault? {
        switch kind {
        case "O": .object
        case "c": .complex
        case "V": .void
        case "M": .datetime
        case "m": .timedelta
        case "f" where number ?? 0 > 8: .longDouble
        default: nil
        }
    }

    /// NumPy's description.
    var description: String {
        let order = width == 1 && type != .text || type == .byteStrings ? "|" : isBigEndian ? ">" : "<"
        return "\(order)\(type.kind)\(type == .text ? width / Self.scalarWidth : width)"
    }
}
