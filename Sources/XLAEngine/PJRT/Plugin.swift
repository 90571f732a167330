import CPJRT

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A PJRT plugin: XLA for some kind of device, as a shared library. Once opened it stays open.
///
/// `@unchecked Sendable`: the table is never written, and PJRT's functions may be called from any thread.
final class Plugin: @unchecked Sendable {
    let path: String
    let api: OpaquePointer
    /// The interface's version.
    let version: String

    /// The first minor version whose structures were tried out.
    private static let oldest = 90

    /// - Throws: `XLAError.unusablePlugin`, `.pluginVersion`.
    init(path: String) throws {
        if let problem = ELFCheck.problem(path) { throw XLAError.unusablePlugin(path: path, reason: problem) }
        // Plugins log what they do to the standard error, unless this is set before they are opened.
        setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0)
        // A name without a slash would be looked for in the system's folders.
        let file = path.contains("/") ? path : "./\(path)"
        var table: OpaquePointer?
        if let problem = cpjrt_open(file, &table) { throw XLAError.unusablePlugin(path: path, reason: String(cString: problem)) }
        guard let table else { throw XLAError.unusablePlugin(path: path, reason: "its table is missing") }
        var (major, minor, functions) = (Int32(0), Int32(0), 0)
        cpjrt_version(table, &major, &minor, &functions)
        guard major == 0, minor >= Self.oldest, functions >= cpjrt_functions_needed() else {
            throw XLAError.pluginVersion(path: path, found: "version \(major).\(minor)", needed: "0.\(Self.oldest) and later 0 versions")
        }
        self.path = path
        api = table
        version = "\(major).\(minor)"
        try check(cpjrt_initialize(api), "start the plugin \(path)")
    }

    /// Throws what an error says, and destroys it.
    func check(_ error: OpaquePointer?, _ action: @autoclosure () -> String) throws {
        guard let error else { return }
        defer { cpjrt_error_destroy(api, error) }
        var (code, message, size) = (Int32(0), UnsafePointer<CChar>?.none, 0)
        cpjrt_error_text(api, error, &code, &message, &size)
        let text = Self.text(message, size)
        if Int(code) == CPJRT_RESOURCE_EXHAUSTED { throw XLAError.outOfMemory(action: action(), message: text) }
        throw XLAError.refused(action: action(), code: Int(code), message: text)
    }

    static func text(_ start: UnsafePointer<CChar>?, _ size: Int) -> String {
        guard let start else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: size), as: UTF8.self)
    }
}
