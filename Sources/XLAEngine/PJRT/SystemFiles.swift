#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files and the environment, by the system's own calls.
enum SystemFiles {
    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The existing paths that a pattern of the shell matches, in alphabetical order.
    static func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    }

    /// All bytes of a file; nil if it cannot be read or has more than `limit`.
    static func bytes(of path: String, limit: Int) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0, status.st_size <= limit else { return nil }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in count = fread(target.baseAddress, 1, size, file) }
        return bytes.count == size ? bytes : nil
    }

    /// Writes a file whole or not at all. Gives whether it is there.
    static func save(_ parts: [[UInt8]], to path: String) -> Bool {
        let temporary = "\(path).\(getpid())"
        guard let file = fopen(temporary, "wb") else { return false }
        let isWritten = parts.allSatisfy { fwrite($0, 1, $0.count, file) == $0.count }
        guard fclose(file) == 0, isWritten, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }

    /// Makes a folder and those it lies in, for this user only.
    static func makeFolder(_ path: String) -> Bool {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o700) != 0, errno != EEXIST { return false }
        }
        return true
    }

    /// Whether nobody but this user can write there.
    static func isOwn(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_uid == getuid() && status.st_mode & 0o022 == 0
    }

    /// What tells one state of a file from another: its path, size and time of change.
    static func identity(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return path }
        return "\(path) \(status.st_size) \(status.st_mtim.tv_sec)"
    }

    /// The processor and what it can do: programs are compiled for it.
    static var processor: String {
        guard let file = fopen("/proc/cpuinfo", "rb") else { return "" }
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: 1 << 14)
        let count = fread(&text, 1, text.count, file)
        let lines = text.prefix(count).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
        return ["model name", "flags", "Features"].compactMap { key in lines.first { $0.hasPrefix(key) } }.joined(separator: "\n")
    }

    /// Seconds since some moment.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Writes a line to the standard error.
    static func note(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
