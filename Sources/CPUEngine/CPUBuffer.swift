import Graph

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Host memory, aligned for the widest vector registers.
///
/// `@unchecked Sendable`: the memory is written only by its maker, before anybody else sees the buffer, and by an executable
/// that its caller gave it to as an aliased parameter, which promises that nobody else reads it (`Executable.run`).
public final class CPUBuffer: Buffer, @unchecked Sendable {
    public let type: TensorType
    package let pointer: UnsafeMutableRawPointer

    package static let alignment = 64

    /// Memory without defined contents.
    ///
    /// - Throws: `GraphError.engine` if the machine has no such memory.
    package init(uninitialized type: TensorType) throws {
        self.type = type
        pointer = try allocateAligned(type.byteCount, for: "a tensor \(type)")
    }

    deinit { free(pointer) }

    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try body(UnsafeRawBufferPointer(start: pointer, count: type.byteCount))
    }

    /// For batches that a training loop assembles in place, between runs.
    package var mutableBytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: pointer, count: type.byteCount)
    }
}

/// Aligned memory of at least `byteCount` bytes; freed with `free`.
func allocateAligned(_ byteCount: Int, for what: @autoclosure () -> String) throws -> UnsafeMutableRawPointer {
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, CPUBuffer.alignment, max(byteCount, CPUBuffer.alignment)) == 0, let memory else {
        throw GraphError.engine("There is not enough memory for \(what()) (\(byteCount) bytes). Use a smaller batch or model.")
    }
    return memory
}
