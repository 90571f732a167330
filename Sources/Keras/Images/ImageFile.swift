import CJPEG
import CPNG

/// Pictures in files: PNG by libpng, JPEG by libjpeg.
enum ImageFile {
    enum Format: String, CaseIterable {
        case png, jpeg

        /// By a file's name, or a name of the format itself.
        init?(named name: String) {
            switch name.split(separator: ".").last?.lowercased() {
            case "png": self = .png
            case "jpg", "jpeg": self = .jpeg
            default: return nil
            }
        }
    }

    /// Reads a picture in its own colours.
    ///
    /// - Throws: `KerasError.data`, `.cannotRead`, `.picture`.
    static func read(_ path: String) throws -> Image {
        let bytes = try FileTools.bytes(of: path, limit: 1 << 30)
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) { return try bytes.withUnsafeBytes { try readPNG($0, path) } }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return try bytes.withUnsafeBytes { try readJPEG($0, path) } }
        throw failure(path, "it is neither a PNG nor a JPEG file")
    }

    private static func readPNG(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> Image {
        var picture = cpng_picture()
        defer { cpng_close(&picture) }
        func reason() -> String {
            "it cannot be read as PNG: \(withUnsafeBytes(of: picture.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })"
        }
        guard cpng_open(&picture, bytes.baseAddress, bytes.count) != 0 else { throw failure(path, reason()) }
        let (width, height, channels) = (Int(picture.width), Int(picture.height), Int(picture.channels))
        var pixels = try room(width, height, channels, path)
        guard cpng_read(&picture, Int32(channels), &pixels) != 0 else { throw failure(path, reason()) }
        return Image(trusted: width, height, channels, pixels)
    }

    private static func readJPEG(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> Image {
        var (width, height, channels) = (UInt32(0), UInt32(0), Int32(0))
        var message = [CChar](repeating: 0, count: Int(cjpeg_message_size()))
        guard cjpeg_header(bytes.baseAddress, bytes.count, &width, &height, &channels, &message) != 0 else {
            throw failure(path, "it cannot be read as JPEG: \(text(message))")
        }
        var pixels = try room(Int(width), Int(height), Int(channels), path)
        let size = pixels.count
        guard cjpeg_read(bytes.baseAddress, bytes.count, channels, &pixels, size, &message) != 0 else {
            throw failure(path, "it cannot be read as JPEG: \(text(message))")
        }
        return Image(trusted: Int(width), Int(height), Int(channels), pixels)
    }

    private static func room(_ width: Int, _ height: Int, _ channels: Int, _ path: String) throws -> [UInt8] {
        guard width > 0, height > 0, let count = Image.byteCount(width, height, channels) else {
            throw failure(path, "it says it has \(width) × \(height) pixels")
        }
        return [UInt8](repeating: 0, count: count)
    }

    /// Writes a picture. JPEG has no alpha: it is left out.
    static func write(_ image: Image, to path: String, _ format: Format) throws {
        switch format {
        case .png:
            var message = [CChar](repeating: 0, count: 64)
            let (width, height) = (UInt32(image.width), UInt32(image.height))
            guard cpng_write(path, image.pixels, width, height, Int32(image.channels), &message) != 0 else {
                throw failure(path, "it cannot be written as PNG: \(text(message))")
            }
        case .jpeg:
            // Pillow's quality, unless told otherwise.
            let (image, quality) = (image.channels == 1 ? image : image.converted(to: .rgb), Int32(75))
            var message = [CChar](repeating: 0, count: Int(cjpeg_message_size()))
            let (width, height) = (UInt32(image.width), UInt32(image.height))
            guard cjpeg_write(path, image.pixels, width, height, Int32(image.channels), quality, &message) != 0 else {
                throw failure(path, "it cannot be written as JPEG: \(text(message))")
            }
        }
    }

    static func failure(_ path: String, _ reason: String) -> KerasError { .data(.picture(path: path, reason: reason)) }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
