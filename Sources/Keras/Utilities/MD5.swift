#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The checksum that Keras publishes for its weights (RFC 1321). It tells damaged files, not forged ones.
struct MD5: FileHash {
    private var state: (UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476)
    private var pending: [UInt8] = []
    private var length: UInt64 = 0

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let taken = min(64 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(taken))
            rest = rest.dropFirst(taken)
            guard pending.count == 64 else { return }
            let block = pending
            block.withUnsafeBytes { compress($0) }
            pending.removeAll(keepingCapacity: true)
        }
        while rest.count >= 64 {
            compress(UnsafeRawBufferPointer(rebasing: rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        pending.append(contentsOf: rest)
    }

    mutating func finish() -> String {
        let bits = length &* 8
        var tail = [0x80] + [UInt8](repeating: 0, count: (119 - pending.count) % 64)
        for shift in stride(from: 0, through: 56, by: 8) { tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
        tail.withUnsafeBytes { update($0) }
        return [state.0, state.1, state.2, state.3].map { word in
            let digits = String(word.byteSwapped, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private mutating func compress(_ block: UnsafeRawBufferPointer) {
        MD5.sines.withUnsafeBufferPointer { sines in
            var (a, b, c, d) = state
            for i in 0..<64 {
                var mixed: UInt32
                let word: Int
                switch i >> 4 {
                case 0: (mixed, word) = (b & c | ~b & d, i)
                case 1: (mixed, word) = (d & b | ~d & c, (5 &* i &+ 1) & 15)
                case 2: (mixed, word) = (b ^ c ^ d, (3 &* i &+ 5) & 15)
                default: (mixed, word) = (c ^ (b | ~d), (7 &* i) & 15)
                }
                mixed = mixed &+ a &+ sines[i] &+ UInt32(littleEndian: block.loadUnaligned(fromByteOffset: word &* 4, as: UInt32.self))
                let turn = MD5.turn(i)
                (a, d, c, b) = (d, c, b, b &+ (mixed << turn | mixed >> (32 &- turn)))
            }
            state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
        }
    }

    /// The number of bits that a step turns: four for each round, 7 12 17 22, 5 9 14 20, 4 11 16 23, 6 10 15 21.
    private static func turn(_ step: Int) -> UInt32 {
        let turns: UInt32 = switch step >> 4 {
        case 0: 0x1611_0c07
        case 1: 0x140e_0905
        case 2: 0x1710_0b04
        default: 0x150f_0a06
        }
        return turns >> UInt32(8 &* (step & 3)) & 0xff
    }

    /// The first 32 bits of the fractions of the sines of 1 to 64.
    private static let sines: [UInt32] = (1...64).map { UInt32(abs(sin(Double($0))) * 4_294_967_296) }
}
