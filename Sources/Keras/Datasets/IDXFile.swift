import CZlib

/// Reads the IDX format of MNIST: bytes with a header of magic number and sizes; plain or in gzip.
enum IDXFile {
    /// Reads a file of bytes with the given number of axes.
    ///
    /// - Parameter contentSum: the CRC-32 that the whole unpacked file is to have, where it is a published one.
    /// - Returns: a uint8 tensor of the file's shape.
    /// - Throws: `KerasError.data`, naming the file.
    static func read(_ path: String, axes: Int, contentSum: UInt? = nil) throws -> Tensor {
        let file = try GzipFile(path)
        var header = [UInt8](repeating: 0, count: 4 + 4 * axes)
        let headerCount = header.count
        let got = try header.withUnsafeMutableBytes { try file.read(into: $0) }
        guard got == headerCount else { throw KerasError.data(.truncated(path: path, expected: headerCount, got: got)) }
        func word(_ index: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(header[4 * index + $1]) } }
        guard word(0) == 0x0800 | axes else {
            throw KerasError.data(.notIDX(path: path, reason: "it begins with \(word(0)), not \(0x0800 | axes) (bytes, \(axes) axes)"))
        }
        let shape = (0..<axes).map { word($0 + 1) }
        let type = try TensorType(checking: shape, .uint8)
        // Nothing is reserved for more than what a file of this size can unpack to.
        try file.checkPlausible(type.byteCount)
        var sum = crc32(0, header, UInt32(headerCount))
        let tensor = try Tensor(shape: shape, dtype: .uint8) { target in
            let count = try file.read(into: target)
            guard count == target.count else {
                throw KerasError.data(.truncated(path: path, expected: target.count + headerCount, got: count + headerCount))
            }
            var offset = 0
            while offset < target.count, contentSum != nil {
                let part = UnsafeRawBufferPointer(rebasing: target[offset..<min(target.count, offset + (1 << 30))])
                sum = crc32(sum, part.bindMemory(to: UInt8.self).baseAddress, UInt32(part.count))
                offset += part.count
            }
        }
        var extra: UInt8 = 0
        let rest = try withUnsafeMutableBytes(of: &extra) { try file.read(into: $0) }
        guard rest == 0 else {
            throw KerasError.data(.extraBytes(path: path, expected: type.byteCount + headerCount, got: type.byteCount + headerCount + rest))
        }
        if let contentSum, contentSum != UInt(sum) {
            throw KerasError.data(.contents(path: path, expected: String(contentSum, radix: 16), got: String(UInt(sum), radix: 16)))
        }
        return tensor
    }
}
