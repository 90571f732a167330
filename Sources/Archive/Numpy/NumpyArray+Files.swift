extension NumpyArray {
    // MARK: Reading

    /// Reads an `.npy` file: every number type and strings of fixed width, either byte order, either order of axes.
    ///
    /// - Throws: `ArchiveError`; arrays of objects are refused, since reading them would run code.
    public init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(reading: SequentialInput(FileInput(path)), limits: limits)
    }

    /// Reads an `.npy` file in memory.
    ///
    /// - Parameter name: what messages call it.
    public init(bytes: [UInt8], name: String = "The array", limits: ArchiveLimits = ArchiveLimits()) throws {
        try self.init(reading: SequentialInput(MemoryInput([bytes], name: name)), limits: limits)
    }

    init(reading stream: ByteStream, limits: ArchiveLimits) throws {
        let header = try NumpyHeader(reading: stream, limits: limits)
        let layout = header.layout
        // As many as the header's shape takes: that was compared.
        try limits.check(.memberBytes, stream.remaining, atMost: \.memberBytes, file: stream.name)
        var bytes = try stream.read(stream.remaining)
        try stream.finish()
        if layout.isBigEndian { swapBytes(&bytes, width: layout.type == .text ? NumpyLayout.scalarWidth : layout.width) }
        if header.isFortranOrder { bytes = lastAxisFastest(bytes, shape: header.shape, width: layout.width) }
        let contents: Contents
        switch layout.type {
        case .text: contents = .text(try Self.decodeText(bytes, width: layout.width, file: stream.name))
        case .byteStrings: contents = .byteStrings(Self.decodeByteStrings(bytes, width: layout.width))
        case .bool:
            // NumPy takes every byte but 0 for true; Swift knows 1 only.
            for index in bytes.indices where bytes[index] > 1 { bytes[index] = 1 }
            contents = .numbers(.bool, bytes)
        default: contents = .numbers(layout.type, bytes)
        }
        self.init(checked: contents, shape: header.shape)
    }

    // MARK: Writing

    /// Writes an `.npy` file, with the bytes that NumPy writes; what was there before is gone.
    ///
    /// - Throws: `ArchiveError.cannotWrite`.
    public func write(to path: String) throws {
        let pieces = try npyPieces()
        let output = try FileOutput(path)
        for piece in pieces { try piece.withUnsafeBytes(output.write) }
        try output.close()
    }

    /// The `.npy` file in memory.
    public func npyBytes() throws -> [UInt8] { Array(try npyPieces().joined()) }

    /// The header, and the elements.
    func npyPieces() throws -> [[UInt8]] {
        switch contents {
        case .numbers(let type, let bytes): return [NumpyHeader(NumpyLayout(type), shape: shape).bytes, bytes]
        case .text(let strings):
            let width = max(1, strings.lazy.map(\.unicodeScalars.count).max() ?? 0)
            let layout = NumpyLayout(.text, stringWidth: width)
            return try [NumpyHeader(layout, shape: shape).bytes, encoded(strings.count, layout) { target, index in
                for (place, scalar) in strings[index].unicodeScalars.enumerated() {
                    target.storeBytes(of: scalar.value.littleEndian, toByteOffset: place * NumpyLayout.scalarWidth, as: UInt32.self)
                }
            }]
        case .byteStrings(let items):
            let width = max(1, items.lazy.map(\.count).max() ?? 0)
            let layout = NumpyLayout(.byteStrings, stringWidth: width)
            return try [NumpyHeader(layout, shape: shape).bytes, encoded(items.count, layout) { target, index in
                target.copyBytes(from: items[index])
            }]
        }
    }

    /// Strings of one width, filled up with NULs.
    private func encoded(
        _ count: Int, _ layout: NumpyLayout, _ store: (UnsafeMutableRawBufferPointer, Int) -> Void
    ) throws -> [UInt8] {
        guard let total = product([count, layout.width]) else { throw ArchiveError.arrayShape(file: "The array", shape: shape) }
        var bytes = [UInt8](repeating: 0, count: total)
        bytes.withUnsafeMutableBytes { target in
            for index in 0..<count {
                store(UnsafeMutableRawBufferPointer(rebasing: target[index * layout.width..<(index + 1) * layout.width]), index)
            }
        }
        return bytes
    }

    // MARK: Strings

    private static func decodeText(_ bytes: [UInt8], width: Int, file: String) throws -> [String] {
        try bytes.withUnsafeBytes { source in
            try (0..<bytes.count / width).map { element in
                var text = String.UnicodeScalarView()
                var nuls = 0
                for offset in stride(from: element * width, to: (element + 1) * width, by: NumpyLayout.scalarWidth) {
                    let value = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                    if value == 0 {
                        nuls += 1
                        continue
                    }
                    // NULs count only where something follows them.
                    for _ in 0..<nuls { text.append("\0") }
                    nuls = 0
                    guard let scalar = Unicode.Scalar(value) else { throw ArchiveError.arrayText(file: file, element: element) }
                    text.append(scalar)
                }
                return String(text)
            }
        }
    }

    private static func decodeByteStrings(_ bytes: [UInt8], width: Int) -> [[UInt8]] {
        (0..<bytes.count / width).map { element in
            let item = bytes[element * width..<(element + 1) * width]
            return Array(item[..<(item.lastIndex { $0 != 0 }.map { $0 + 1 } ?? item.startIndex)])
        }
    }
}
