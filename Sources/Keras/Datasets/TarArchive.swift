/// Reads members of a tar archive (POSIX ustar), plain or packed by gzip.
enum TarArchive {
    /// The contents of some members, by name.
    ///
    /// - Parameter limit: the most bytes that a member may have.
    /// - Throws: `KerasError.data`: `.notTar`, `.missingMember`, `.truncated`, `.damagedArchive`.
    static func read(_ path: String, members: [String], limit: Int) throws -> [String: [UInt8]] {
        let file = try GzipFile(path)
        func notTar(_ reason: String) -> KerasError { .data(.notTar(path: path, reason: reason)) }
        var found: [String: [UInt8]] = [:]
        var header = [UInt8](repeating: 0, count: blockSize)
        while found.count < members.count {
            let got = try header.withUnsafeMutableBytes { try file.read(into: $0) }
            // The archive ends with blocks of zeros; some writers leave them out.
            if got == 0 || (got == blockSize && header.allSatisfy { $0 == 0 }) { break }
            guard got == blockSize else { throw KerasError.data(.truncated(path: path, expected: blockSize, got: got)) }
            guard isHeader(header), let size = number(header[124..<136]) else { throw notTar("a member's header is damaged") }
            let name = name(header)
            let isFile = header[156] == UInt8(ascii: "0") || header[156] == 0
            let padded = (size + blockSize - 1) / blockSize * blockSize
            guard isFile, members.contains(name) else {
                try skip(padded, in: file)
                continue
            }
            guard found[name] == nil else { throw notTar("it has two members \(name)") }
            guard size <= limit else { throw notTar("\(name) has \(size) bytes, more than \(limit)") }
            try file.checkPlausible(size)
            var contents = [UInt8](repeating: 0, count: padded)
            let count = try contents.withUnsafeMutableBytes { try file.read(into: $0) }
            guard count >= size else { throw KerasError.data(.truncated(path: "\(name) in \(path)", expected: size, got: count)) }
            contents.removeLast(padded - size)
            found[name] = contents
        }
        if let missing = members.first(where: { found[$0] == nil }) {
            throw KerasError.data(.missingMember(archive: path, member: missing))
        }
        return found
    }

    private static let blockSize = 512

    /// Whether the sum of a header's bytes, with blanks for the sum itself, is what it says.
    private static func isHeader(_ header: [UInt8]) -> Bool {
        let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
        return number(header[148..<156]) == sum
    }

    /// Octal digits, with blanks and zero bytes around them.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == 32 || $0 == 0 }.prefix { $0 != 32 && $0 != 0 }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }

    private static func name(_ header: [UInt8]) -> String {
        func text(_ range: Range<Int>) -> String { String(decoding: header[range].prefix { $0 != 0 }, as: UTF8.self) }
        let prefix = text(257..<262) == "ustar" ? text(345..<500) : ""
        let name = prefix.isEmpty ? text(0..<100) : "\(prefix)/\(text(0..<100))"
        return name.hasPrefix("./") ? String(name.dropFirst(2)) : name
    }

    private static func skip(_ count: Int, in file: GzipFile) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var left = count
        while left > 0 {
            let got = try buffer.withUnsafeMutableBytes { try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0.prefix(left))) }
            if got == 0 { return }
            left -= got
        }
    }
}
