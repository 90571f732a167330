import GuideModels
import Keras
import Tensors
import Testing
import XLAEngine

/// The same models trained by both engines, from the same seed on the same numbers: their losses agree step by step.
@Suite(.serialized, .ownSession, .enabled(if: XLAForTests.engine != nil, "no PJRT plugin; `make xla` fetches one"))
struct EngineAgreementTests {
    /// The losses of some steps on one engine.
    private func losses(on engine: (any Engine)?, steps: Int, _ make: () throws -> Model, _ x: (Int) throws -> [Tensor], _ y: (Int) throws -> Tensor) throws -> [Double] {
        try Backend.$scoped.withValue(engine) {
            clearSession()
            setRandomSeed(7)
            let model = try make()
            return try (0..<steps).map { try model.trainOnBatch(x($0), y($0))["loss"] ?? .nan }
        }
    }

    private func agree(steps: Int, _ make: () throws -> Model, _ x: (Int) throws -> [Tensor], _ y: (Int) throws -> Tensor) throws {
        let cpu = try losses(on: nil, steps: steps, make, x, y), xla = try losses(on: XLAForTests.engine, steps: steps, make, x, y)
        for step in 0..<steps {
            #expect((cpu[step] - xla[step]).magnitude <= 1e-4 * cpu[step].magnitude, "step \(step): \(cpu[step]) and by XLA \(xla[step])")
        }
    }

    @Test func toyResNet() throws {
        try agree(steps: 6, {
            let model = try GuideModels.toyResNet()
            try model.compile(optimizer: .sgd(0.05, momentum: 0.9), loss: .categoricalCrossentropy(fromLogits: true))
            return model
        }, { [try Pattern.tensor([16, 32, 32, 3], 10 + $0)] }, { try ops.oneHot(Tensor(Pattern.classes(16, 3 + $0, 10)), 10) })
    }
}

enum XLAForTests {
    /// XLA, seeing the processor as four devices; nil: there is no plugin.
    static let engine = try? XLAEngine(deviceCount: 4, programs: "")
}
