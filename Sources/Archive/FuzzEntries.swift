/// What fuzzers call, one entry for each parser. Bytes are taken or refused by an `ArchiveError`; anything else is a failure.
///
/// ```swift
/// @_cdecl("LLVMFuzzerTestOneInput")
/// func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
///     FuzzEntries.zip(UnsafeRawBufferPointer(start: start, count: count))
///     return 0
/// }
/// ```
package enum FuzzEntries {
    /// Small, so that a fuzzer's time goes into the parsers.
    private static let limits: ArchiveLimits = {
        var limits = ArchiveLimits()
        limits.members = 64
        limits.memberBytes = 1 << 20
        limits.totalBytes = 4 << 20
        return limits
    }()

    /// Opens an archive and unpacks all members. True: nothing was refused.
    @discardableResult package static func zip(_ bytes: UnsafeRawBufferPointer) -> Bool {
        refusals {
            let archive = try ZipReader(bytes: Array(bytes), limits: limits)
            for member in archive.members {
                let content = try archive.read(member.name)
                precondition(content.count == member.size)
            }
        }
    }

    /// Reads an array; one that is taken is written and read again. True: nothing was refused.
    @discardableResult package static func npy(_ bytes: UnsafeRawBufferPointer) -> Bool {
        refusals {
            let array = try NumpyArray(bytes: Array(bytes), limits: limits)
            // By the usual limits: a header that is written may be longer than the one that was read.
            let again = try NumpyArray(bytes: array.npyBytes())
            precondition(again == array)
        }
    }

    /// Opens an archive of arrays and reads them all. True: nothing was refused.
    @discardableResult package static func npz(_ bytes: UnsafeRawBufferPointer) -> Bool {
        refusals {
            let archive = try NpzReader(bytes: Array(bytes), limits: limits)
            for name in archive.names { _ = try archive.array(name) }
        }
    }

    private static func refusals(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch is ArchiveError {
            return false
        } catch {
            preconditionFailure("\(error)")
        }
    }
}
