import CZip

/// What libzip reads from: any ``ByteInput``, through libzip's callbacks.
final class ZipSource {
    private let input: ByteInput
    private var position = 0
    private var failure = zip_error_t()

    private init(_ input: ByteInput) {
        self.input = input
        zip_error_init(&failure)
    }

    deinit { zip_error_fini(&failure) }

    /// A source that an archive takes over, or `zip_source_free` ends.
    static func make(_ input: ByteInput) throws -> OpaquePointer {
        let state = Unmanaged.passRetained(ZipSource(input))
        var failure = zip_error_t()
        zip_error_init(&failure)
        defer { zip_error_fini(&failure) }
        let source = zip_source_function_create(
            { state, data, length, command in
                guard let state else { return -1 }
                let source = Unmanaged<ZipSource>.fromOpaque(state)
                if command == ZIP_SOURCE_FREE {
                    source.release()
                    return 0
                }
                return source.takeUnretainedValue().answer(command, data, length)
            }, state.toOpaque(), &failure)
        guard let source else {
            state.release()
            throw ArchiveError.cannotRead(file: input.name, reason: String(cString: zip_error_strerror(&failure)))
        }
        return source
    }

    private func answer(_ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ length: UInt64) -> Int64 {
        switch command {
        case ZIP_SOURCE_SUPPORTS: return czip_seekable()
        case ZIP_SOURCE_OPEN:
            position = 0
            return 0
        case ZIP_SOURCE_CLOSE: return 0
        case ZIP_SOURCE_TELL: return Int64(position)
        case ZIP_SOURCE_READ: return read(UnsafeMutableRawBufferPointer(start: data, count: data == nil ? 0 : Int(clamping: length)))
        case ZIP_SOURCE_SEEK:
            let place = zip_source_seek_compute_offset(UInt64(position), UInt64(input.count), data!, length, &failure)
            if place < 0 { return -1 }
            position = Int(place)
            return 0
        case ZIP_SOURCE_STAT:
            guard let data, length >= MemoryLayout<zip_stat_t>.size else { return fail(ZIP_ER_INVAL) }
            let status = data.assumingMemoryBound(to: zip_stat_t.self)
            zip_stat_init(status)
            status.pointee.size = UInt64(input.count)
            status.pointee.valid |= UInt64(ZIP_STAT_SIZE)
            return Int64(MemoryLayout<zip_stat_t>.size)
        case ZIP_SOURCE_ERROR: return data.map { zip_error_to_data(&failure, $0, length) } ?? -1
        default: return fail(ZIP_ER_OPNOTSUPP)
        }
    }

    private func read(_ target: UnsafeMutableRawBufferPointer) -> Int64 {
        let count = min(target.count, input.count - position)
        guard count > 0 else { return 0 }
        do {
            try input.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: target[..<count]))
        } catch {
            return fail(ZIP_ER_READ)
        }
        position += count
        return Int64(count)
    }

    private func fail(_ code: Int32) -> Int64 {
        zip_error_set(&failure, code, 0)
        return -1
    }
}
