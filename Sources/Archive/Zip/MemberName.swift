/// The rules for members' names: what is read and what is written.
enum MemberName {
    /// Reads a name; one beyond ASCII has to be marked as UTF-8, so that nobody reads it in another way.
    static func text(_ bytes: [UInt8], markedUTF8: Bool) -> String? {
        guard markedUTF8 || bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Why a name is not taken; nil if it is. A folder's ends in `/`.
    static func fault(_ name: String) -> NameFault? {
        let bytes = Array(name.utf8)
        if bytes.isEmpty { return .empty }
        if bytes.contains(0) { return .nul }
        if bytes.contains(UInt8(ascii: "\\")) { return .backslash }
        let slash = UInt8(ascii: "/")
        if bytes[0] == slash { return .absolute }
        if bytes.count > 1, bytes[1] == UInt8(ascii: ":"), UInt8(ascii: "a")...UInt8(ascii: "z") ~= bytes[0] | 0x20 { return .drive }
        let named = bytes.last == slash ? bytes.dropLast() : bytes[...]
        for part in named.split(separator: slash, omittingEmptySubsequences: false) {
            if part.elementsEqual("..".utf8) { return .parent }
            if part.isEmpty || part.elementsEqual(".".utf8) { return .emptyPart }
        }
        return nil
    }
}
