import Foundation
import Testing

@testable import Keras

/// Training that goes on from a file ends as training without a break, bit for bit.
@Suite(.ownSession) struct ResumeTests {
    private static let optimizers: [String: @Sendable () throws -> Optimizer] = ParityOptimizers.make.merging([
        "adam accumulated": { try .adam(1e-2, options: OptimizerOptions(gradientAccumulationSteps: 3)) },
        "sgd piecewise": { try .sgd(PiecewiseConstantDecay(boundaries: [3], values: [0.1, 0.01])) },
    ]) { $1 }

    /// Dropout, normalisation, and an order of samples that follows from nothing but the state.
    private func model() throws -> Model {
        let inputs = Input(shape: [5])
        var x = try Dense(8, activation: .tanh)(inputs)
        x = try Dropout(0.3)(BatchNormalization()(x))
        return try Model(inputs: inputs, outputs: Dense(3, activation: .softmax)(GaussianNoise(0.1)(x)))
    }

    private func fit(_ model: Model, epochs: Int) throws {
        let x = try Pattern.tensor([20, 5], 1), y = try Tensor(Pattern.classes(20, 2, 3))
        try model.fit(x, y, batchSize: 6, epochs: epochs, verbose: .silent)
    }

    private func numbers(_ model: Model) throws -> [[Double]] {
        try (model.weights + model.optimizer.unwrap().variables).map { try $0.value.array() }
    }

    @Test(arguments: optimizers.keys.sorted(), [".keras", ".weights.h5"]) func everyOptimizer(_ name: String, _ ending: String) throws {
        let make = try Self.optimizers[name].unwrap()
        setRandomSeed(5)
        let whole = try model()
        try whole.compile(optimizer: make(), loss: .sparseCategoricalCrossentropy(), metrics: [.accuracy])
        try fit(whole, epochs: 2)
        try SavingFixture.withFolder { folder in
            let path = "\(folder)/model\(ending)"
            let broken: Model
            if ending == ".keras" {
                try whole.save(to: path)
                broken = try loadModel(path)
            } else {
                try whole.saveWeights(to: path)
                setRandomSeed(77)
                broken = try model()
                try broken.compile(optimizer: make(), loss: .sparseCategoricalCrossentropy(), metrics: [.accuracy])
                try broken.loadWeights(from: path)
            }
            #expect(try numbers(broken) == numbers(whole))
            try fit(whole, epochs: 3)
            try fit(broken, epochs: 3)
            #expect(try numbers(broken) == numbers(whole))
        }
    }

    /// Numbers that a hand-written loop accumulates go on, too.
    @Test func metricStates() throws {
        let model = try model()
        try model.compile(optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(), metrics: [.accuracy])
        let x = try Pattern.tensor([6, 5], 1), y = try Tensor(Pattern.classes(6, 2, 3))
        try model.trainOnBatch(x, y)
        try SavingFixture.withFolder { folder in
            try model.save(to: "\(folder)/model.keras")
            let restored = try loadModel("\(folder)/model.keras")
            let a = try model.trainOnBatch(x, y), b = try restored.trainOnBatch(x, y)
            #expect(a.entries.map(\.value) == b.entries.map(\.value))
            #expect(a.entries.map(\.name) == b.entries.map(\.name))
        }
    }

    /// A run that ended in between and is started again ends as one without a break.
    @Test func backupAndRestore() throws {
        try SavingFixture.withFolder { folder in
            setRandomSeed(5)
            let whole = try model(), broken = try model()
            try broken.setWeights(whole.getWeights())
            for model in [whole, broken] { try model.compile(optimizer: .adam(1e-2), loss: .sparseCategoricalCrossentropy()) }
            try whole.saveWeights(to: "\(folder)/start.weights.h5")
            try whole.loadWeights(from: "\(folder)/start.weights.h5")
            try broken.loadWeights(from: "\(folder)/start.weights.h5")
            try whole.trainer.makeSampleOrderKey()
            try broken.trainer.makeSampleOrderKey().assign(whole.trainer.makeSampleOrderKey().value)
            let x = try Pattern.tensor([20, 5], 1), y = try Tensor(Pattern.classes(20, 2, 3))
            try whole.fit(x, y, batchSize: 6, epochs: 5, verbose: .silent)
            let backup = try BackupAndRestore("\(folder)/backup", doubleCheckpoint: true)
            struct Stop: Error {}
            let stop = LambdaCallback(onTrainBatchEnd: { [weak broken] batch, _ in
                if batch == 1, try broken?.optimizer?.iterations.value.item(Int.self) == 10 { throw Stop() }
            })
            #expect(throws: Stop.self) { try broken.fit(x, y, batchSize: 6, epochs: 5, verbose: .silent, callbacks: [backup, stop]) }
            let again = try model()
            try again.compile(optimizer: .adam(1e-2), loss: .sparseCategoricalCrossentropy())
            let history = try again.fit(x, y, batchSize: 6, epochs: 5, verbose: .silent, callbacks: [backup])
            #expect(history.epoch == [2, 3, 4])
            #expect(try again.getWeights().map { try $0.array(Float.self) } == whole.getWeights().map { try $0.array(Float.self) })
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/backup"))
        }
    }
}
