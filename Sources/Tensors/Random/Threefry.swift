/// The block function of Threefry-2x32 with 20 rounds, on tensors: for deriving keys from a key.
///
/// Source: J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11.
enum Threefry {
    private static let rotations: [[Double]] = [[13, 15, 26, 6], [17, 29, 16, 24]]

    /// Two words for each counter, of the counters' shape.
    static func block(_ key: Tensor, _ high: Tensor, _ low: Tensor) throws -> (Tensor, Tensor) {
        func binary(_ operation: Binary, _ a: Tensor, _ b: Tensor) throws -> Tensor { try .apply(.binary(operation), a, b) }
        let first = try key[0], second = try key[1]
        let parity = try first.filled(Double(0x1bd1_1bda as UInt32))
        let keys = try [first, second, binary(.xor, binary(.xor, first, second), parity)].map { try $0.broadcast(to: high.shape) }
        var x = try binary(.add, high, keys[0]), y = try binary(.add, low, keys[1])
        for group in 0..<5 {
            for rotation in rotations[group % 2] {
                x = try binary(.add, x, y)
                let turned = try binary(
                    .or, binary(.shiftLeft, y, y.filled(rotation)), binary(.shiftRightLogical, y, y.filled(32 - rotation)))
                y = try binary(.xor, turned, x)
            }
            x = try binary(.add, x, keys[(group + 1) % 3])
            y = try binary(.add, binary(.add, y, keys[(group + 2) % 3]), y.filled(Double(group + 1)))
        }
        return (x, y)
    }

    /// `count` keys from one, as `jax.random.split`.
    static func split(_ key: Tensor, _ count: Int = 2) throws -> [Tensor] {
        if let buffer = key.value.buffer {
            let words: [UInt32] = try buffer.withUnsafeBytes { HostConversion.read($0, .uint32, count: 2) }
            return try (0..<count).map { index in
                let pair = block(words[0], words[1], 0, UInt32(index))
                return try Tensor([pair.0, pair.1])
            }
        }
        let counters = try Tensor.apply(.iota(TensorType([count], .uint32), axis: 0))
        let (x, y) = try block(key, counters.filled(0), counters)
        return try ops.unstack(ops.stack([x, y], axis: 1))
    }

    /// Two words for one counter, on the host.
    static func block(_ first: UInt32, _ second: UInt32, _ high: UInt32, _ low: UInt32) -> (UInt32, UInt32) {
        let keys = [first, second, first ^ second ^ 0x1bd1_1bda]
        var x = high &+ first, y = low &+ second
        for group in 0..<5 {
            for rotation in rotations[group % 2].map({ UInt32($0) }) {
                x = x &+ y
                y = (y << rotation | y >> (32 - rotation)) ^ x
            }
            x = x &+ keys[(group + 1) % 3]
            y = y &+ keys[(group + 2) % 3] &+ UInt32(group + 1)
        }
        return (x, y)
    }
}
