import Graph

extension Lowering {
    /// Threefry-2x32 with 20 rounds on each element's number. Source: J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11.
    func randomBits(key: Term, _ shape: [Int]) -> Term {
        let type = TensorType(shape, .uint32)
        if type.elementCount == 0 { return text.full(0, type) }
        let flat = TensorType([type.elementCount], .uint32)
        let words = (0..<2).map { text.reshape(text.slice(key, axis: 0, $0, $0 + 1), []) }
        let parity = text.scalar(Double(0x1bd1_1bda as UInt32), .uint32)
        let third = text.binary("xor", text.binary("xor", words[0], words[1]), parity)
        let keys = (words + [third]).map { text.broadcast($0, flat.shape, axes: []) }

        var high = text.full(0, flat), low = text.iota(flat, axis: 0)
        if type.elementCount > 1 << 32 {
            let number = text.iota(flat.with(dtype: .uint64), axis: 0)
            high = text.convert(text.binary("shift_right_logical", number, text.full(32, like: number)), .uint32)
            low = text.convert(number, .uint32)
        }
        var (x, y) = (text.add(high, keys[0]), text.add(low, keys[1]))
        let rotations: [[Double]] = [[13, 15, 26, 6], [17, 29, 16, 24]]
        for group in 0..<5 {
            for rotation in rotations[group % 2] {
                x = text.add(x, y)
                let left = text.binary("shift_left", y, text.full(rotation, like: y))
                let right = text.binary("shift_right_logical", y, text.full(32 - rotation, like: y))
                y = text.binary("xor", text.or(left, right), x)
            }
            x = text.add(x, keys[(group + 1) % 3])
            y = text.add(text.add(y, keys[(group + 2) % 3]), text.full(Double(group + 1), like: y))
        }
        return text.reshape(text.binary("xor", x, y), shape)
    }
}
