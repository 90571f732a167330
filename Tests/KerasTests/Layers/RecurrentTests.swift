import Testing

@testable import Keras

/// What recurrent layers do beyond one call: states kept, cells of one's own, graphs with states as inputs.
@Suite(.ownSession) struct RecurrentTests {
    private func sequences(_ shape: [Int], seed: Int = 1) throws -> Tensor { try random.normal(shape, seed: .int(seed)) }

    private func expectEqual(_ a: Tensor, _ b: Tensor, tolerance: Double = 1e-6) throws {
        #expect(a.shape == b.shape)
        expectAgree(try a.numbers, try b.numbers, tolerance: tolerance, "")
    }

    // MARK: The guide's forms

    @Test func ofTextOfAnyLength() throws {
        let title = Input(shape: [nil], name: "title")
        let body = Input(shape: [nil], name: "body")
        let features = try concatenate([LSTM(128)(Embedding(10_000, 64)(title)), LSTM(32)(Embedding(10_000, 64)(body))])
        #expect(features.shape == [nil, 160])
        let both = try Bidirectional(LSTM(64))(Embedding(100, 8)(title))
        #expect(both.shape == [nil, 128])
        let model = try Model(inputs: [title, body], outputs: features)
        #expect(try model.countParams() == 2 * 640_000 + 98_816 + 12_416)
    }

    @Test func severalResults() throws {
        let x = Input(shape: [nil, 8])
        let (output, states) = try LSTM(4, returnSequences: true, returnState: true)(x)
        #expect(output.shape == [nil, nil, 4])
        #expect(states.map(\.shape) == [[nil, 4], [nil, 4]])
        let all: [KerasTensor] = try Bidirectional(GRU(3, returnState: true), mergeMode: nil)(x)
        #expect(all.map(\.shape) == [[nil, 3], [nil, 3], [nil, 3], [nil, 3]])
        let (last, kept) = try GRU(4, returnState: true)(sequences([2, 3, 8]))
        try expectEqual(last, kept[0])
    }

    @Test func encoderAndDecoder() throws {
        let source = Input(shape: [nil, 3], name: "source"), target = Input(shape: [nil, 3], name: "target")
        let (_, states) = try LSTM(4, returnState: true, name: "encoder")(source)
        let words = try LSTM(4, returnSequences: true, name: "decoder")(target, initialState: states)
        let model = try Model(inputs: [source, target], outputs: Dense(2)(words), name: "translate")
        let copy = try Model(config: model.config)
        #expect(copy.json() == model.json())
        try copy.setWeights(model.getWeights())
        let inputs = try [sequences([2, 5, 3]), sequences([2, 4, 3], seed: 2)]
        let expected: Tensor = try model(inputs), got: Tensor = try copy(inputs)
        #expect(expected.shape == [2, 4, 2])
        try expectEqual(got, expected)
        let decoder = try model.config.value("layers", as: [Config].self).first { try $0.string("name") == "decoder" }
        let calls: [Config] = try decoder.unwrap().value("inbound_nodes")
        #expect(try calls[0].dictionary("kwargs").keys == ["initial_state"])
    }

    // MARK: Stateful layers

    @Test(arguments: [false, true]) func statesGoOn(unroll: Bool) throws {
        let x = try sequences([2, 6, 3])
        let whole = LSTM(4, returnSequences: true)
        let expected: Tensor = try whole(x)
        let parts = LSTM(4, returnSequences: true, stateful: true, unroll: unroll)
        try parts.build(for: [2, 3, 3])
        try parts.setWeights(whole.getWeights())
        let halves = try ops.split(x, 2, axis: 1)
        let first: Tensor = try parts(halves[0]), second: Tensor = try parts(halves[1])
        try expectEqual(ops.concatenate([first, second], axis: 1), expected)
        #expect(parts.states.count == 2)
        #expect(parts.states.map(\.path) == ["\(parts.name)/rnn_state", "\(parts.name)/rnn_state"])
        try parts.resetState()
        try expectEqual(parts(halves[0]), first)
        #expect(parts.weights.count == 3, "states are no weights")
    }

