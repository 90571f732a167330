import Graph

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Memory of the host, aligned so that a CPU's plugin uses it where it is.
///
/// `@unchecked Sendable`: it is written by its maker, before anybody else sees it, and not again.
final class HostMemory: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ byteCount: Int) throws {
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, 64, max(byteCount, 64)) == 0, let memory else {
            throw GraphError.engine("There is not enough memory for a tensor of \(byteCount) bytes. Use a smaller batch or model.")
        }
        bytes = UnsafeMutableRawBufferPointer(start: memory, count: byteCount)
    }

    deinit { free(bytes.baseAddress) }
}
