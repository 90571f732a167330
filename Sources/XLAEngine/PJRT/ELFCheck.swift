#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether a file is a whole shared library for this kind of machine.
///
/// The dynamic linker maps a library that was cut off while it was copied, and the process dies when the missing part is touched. So
/// the file's own table of parts is compared with its size first. Source: System V ABI, "Object files".
enum ELFCheck {
    /// What is wrong with the file; nil if nothing is.
    static func problem(_ path: String) -> String? {
        #if os(Linux)
        guard let file = fopen(path, "rb") else { return String(cString: strerror(errno)) }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return "it is not a file" }
        let size = UInt64(status.st_size)
        guard let header = read(file, at: 0, count: 64), Array(header.prefix(4)) == [0x7f, 0x45, 0x4c, 0x46] else { return "it is not a shared library" }
        // 64 bits, least significant byte first, a shared object.
        guard header[4] == 2, header[5] == 1, header[16] == 3, header[17] == 0 else { return "it is not a 64-bit shared library" }
        guard number(header, 18, 2) == machine else { return "it is for another kind of processor" }
        let (segments, length, count) = (number(header, 32, 8), number(header, 54, 2), number(header, 56, 2))
        let (sections, sectionLength, sectionCount) = (number(header, 40, 8), number(header, 58, 2), number(header, 60, 2))
        let cut = "it is cut off: it has \(size) bytes, fewer than it says itself. Fetch it again"
        guard length >= 56, fits(sections, sectionLength * sectionCount, size), fits(segments, length * count, size),
            let table = read(file, at: segments, count: Int(length * count))
        else { return cut }
        for index in 0..<Int(count) {
            let start = index * Int(length)
            // Type 1: a part that is loaded.
            if number(table, start, 4) == 1, !fits(number(table, start + 8, 8), number(table, start + 32, 8), size) { return cut }
        }
        return nil
        #else
        return access(path, R_OK) == 0 ? nil : String(cString: strerror(errno))
        #endif
    }

    #if arch(x86_64)
    private static let machine: UInt64 = 62
    #else
    private static let machine: UInt64 = 183
    #endif

    private static func fits(_ offset: UInt64, _ count: UInt64, _ size: UInt64) -> Bool { offset <= size && count <= size - offset }

    private static func read(_ file: UnsafeMutablePointer<FILE>, at offset: UInt64, count: Int) -> [UInt8]? {
        guard let offset = Int(exactly: offset), fseek(file, offset, SEEK_SET) == 0 else { return nil }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, read in read = fread(target.baseAddress, 1, count, file) }
        return bytes.count == count ? bytes : nil
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }
}
