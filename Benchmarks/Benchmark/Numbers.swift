import Keras

/// Random data.
enum Numbers {
    /// `[count] + sample`, normally distributed.
    static func floats(_ count: Int, _ sample: Int...) throws -> Tensor { try floats(count, sample) }

    static func floats(_ count: Int, _ sample: [Int]) throws -> Tensor {
        // 64 samples again and again: the peak of memory is then training's, not that of making numbers.
        let some = try random.normal([64] + sample).evaluate()
        if count <= 64 { return try some[0..<count].evaluate() }
        return try ops.tile(some, [(count + 63) / 64] + sample.map { _ in 1 })[0..<count].evaluate()
    }

    /// `[count, length]`, of 10,000 words.
    static func words(_ count: Int, length: Int) throws -> Tensor {
        try random.randint([count, length], minval: 0, maxval: 10_000).evaluate()
    }

    /// `[count]`, of 10 classes.
    static func classes(_ count: Int) throws -> Tensor { try random.randint([count], minval: 0, maxval: 10).evaluate() }
}
