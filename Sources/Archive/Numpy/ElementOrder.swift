/// Turns each element's bytes round: big-endian to little-endian.
func swapBytes(_ bytes: inout [UInt8], width: Int) {
    func swap<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) {
        bytes.withUnsafeMutableBytes { target in
            for offset in stride(from: 0, to: target.count, by: width) {
                let word = target.loadUnaligned(fromByteOffset: offset, as: Word.self)
                target.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
            }
        }
    }
    switch width {
    case 2: swap(UInt16.self)
    case 4: swap(UInt32.self)
    case 8: swap(UInt64.self)
    default: break
    }
}

/// Puts the elements of an array whose first axis runs fastest (Fortran's order) so that the last one does (C's).
func lastAxisFastest(_ bytes: [UInt8], shape: [Int], width: Int) -> [UInt8] {
    guard let last = shape.last, shape.count > 1, !bytes.isEmpty else { return bytes }
    var strides: [Int] = []
    var stride = width
    for size in shape {
        strides.append(stride)
        stride *= size
    }
    let step = strides[shape.count - 1]
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { target, filled in
        bytes.withUnsafeBytes { source in
            let target = UnsafeMutableRawBufferPointer(target)
            var index = [Int](repeating: 0, count: shape.count - 1)
            var row = 0
            var written = 0
            while written < bytes.count {
                copyStrided(last, from: source, row, step, to: target, written, width: width)
                written += last * width
                // The next row: the last of the outer axes runs fastest.
                var axis = shape.count - 2
                while axis >= 0 {
                    index[axis] += 1
                    row += strides[axis]
                    if index[axis] < shape[axis] { break }
                    row -= index[axis] * strides[axis]
                    index[axis] = 0
                    axis -= 1
                }
            }
        }
        filled = bytes.count
    }
}

/// Copies elements that lie `step` bytes apart to places beside each other.
private func copyStrided(
    _ count: Int, from source: UnsafeRawBufferPointer, _ start: Int, _ step: Int, to target: UnsafeMutableRawBufferPointer, _ place: Int,
    width: Int
) {
    func copy<Word: BitwiseCopyable>(_: Word.Type) {
        for index in 0..<count {
            let word = source.loadUnaligned(fromByteOffset: start + index * step, as: Word.self)
            target.storeBytes(of: word, toByteOffset: place + index * width, as: Word.self)
        }
    }
    switch width {
    case 1: copy(UInt8.self)
    case 2: copy(UInt16.self)
    case 4: copy(UInt32.self)
    case 8: copy(UInt64.self)
    default:
        for index in 0..<count {
            let from = start + index * step, to = place + index * width
            UnsafeMutableRawBufferPointer(rebasing: target[to..<to + width])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[from..<from + width]))
        }
    }
}
