/// Random numbers for what happens outside graphs: the order of samples.
///
/// SplitMix64 (Steele, Lea and Flood 2014): small, fast, and every seed is a good one.
struct HostRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator that follows from `setRandomSeed`, a new one each time.
    static func fromGlobalSeed() throws -> HostRandom {
        HostRandom(seed: try SeedGenerator().state.value.array(UInt32.self).reduce(0) { $0 << 32 | UInt64($1) })
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
