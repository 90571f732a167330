import CHDF5

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// libhdf5 is one big mutable state: every call to it is made in here.
enum Library {
    /// A lock that its holder may take again, and what only its holder may touch.
    private final class Guarded: @unchecked Sendable {
        // Sound: the mutex is set up once, before anybody has it, and only used by the system's locking calls; the rest is read and
        // written by who holds it.
        let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        var depth = 0
        var waste: [@Sendable () -> Void] = []

        init() {
            var attributes = pthread_mutexattr_t()
            pthread_mutexattr_init(&attributes)
            pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
            pthread_mutex_init(mutex, &attributes)
            pthread_mutexattr_destroy(&attributes)
        }
    }

    private static let guarded = Guarded()

    /// Runs `body` alone. The library's own printing is off, which it wants to be told on each thread.
    ///
    /// Handles that are let go of inside stay open to the end of the outermost block: Swift may let go of one as soon as its number
    /// was read for a call.
    static func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(guarded.mutex)
        if guarded.depth == 0 { chdf5_quiet() }
        guarded.depth += 1
        defer {
            if guarded.depth == 1 {
                while let close = guarded.waste.popLast() { close() }
            }
            guarded.depth -= 1
            pthread_mutex_unlock(guarded.mutex)
        }
        return try body()
    }

    /// Closes something at the end of the block that is running, or now.
    static func closeLater(_ close: @escaping @Sendable () -> Void) {
        locked { guarded.waste.append(close) }
    }

    /// Why the last call failed, in the library's words: "Unable to open file (file signature not found)".
    static func lastFailure() -> String {
        var failure = chdf5_failure()
        chdf5_last_failure(&failure)
        let (outer, inner) = (text(&failure.outer), text(&failure.inner))
        if outer.isEmpty { return inner.isEmpty ? "libhdf5 gives no reason" : inner }
        return inner.isEmpty || inner == outer ? outer : "\(outer) (\(inner))"
    }

    private static func text<Tuple>(_ characters: inout Tuple) -> String {
        withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// A thing of the library's that is open; closed when nobody holds it any more.
final class Handle: Sendable {
    let id: hid_t
    private let close: @Sendable (hid_t) -> Void

    private init(_ id: hid_t, _ close: @escaping @Sendable (hid_t) -> Void) {
        self.id = id
        self.close = close
    }

    deinit { Library.closeLater { [id, close] in close(id) } }

    /// Takes what a call of the library gave; throws what `failure` makes of the library's reason if it gave nothing.
    private static func make(_ id: hid_t, _ close: @escaping @Sendable (hid_t) -> Void, _ failure: (String) -> HDF5Error) throws -> Handle {
        guard id >= 0 else { throw failure(Library.lastFailure()) }
        return Handle(id, close)
    }

    static func file(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Fclose($0) }, failure) }
    static func object(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Oclose($0) }, failure) }
    static func attribute(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Aclose($0) }, failure) }
    static func type(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Tclose($0) }, failure) }
    static func space(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Sclose($0) }, failure) }
    static func list(_ id: hid_t, _ failure: (String) -> HDF5Error) throws -> Handle { try make(id, { H5Pclose($0) }, failure) }
}

/// Where something stands: a path in a file.
public struct HDF5Place: Hashable, Sendable, CustomStringConvertible {
    /// The file's path, or what stands for it.
    public var file: String
    /// The path inside the file, `/model_weights/dense`.
    public var path: String

    public var description: String { "\(quoted(path)) in \(file)" }

    func child(_ name: String) -> HDF5Place { HDF5Place(file: file, path: path == "/" ? "/\(name)" : "\(path)/\(name)") }
    func attribute(_ name: String) -> HDF5Place { HDF5Place(file: file, path: "\(path)@\(name)") }

    /// What a call of the library's failed to do here.
    func failed(_ action: String) -> (String) -> HDF5Error { { .library(self, action: action, reason: $0) } }

    /// Throws if a call of the library's gave a negative number.
    func check(_ status: herr_t, _ action: String) throws {
        if status < 0 { throw failed(action)(Library.lastFailure()) }
    }
}
