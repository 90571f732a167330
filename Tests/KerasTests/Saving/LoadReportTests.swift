import Foundation
import Testing

@testable import Keras

/// A loss, a metric and an optimizer of a user's.
private final class CubicError: Loss {
    override func call(_ yTrue: Tensor, _ yPred: Tensor) throws -> Tensor { try ops.mean(ops.power(ops.abs(yTrue - yPred), 3), axis: -1) }
}
private final class Words: Layer {
    var words: [String]
    init(_ words: [String]) {
        self.words = words
        super.init()
    }
    required init(config: Config) throws {
        words = []
        try super.init(config: config)
    }
    override func call(_ inputs: Tensor) -> Tensor { inputs }
    override var assets: [String: [UInt8]] { ["vocabulary.txt": Array(words.joined(separator: "\n").utf8)] }
    override func load(assets: [String: [UInt8]]) throws {
        words = String(decoding: assets["vocabulary.txt"] ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
private final class Tower: Model {
    let hiddenLayer = Dense(3), zLast = Dense(2)
    let blocks: [[Layer]] = [[Dense(3)], [Dense(3)]]
    override func call(_ inputs: Tensor) throws -> Tensor { try zLast(blocks[1][0](blocks[0][0](hiddenLayer(inputs)))) }
    override var config: Config { [:] }
    init() { super.init() }
    required convenience init(config: Config) throws { self.init() }
}

/// What fits and what does not: reports, messages, the registry, and that a failure leaves all as it was.
@Suite(.ownSession) struct LoadReportTests {
    private func mlp(_ units: Int = 4, extra: Bool = false) throws -> Model {
        let inputs = Input(shape: [3])
        var x = try Dense(units, name: "hidden")(inputs)
        if extra { x = try Conv1D(2, 1, name: "conv")(Reshape([units, 1])(x)) }
        return try Model(inputs: inputs, outputs: Dense(2, name: "scores")(x), name: "mlp")
    }

    @Test func otherShapes() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.weights.h5"
            try mlp().saveWeights(to: path)
            let other = try mlp(5)
            let before = try other.getWeights().map { try $0.array(Float.self) }
            #expect(message { try other.loadWeights(from: path) } == """
                \(path) and Model "mlp" do not have the same weights: 1 of the model's variables are in the file, 3 are of another shape or number.
                  of another shape or number: hidden/kernel (layers/dense/vars/0): its shape is [3, 5], the file's [3, 4]
                  of another shape or number: hidden/bias (layers/dense/vars/1): its shape is [5], the file's [4]
                  of another shape or number: scores/kernel (layers/dense_1/vars/0): its shape is [5, 2], the file's [4, 2]
                """)
            #expect(try other.getWeights().map { try $0.array(Float.self) } == before)
            let report = try other.loadWeights(from: path, skipMismatch: true)
            #expect(report.applied.map(\.variable) == ["scores/bias"])
            #expect(report.mismatched.count == 3)
            #expect(other.loadReport == report)
        }
    }

    @Test func otherLayers() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.weights.h5"
            try mlp().saveWeights(to: path)
            let larger = try mlp(extra: true)
            let text = message { try larger.loadWeights(from: path) }
            #expect(text.contains("conv/kernel (layers/conv1d/vars/0): the file has no such part"))
            try larger.saveWeights(to: path)
            let unused = message { try mlp().loadWeights(from: path, skipMismatch: false) }
            #expect(unused.contains("layers/conv1d/vars/0: the model has no such part"))
            #expect(try mlp().loadWeights(from: path, skipMismatch: true).unused.map(\.path) == ["layers/conv1d/vars/0", "layers/conv1d/vars/1"])
        }
    }

    /// A layer with another class's name in the file: the report tells which one has its shapes.
    @Test func similarLayers() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.weights.h5"
            let inputs = Input(shape: [3])
            try Model(inputs: inputs, outputs: Dense(2)(inputs)).saveWeights(to: path)
            let other = try Model(inputs: inputs, outputs: EinsumDense("ab,bc->ac", outputShape: [2], biasAxes: "c")(inputs))
            let text = message { try other.loadWeights(from: path) }
            #expect(text.contains("(layers/einsum_dense/vars/0): the file has no such part; \"layers/dense\" there has the same shapes"))
            #expect(text.contains("layers/dense/vars/0: the model has no such part; \"layers/einsum_dense\" has the same shapes"))
        }
    }

    @Test func optimizerState() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.weights.h5", model = try mlp()
            try model.compile(optimizer: .adam(), loss: "mse")
            try model.fit(ops.ones([4, 3]), ops.ones([4, 2]), verbose: .silent)
            try model.saveWeights(to: path)
            #expect(try mlp().loadWeights(from: path).unused.allSatisfy { $0.role != .weight })
            let other = try mlp()
            try other.compile(optimizer: .sgd(), loss: "mse")
            let report = try other.loadWeights(from: path)
            #expect(report.mismatched.first?.cause == .optimizer(expected: 2, got: 10))
            #expect(Session.current.warnings.texts.contains { $0.contains("the optimizer's state was not loaded") })
        }
    }

    @Test func endings() throws {
        let model = try mlp()
        #expect(message { try model.save(to: "m.onnx") } == #""m.onnx" is to end in .keras, .h5 or .hdf5."#)
        #expect(message { try model.saveWeights(to: "m.h5") } == #""m.h5" is to end in .weights.h5."#)
        #expect(message { _ = try loadModel("m.txt") } == #""m.txt" is to end in .keras, .h5 or .hdf5."#)
        #expect(message { _ = try loadModel("/nowhere/m.keras") }.contains("/nowhere/m.keras cannot be read"))
        let unbuilt = try Sequential([Dense(2, name: "one")])
        #expect(message { try unbuilt.saveWeights(to: "m.weights.h5") } == """
            Model "sequential" has layers without weights yet: one.
            Call it on data, or build(for:), first.
            """)
    }

    // MARK: Classes of the user's

    @Test func unknownClasses() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.keras", inputs = Input(shape: [3])
            let model = try Model(inputs: inputs, outputs: Words(["a"])(Dense(2)(inputs)))
            try model.compile(optimizer: .sgd(), loss: CubicError())
            try model.save(to: path)
            #expect(message { _ = try loadModel(path) } == """
                \(path) names 2 classes that are not known: "Words" and "CubicError".
                Give classes of your own as customObjects.
                """)
            #expect(message { _ = try loadModel(path, compile: false) }.contains(#"There is no layer class named "Words""#))
            let loaded = try loadModel(path, customObjects: [Words.self, CubicError.self])
            #expect((try loaded.layer(at: -1) as? Words)?.words == ["a"])
            #expect(try model.json() == loaded.json())
        }
    }

    @Test func registeredClasses() throws {
        try SavingFixture.withFolder { folder in
            registerKerasSerializable(Words.self, package: "mine", name: "Vocabulary")
            let path = "\(folder)/m.keras", inputs = Input(shape: [3])
            let model = try Model(inputs: inputs, outputs: Words(["a", "b"])(inputs))
            #expect(model.json().contains(#""registered_name": "mine>Vocabulary""#))
            try model.save(to: path)
            #expect((try loadModel(path).layer(at: -1) as? Words)?.words == ["a", "b"])
        }
    }

    @Test func functionsByName() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.keras", model = try mlp()
            LossFunction.register("fourth") { try ops.mean(ops.power($0 - $1, 4), axis: -1) }
            MeanMetric.register("gap") { try ops.mean(ops.abs($0 - $1), axis: -1) }
            try model.compile(optimizer: .sgd(), loss: "fourth", metrics: ["gap"])
            try model.save(to: path)
            let x: Tensor = try ops.ones([4, 3]), y: Tensor = try ops.ones([4, 2])
            #expect(try loadModel(path).evaluate(x, y, verbose: .silent).entries.map(\.value) == model.evaluate(x, y, verbose: .silent).entries.map(\.value))
            clearSession()
            #expect(message { _ = try loadModel(path) }.contains(#"There is no loss named "fourth""#))
        }
    }

    // MARK: Subclasses

    @Test func subclass() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.keras", tower = Tower(), x: Tensor = try ops.ones([2, 3])
            let y: [Float] = try tower(x).array()
            try tower.save(to: path)
            let loaded = try loadModel(path, customObjects: [Tower.self])
            #expect(try loaded(x).array() == y)
            let report = try loaded.loadReport.unwrap()
            #expect(report.applied.map(\.path).contains("blocks/container_1/dense/vars/0"))
            #expect(report.applied.map(\.path).contains("hidden_layer/vars/1"))
            // What comes behind "layers" in the alphabet is found there.
            #expect(report.applied.map(\.path).contains("layers/dense_1/vars/0"))
        }
    }

    @Test func shards() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.weights.json", model = try mlp(), other = try mlp()
            try model.saveWeights(to: path, maxShardSize: 50 / 0x1p30)
            #expect(FileManager.default.fileExists(atPath: "\(folder)/m_00002.weights.h5"))
            try other.loadWeights(from: path)
            #expect(try other.getWeights().map { try $0.array(Float.self) } == model.getWeights().map { try $0.array(Float.self) })
            #expect(message { try model.saveWeights(to: path, maxShardSize: 10 / 0x1p30) }.contains("more than a shard may have"))
            try #"{"weight_map": {"/vars": "../m.h5"}}"#.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(message { try other.loadWeights(from: path) } == #"\#(path) names "../m.h5", which is no file of weights beside it."#)
        }
    }

    /// Weights that do not pass through memory.
    @Test func largeModel() throws {
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/m.keras", size = 4200, inputs = Input(shape: [size])
            let model = try Model(inputs: inputs, outputs: Dense(size, kernelInitializer: .constant(0.5), name: "large")(inputs))
            try model.save(to: path)
            #expect(try loadModel(path).layer(named: "large").weights[0].value[0, 0].item(Float.self) == 0.5)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["m.keras"])
        }
    }

    @Test func checkpoints() throws {
        try SavingFixture.withFolder { folder in
            let model = try mlp()
            try model.compile(optimizer: .sgd(), loss: "mse")
            let all = try ModelCheckpoint("\(folder)/e{epoch:02d}-{loss:.1f}.keras"), best = try ModelCheckpoint(
                "\(folder)/best.weights.h5", monitor: "loss", saveBestOnly: true, saveWeightsOnly: true)
            let history = try model.fit(ops.ones([4, 3]), ops.ones([4, 2]), epochs: 2, verbose: .silent, callbacks: [all, best])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.contains { $0.hasPrefix("e01-") } && names.contains { $0.hasPrefix("e02-") } && names.contains("best.weights.h5"))
            #expect(names.count == 3)
            #expect(best.best == history["loss"].min())
            #expect(message { _ = try ModelCheckpoint("m.keras", saveWeightsOnly: true) } == #""m.keras" is to end in .weights.h5."#)
        }
    }
}
