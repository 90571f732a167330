import CHDF5
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An HDF5 file: groups in groups, as folders are, and data sets in them, all with attributes.
///
/// ```swift
/// let file = try HDF5File(reading: "vgg19.h5")
/// let names = try file.root.attributes.strings("layer_names")
/// let kernel = try file.root.group("block1_conv1").dataset("block1_conv1_W_1:0")
/// kernel.shape                                                             // [3, 3, 3, 64]
/// let numbers = try kernel.array(of: Float.self, expecting: [3, 3, 3, 64])
/// ```
///
/// Files are not trusted: nothing in one leads to another file or to code, and nothing is reserved for what a file says it has before
/// that is compared with what the reader expects. Safe to use from several threads; those that write take turns.
public final class HDF5File: Sendable {
    /// The group that everything lies in.
    public let root: HDF5Group
    /// The file's path, or what stands for it in messages.
    public let name: String
    /// Bytes of a file that is read; 0 for one that is written.
    public let byteCount: Int
    /// Of a file that is written, until it is closed.
    private let handle: Mutex<Handle?>

    // MARK: Reading

    private init(_ bytes: FileBytes, name: String) throws {
        let file = try StoredFile(bytes, name: name)
        let place = HDF5Place(file: name, path: "/")
        let object = try file.object(at: file.rootAddress, place)
        guard object.kind == .group else { throw HDF5Error.damaged(place, .header) }
        root = HDF5Group(.stored(object, file), place)
        byteCount = bytes.count
        self.name = name
        handle = Mutex(nil)
    }

    /// Opens a file for reading.
    ///
    /// - Throws: `HDF5Error.cannotOpen`, `.damaged`.
    public convenience init(reading path: String) throws {
        try self.init(FileBytes(path: path) { .cannotOpen(file: path, reason: $0) }, name: path)
    }

    /// Opens a file that lies in memory for reading.
    ///
    /// - Parameter name: what messages call the file.
    /// - Throws: `HDF5Error.cannotOpen`, `.damaged`.
    public convenience init(reading bytes: [UInt8], name: String) throws { try self.init(FileBytes(bytes), name: name) }

    // MARK: Writing

    private init(_ handle: Handle, name: String) throws {
        let place = HDF5Place(file: name, path: "/")
        let group = try Library.locked { try Handle.object(H5Gopen2(handle.id, "/", defaults), place.failed("opening")) }
        root = HDF5Group(.written(group), place)
        byteCount = 0
        self.name = name
        self.handle = Mutex(handle)
    }

    /// Makes a file, in place of what may stand there.
    ///
    /// - Throws: `HDF5Error.cannotCreate`.
    public convenience init(creating path: String) throws {
        func failure(_ reason: String) -> HDF5Error { .cannotCreate(file: path, reason: reason) }
        let handle = try Library.locked {
            try Handle.file(H5Fcreate(path, chdf5_truncate(), defaults, try HDF5File.onDisk(failure).id), failure)
        }
        try self.init(handle, name: path)
    }

    /// Makes a file in memory; ``bytes()`` gives what would stand on disk.
    public convenience init(inMemory name: String) throws {
        func failure(_ reason: String) -> HDF5Error { .cannotCreate(file: name, reason: reason) }
        let handle = try Library.locked {
            try Handle.file(H5Fcreate(HDF5File.ownName(name), chdf5_truncate(), defaults, try HDF5File.inMemory(failure).id), failure)
        }
        try self.init(handle, name: name)
    }

    /// The whole file as it stands now.
    ///
    /// - Throws: `HDF5Error.closed`; `.readOnly` for a file that is read.
    public func bytes() throws -> [UInt8] {
        try open { file in
            let place = root.place
            try place.check(H5Fflush(file, H5F_SCOPE_GLOBAL), "writing")
            let size = H5Fget_file_image(file, nil, 0)
            guard size >= 0 else { throw place.failed("reading the file's bytes")(Library.lastFailure()) }
            return try [UInt8](unsafeUninitializedCapacity: size) { target, count in
                count = H5Fget_file_image(file, target.baseAddress, size)
                guard count == size else { throw place.failed("reading the file's bytes")(Library.lastFailure()) }
            }
        }
    }

    /// Writes everything and closes the file; its groups and data sets are of no use from then on.
    ///
    /// A file that is let go of is closed as well, when nobody holds a part of it; this says whether everything could be written.
    ///
    /// - Throws: `HDF5Error.closed` if it is closed already; `.library` if writing fails; `.readOnly` for a file that is read.
    public func close() throws {
        try open { file in
            try root.place.check(H5Fflush(file, H5F_SCOPE_GLOBAL), "writing")
            // The library keeps a file open, and locked, as long as anything in it is.
            chdf5_close_parts(file)
        }
        let last = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        // Goes here, outside the lock.
        _ = last
    }

    private func open<Result>(_ body: (hid_t) throws -> Result) throws -> Result {
        _ = try root.object.handle(root.place)
        guard let handle = handle.withLock({ $0 }) else { throw HDF5Error.closed(file: name) }
        return try Library.locked { try body(handle.id) }
    }

    // MARK: Settings

    /// Plain files, whatever the environment says.
    private static func onDisk(_ failure: (String) -> HDF5Error) throws -> Handle {
        let settings = try Handle.list(chdf5_file_access(), failure)
        if H5Pset_fapl_sec2(settings.id) < 0 { throw failure(Library.lastFailure()) }
        chdf5_ignore_missing_locks(settings.id)
        return settings
    }

    /// The library takes two files in memory that have one name for the same file.
    private static func ownName(_ name: String) -> String {
        "\(name)#\(memoryFiles.add(1, ordering: .relaxed).newValue)"
    }

    private static let memoryFiles = Atomic(0)

    /// Files that are never on disk, growing by 64 KB.
    private static func inMemory(_ failure: (String) -> HDF5Error) throws -> Handle {
        let settings = try Handle.list(chdf5_file_access(), failure)
        if H5Pset_fapl_core(settings.id, 1 << 16, false) < 0 { throw failure(Library.lastFailure()) }
        return settings
    }
}

/// The library's property list that says nothing (H5P_DEFAULT).
let defaults: hid_t = 0
