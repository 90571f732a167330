import Testing

@testable import Tensors

@Suite("Random numbers are Keras' on JAX", .serialized)
struct RandomTests {
    struct Recorded: Decodable {
        let dtype: String
        let shape: [Int]
        let bits: [UInt64]
        let values: [Double]
    }

    struct Recordings: Decodable {
        let uniform, uniform_range, uniform_float16, uniform_bfloat16, normal, truncated_normal: Recorded
        let randint, randint_negative, randint_uint8, randint_int16, dropout, dropout_noise, categorical, shuffle, shuffle_axis, split: Recorded
        let generator, global: [Recorded]
        let default_seeds, large_seed: [Int]
    }

    let recorded: Recordings

    init() throws { recorded = try Fixture.load("random.json", as: Recordings.self) }

    /// Bit for bit.
    private func expectEqual(_ tensor: Tensor, _ record: Recorded, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(tensor.dtype.rawValue == record.dtype && tensor.shape == record.shape, sourceLocation: sourceLocation)
        let bits: [UInt64] = try tensor.withUnsafeBytes { bytes in
            let size = tensor.dtype.byteCount
            return (0..<tensor.count).map { index in
                (0..<size).reduce(0) { $0 | UInt64(bytes[index * size + $1]) << UInt64(8 * $1) }
            }
        }
        #expect(bits == record.bits, sourceLocation: sourceLocation)
    }

    @Test func uniform() throws {
        try expectEqual(random.uniform([2, 5], seed: 7), recorded.uniform)
        try expectEqual(random.uniform([7], minval: -3, maxval: 2.5, seed: 123_456_789), recorded.uniform_range)
        try expectEqual(random.uniform([6], dtype: .float16, seed: 3), recorded.uniform_float16)
        try expectEqual(random.uniform([6], dtype: .bfloat16, seed: 3), recorded.uniform_bfloat16)
    }

    @Test func normal() throws {
        expectClose(try random.normal([3, 4], mean: 1, stddev: 2, seed: 11).array(), recorded.normal.values, tolerance: 2e-6)
        expectClose(try random.truncatedNormal([12], stddev: 0.5, seed: 5).array(), recorded.truncated_normal.values, tolerance: 2e-6)
    }

    @Test func wholeNumbers() throws {
        try expectEqual(random.randint([9], minval: 0, maxval: 10, seed: 1), recorded.randint)
        try expectEqual(random.randint([9], minval: -1_000_000, maxval: 1_000_000, seed: 99), recorded.randint_negative)
        try expectEqual(random.randint([9], minval: 0, maxval: 256, dtype: .uint8, seed: 4), recorded.randint_uint8)
        try expectEqual(random.randint([9], minval: -300, maxval: 300, dtype: .int16, seed: 4), recorded.randint_int16)
    }

    @Test func dropout() throws {
        let x = try ops.reshape(ops.arange(1.0, 13.0), [3, 4])
        try expectEqual(random.dropout(x, rate: 0.3, seed: 21), recorded.dropout)
        try expectEqual(random.dropout(ops.ones([3, 4]), rate: 0.5, noiseShape: [nil, 1], seed: 21), recorded.dropout_noise)
        #expect(try random.dropout(x, rate: 0, seed: 1).array(Float.self) == x.array(Float.self))
        #expect(try random.dropout(x, rate: 1, seed: 1).sum().item(Float.self) == 0)
        #expect(throws: TensorError.self) { try random.dropout(x, rate: 1.5, seed: 1) }
        #expect(throws: TensorError.self) { try random.dropout(x, rate: .nan, seed: 1) }
    }

    @Test func classesAndOrders() throws {
        let logits = try ops.log(Tensor([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]]))
        try expectEqual(random.categorical(logits, 10, seed: 8), recorded.categorical)
        try expectEqual(random.shuffle(ops.arange(20), seed: 13), recorded.shuffle)
        try expectEqual(random.shuffle(ops.reshape(ops.arange(24), [4, 6]), axis: 1, seed: 13), recorded.shuffle_axis)
    }

    @Test func keysAreSplitAlikeOnTheHostAndInPrograms() throws {
        let key = try Tensor([5, 9] as [UInt32])
        try expectEqual(ops.stack(Threefry.split(key, 3)), recorded.split)
        let f = TracedFunction { [try ops.stack(Threefry.split($0[0], 3))] }
        try expectEqual(f([key])[0], recorded.split)
    }

    @Test func generators() throws {
        let generator = try SeedGenerator(seed: 42)
        for record in recorded.generator { try expectEqual(random.uniform([3], seed: .generator(generator)), record) }
        #expect(try generator.state.value.array(Int.self) == [42, 3])
    }

    @Test func globalSeed() throws {
        setRandomSeed(1234)
        for record in recorded.global { try expectEqual(random.uniform([3]), record) }
        setRandomSeed(1234)
        #expect((0..<5).map { _ in makeDefaultSeed() } == recorded.default_seeds)
        var python = PythonRandom(seed: (1 << 40) + 3)
        #expect((0..<3).map { _ in python.integer(in: 1...1_000_000_000) } == recorded.large_seed)
        #expect(globalRandomSeed() == 1234)
    }

    @Test func moments() throws {
        let x = try random.normal([20_000], seed: 1), u = try random.uniform([20_000], dtype: .float64, seed: 2)
        let (mean, variance) = try ops.moments(x, axes: [0])
        expectClose(try [mean.item(), variance.item()], [0, 1], tolerance: 0.03)
        expectClose(try [u.mean().item(), ops.var(u).item()], [0.5, 1.0 / 12], tolerance: 0.01)
        #expect(try ops.max(ops.abs(random.truncatedNormal([5000], seed: 3))).item(Float.self) < 2)
    }

    @Test func errors() throws {
        #expect(throws: TensorError.notFloatingPoint(operation: "random.uniform", dtype: .int32)) { try random.uniform([2], dtype: .int32) }
        #expect(throws: GraphError.negativeSize(shape: [-2])) { try random.normal([-2]) }
        #expect(throws: TensorError.self) { try random.randint([2], minval: 0, maxval: 10, dtype: .float32) }
        #expect(throws: TensorError.integerOverflow(value: -1, dtype: .uint8)) { try random.randint([2], minval: -1, maxval: 10, dtype: .uint8) }
        #expect(throws: GraphError.self) { try random.shuffle(Tensor([1, 2]), axis: 3) }
        #expect(throws: TensorError.self) { try random.uniform([2], seed: .key(Tensor([1, 2, 3]))) }
    }
}
