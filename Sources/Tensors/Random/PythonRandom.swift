/// Python's `random.Random`: the Mersenne Twister MT19937, seeded as Python seeds it from a whole number.
///
/// Keras draws the seeds of layers and initializers from it, so that with `setRandomSeed` they are the same here.
///
/// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); CPython's `_randommodule.c` for the seed.
struct PythonRandom {
    private var words = [UInt32](repeating: 0, count: 624)
    private var position = 624

    init(seed: Int) {
        var key: [UInt32] = []
        var rest = seed.magnitude
        repeat {
            key.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        } while rest > 0
        fill(19_650_218)
        var i = 1, j = 0
        for _ in 0..<Swift.max(624, key.count) {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) &* 1_664_525)) &+ key[j] &+ UInt32(j)
            i += 1
            j = (j + 1) % key.count
            if i == 624 {
                words[0] = words[623]
                i = 1
            }
        }
        for _ in 0..<623 {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) &* 1_566_083_941)) &- UInt32(i)
            i += 1
            if i == 624 {
                words[0] = words[623]
                i = 1
            }
        }
        words[0] = 0x8000_0000
    }

    private mutating func fill(_ seed: UInt32) {
        words[0] = seed
        for i in 1..<624 { words[i] = 1_812_433_253 &* (words[i - 1] ^ (words[i - 1] >> 30)) &+ UInt32(i) }
    }

    /// 32 random bits.
    mutating func next() -> UInt32 {
        if position == 624 {
            for i in 0..<624 {
                let y = (words[i] & 0x8000_0000) | (words[(i + 1) % 624] & 0x7fff_ffff)
                words[i] = words[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
            }
            position = 0
        }
        var y = words[position]
        position += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9d2c_5680
        y ^= (y << 15) & 0xefc6_0000
        return y ^ (y >> 18)
    }

    /// `randint(low, high)`: from `low` to `high`, both included; their distance is below 2³².
    mutating func integer(in range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.count)
        let bits = 64 - count.leadingZeroBitCount
        var draw: UInt64
        repeat { draw = UInt64(next()) >> UInt64(32 - bits) } while draw >= count
        return range.lowerBound + Int(draw)
    }
}