    @Test func statesOfAModel() throws {
        let x = Input(shape: [3, 2], batchSize: 2)
        let inner = GRU(3, stateful: true)
        let model = try Model(inputs: x, outputs: Dense(1)(inner(x)))
        let data = try sequences([2, 3, 2])
        let first = try model.predict(data), second = try model.predict(data)
        #expect(try first.numbers != second.numbers)
        try model.resetState()
        try expectEqual(model.predict(data), first)
        let both = Bidirectional(LSTM(2, stateful: true))
        let once: Tensor = try both(data), twice: Tensor = try both(data)
        #expect(try once.numbers != twice.numbers)
        #expect(both.states.count == 4)
        try both.resetState()
        try expectEqual(both(data), once)
    }

    // MARK: Cells of one's own

    final class MinimalCell: RNNCell {
        let units: Int
        private var kernel: Variable!, recurrentKernel: Variable!

        init(_ units: Int, name: String? = nil) { self.units = units; super.init(name: name) }
        required init(config: Config) throws { units = try config.int("units"); try super.init(config: config) }
        override var config: Config { ["units": .int(units)] }
        override var stateSize: [Int] { [units] }

        override func build(inputShape: Shape) throws {
            kernel = try addWeight("kernel", shape: [inputShape.last, units])
            recurrentKernel = try addWeight("recurrent_kernel", shape: [units, units], initializer: .orthogonal())
        }
        override func call(_ inputs: Tensor, states: [Tensor]) throws -> (output: Tensor, states: [Tensor]) {
            let output = try ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(states[0], recurrentKernel))
            return (output, [output])
        }
    }

    @Test func aCellOfOnesOwn() throws {
        let x = Input(shape: [nil, 5])
        let y = try RNN(MinimalCell(4), returnSequences: true)(x)
        #expect(y.shape == [nil, nil, 4])
        let model = try Model(inputs: x, outputs: Bidirectional(RNN([MinimalCell(3), MinimalCell(2)]))(y), name: "m")
        let copy = try Model(config: model.config, customObjects: [MinimalCell.self])
        #expect(copy.json() == model.json())
        #expect(copy.weights.map(\.path) == model.weights.map(\.path))
        try copy.setWeights(model.getWeights())
        let data = try sequences([2, 4, 5])
        let expected: Tensor = try model(data), got: Tensor = try copy(data)
        try expectEqual(got, expected)
        let clone = try cloneModel(model)
        try clone.setWeights(model.getWeights())
        try expectEqual(clone(data), expected)
        #expect(message { _ = try Model(config: model.config) }.contains("There is no layer class named \"MinimalCell\"."))

        let plain = SimpleRNN(4, useBias: false, returnSequences: true)
        _ = try plain(x)
        try plain.setWeights(Array(model.getWeights().prefix(2)))
        let own = try RNN(MinimalCell(4), returnSequences: true)
        _ = try own(x)
        try own.setWeights(plain.getWeights())
        let mask = try Tensor([[true, false, true, true], [false, true, true, false]])
        try expectEqual(own(data, mask: mask), plain(data, mask: mask))
        let few = SimpleRNN(4, useBias: false), fewOwn = RNN(MinimalCell(4))
        _ = try (few(x), fewOwn(x))
        try few.setWeights(plain.getWeights())
        try fewOwn.setWeights(plain.getWeights())
        try expectEqual(fewOwn(data, mask: mask), few(data, mask: mask))
    }

    /// A cell with layers inside, an output of another size than its state, and random numbers.
    final class NoisyCell: RNNCell {
        let memory = Dense(3, activation: .tanh), scores = Dense(2), noise: Dropout

        init(_ rate: Double) { noise = Dropout(rate, seed: 1); super.init() }
        required init(config: Config) throws { noise = Dropout(0); try super.init(config: config) }
        override var stateSize: [Int] { [3] }
        override var outputSize: Int? { 2 }

        override func call(_ inputs: Tensor, states: [Tensor], training: Bool) throws -> (output: Tensor, states: [Tensor]) {
            let next = try noise(memory(ops.concatenate([inputs, states[0]], axis: -1)))
            return (try scores(next), [next])
        }
    }

    @Test func aCellOfLayers() throws {
        let layer = RNN(NoisyCell(0.5), returnSequences: true)
        let y = try layer(Input(shape: [nil, 4]))
        #expect(y.shape == [nil, nil, 2])
        let paths = ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"].map { "rnn/noisy_cell/\($0)" }
        #expect(layer.weights.map(\.path) == paths)
        let x = try sequences([2, 4, 4])
        let calm: Tensor = try layer(x)
        try expectEqual(layer(x), calm)
        let loud: Tensor = try layer(x, training: true)
        #expect(try loud.numbers != calm.numbers)
        // Masked steps repeat the output before, which is no state here.
        let mask = try Tensor([[false, true, false, true], [true, false, true, true]])
        let masked = try (layer(x, mask: mask) as Tensor).array(Float.self)
        #expect(masked[0..<2] == [0, 0])
        #expect(masked[2..<4] == masked[4..<6])
        #expect(masked[8..<10] == masked[10..<12])
    }

    @Test func aCellByItself() throws {
        let cell = LSTMCell(3)
        let x = try sequences([2, 4, 5])
        var states = try cell.initialState(batchSize: 2)
        var output = states[0]
        for step in try ops.unstack(x, axis: 1) { (output, states) = try cell(step, states: states) }
        let layer = LSTM(3)
        try layer.build(for: [nil, nil, 5])
        try layer.setWeights(cell.getWeights())
        try expectEqual(layer(x), output)
    }

    // MARK: The guide's recurrent layer, written from scratch

    final class CustomRNN: Layer {
        let units: Int
        let project = Dense(4, activation: .tanh), feedBack: Dense, classify = Dense(1)

        init(units: Int, name: String? = nil) {
            self.units = units
            feedBack = Dense(units, activation: .tanh)
            super.init(name: name)
        }
        required convenience init(config: Config) throws { try self.init(units: config.int("units")) }
        override var config: Config { ["units": .int(units)] }

        override func call(_ inputs: Tensor) throws -> Tensor {
            var state = try ops.zeros([inputs.shape[0], units])
            var outputs: [Tensor] = []
            for step in try ops.unstack(inputs, axis: 1) {
                state = try project(step) + feedBack(state)
                outputs.append(state)
            }
            return try classify(ops.stack(outputs, axis: 1))
        }
    }

    @Test func aLayerFromScratch() throws {
        let x = Input(shape: [5, 3])
        let middle = try Conv1D(3, 3, padding: .same)(x)
        let model = try Model(inputs: x, outputs: CustomRNN(units: 4)(middle), name: "m")
        #expect(model.output.shape == [nil, 5, 1])
        let copy = try Model(config: model.config, customObjects: [CustomRNN.self])
        try copy.setWeights(model.getWeights())
        let data = try sequences([2, 5, 3])
        let expected: Tensor = try model(data), got: Tensor = try copy(data)
        try expectEqual(got, expected)
    }

    // MARK: Agreement of ways to compute

    /// One loop or steps written out, one operation or a loop, one layer or a stack: the numbers are the same.
    @Test func sameNumbers() throws {
        let x = try sequences([2, 5, 3])
        let mask = try Tensor([[true, false, true, true, false], [false, true, true, false, true]])
        for backwards in [false, true] {
            let loop = GRU(4, returnSequences: true, goBackwards: backwards, zeroOutputForMask: true)
            let written = GRU(4, returnSequences: true, goBackwards: backwards, unroll: true, zeroOutputForMask: true)
            try written.build(for: [2, 5, 3])
            try loop.build(for: [2, 5, 3])
            try written.setWeights(loop.getWeights())
            try expectEqual(written(x), loop(x))
            try expectEqual(written(x, mask: mask), loop(x, mask: mask))
            let start = try [sequences([2, 4], seed: 3)]
            try expectEqual(written(x, initialState: start, mask: mask), loop(x, initialState: start, mask: mask))
        }
        let stack = RNN([LSTMCell(4), GRUCell(3)])
        let expected: Tensor = try stack(x)
        let first = LSTM(4, returnSequences: true), second = GRU(3)
        try first.build(for: [2, 5, 3])
        try second.build(for: [2, 5, 4])
        try first.setWeights(Array(stack.getWeights().prefix(3)))
        try second.setWeights(Array(stack.getWeights().dropFirst(3)))
        try expectEqual(second(first(x)), expected)
    }

    @Test func everyStepByItself() throws {
        final class Shift: Layer {
            override func call(_ inputs: Tensor) throws -> Tensor { try inputs - ops.mean(inputs, axis: 0, keepdims: true) }
        }
        let x = try sequences([2, 3, 4])
        let layer = TimeDistributed(Shift())
        #expect(try layer(Input(shape: [nil, 4])).shape == [nil, nil, 4])
        try expectEqual(layer(x), x - ops.mean(x, axis: 0, keepdims: true), tolerance: 1e-5)
        let inner = try Sequential([Dense(3, activation: .relu), Dropout(0.5), Dense(2)])
        let outer = TimeDistributed(inner)
        #expect(try outer(Input(shape: [nil, 4])).shape == [nil, nil, 2])
        try expectEqual(outer(x), inner(x.reshaped([6, 4])).reshaped([2, 3, 2]), tolerance: 1e-5)
    }

    // MARK: Seeds

    /// Parts draw their seeds in Keras' order, so that first weights after `setRandomSeed` are Keras'.
    @Test func firstWeights() throws {
        let make: [() -> Layer] = [
            { SimpleRNN(2) }, { LSTM(2) }, { GRU(2) }, { ConvLSTM1D(2, 2) }, { Bidirectional(LSTM(2)) },
        ]
        for (row, make) in zip(KerasFixture.read("seeds/recurrent.json"), make) {
            func expectWeights(_ layer: Layer, _ expected: [[Double]], _ label: String) throws {
                try layer.build(for: row.value("shape"))
                #expect(layer.weights.count == expected.count)
                for (weight, values) in zip(layer.weights, expected) {
                    expectAgree(try weight.rawValue.numbers, values, tolerance: 1e-5, "\(label), \(weight.path)")
                }
            }
            setRandomSeed(7)
            try expectWeights(LayerConfig.layer(from: row.dictionary("layer")), row.arrays("weights").map(\.values), "from config")
            setRandomSeed(7)
            try expectWeights(make(), row.value("made"), "made")
        }
    }

    // MARK: Training

    @Test func trainsAndRemembers() throws {
        setRandomSeed(1)
        // The label is whether the first number is positive: it has to be carried over the sequence.
        let x = try random.normal([64, 6, 2], seed: 5)
        let y = try ops.greater(x[.all, 0, 0], 0).cast(to: .float32).reshaped([64, 1])
        let model = try Sequential([Input(shape: [nil, 2]), LSTM(8, dropout: 0.1, seed: 2), Dense(1, activation: .sigmoid)])
        try model.compile(optimizer: .adam(0.03), loss: .binaryCrossentropy(), metrics: [.accuracy])
        _ = try model.fit(x, y, batchSize: 16, epochs: 12, verbose: .silent)
        let scores = try model.evaluate(x, y, verbose: .silent)
        #expect(try scores["accuracy"].unwrap() > 0.9)
    }
}
