import GuideModels
import Keras
import Tensors
import Testing
import XLAEngine

/// Training dealt out to four devices equals training on one: losses and weights step by step within 1e-5.
@Suite(.serialized, .ownSession, .enabled(if: XLAForTests.engine != nil, "no PJRT plugin; `make xla` fetches one"))
struct DistributionTests {
    private func onXLA<R>(_ body: () throws -> R) throws -> R { try Backend.$scoped.withValue(XLAForTests.engine, operation: body) }

    // MARK: Meshes and layouts

    @Test func devices() throws {
        #expect(try listDevices() == ["cpu:0"] || Backend.current != .cpu)
        try onXLA {
            #expect(try listDevices() == ["cpu:0", "cpu:1", "cpu:2", "cpu:3"])
            let mesh = try DeviceMesh([2, 2], axisNames: ["batch", "model"])
            #expect(mesh.devices == ["cpu:0", "cpu:1", "cpu:2", "cpu:3"])
            #expect(try DataParallel(devices: ["cpu:0", "cpu:1"]).modelReplicaCount == 2)
            #expect(try DataParallel().dataLayout(shape: [8, 3]) == ["batch", nil])
            for (shape, names, devices) in [
                ([], [], nil), ([4], [], nil), ([3], ["a"], nil), ([2, 2], ["a", "a"], nil), ([-4], ["a"], nil), ([2], ["a"], ["cpu:1", "cpu:0"]),
                ([2], ["a"], ["gpu:0", "gpu:1"]), ([1 << 40, 1 << 40], ["a", "b"], nil),
            ] as [([Int], [String], [String]?)] {
                #expect(throws: KerasError.self, "\(shape) \(names)") { try DeviceMesh(shape, axisNames: names, devices: devices) }
            }
        }
    }

    @Test func layoutsByPath() throws {
        try onXLA {
            var layouts = LayoutMap(try DeviceMesh([2, 2], axisNames: ["batch", "model"]))
            try layouts.set(".*dense.*kernel", [nil, "model"])
            try layouts.set("dense_1/kernel", ["model", nil])
            try layouts.set(".*bias", ["model"])
            try layouts.set(".*/b.*", ["batch"])
            #expect(try layouts.layout(of: "dense/kernel") == [nil, "model"])
            #expect(try layouts.layout(of: "dense_1/kernel") == ["model", nil])
            #expect(try layouts.layout(of: "dense/kernels") == nil)
            #expect(throws: KerasError.self) { try layouts.layout(of: "dense/bias") }
            #expect(throws: KerasError.self) { try layouts.set(".*bias", ["model"]) }
            #expect(throws: KerasError.self) { try layouts.set("(", ["model"]) }
            #expect(throws: KerasError.self) { try layouts.set("other", ["rows"]) }
            #expect(throws: KerasError.self) { try ModelParallel(layoutMap: layouts, batchDimName: "rows") }
            let parallel = try ModelParallel(layoutMap: layouts)
            #expect(parallel.batchDimName == "batch")
            #expect(throws: KerasError.self) { try parallel.variableLayout(path: "dense/kernel", shape: [4]) }
            #expect(throws: KerasError.self) { try parallel.variableLayout(path: "dense/kernel", shape: [4, 3]) }
        }
    }

    // MARK: Training

    private func run(
        _ distribution: (any Distribution)?, steps: Int, _ make: () throws -> Model, _ x: (Int) throws -> Tensor, _ y: (Int) throws -> Tensor
    ) throws -> (losses: [Double], weights: [[Float]], predictions: [Float]) {
        clearSession()
        setRandomSeed(3)
        return try Dealing.$scoped.withValue(distribution?.dealing) {
            let model = try make()
            let losses = try (0..<steps).map { try model.trainOnBatch(x($0), y($0))["loss"] ?? .nan }
            // Weights lie where the distribution says, and have not come to the host on the way.
            for weight in model.trainableWeights {
                let buffer = try #require(try weight.value.buffer() as? XLABuffer)
                #expect(!buffer.isOnHost)
                #expect(try buffer.splitAxes == distribution.map { try $0.variableLayout(path: weight.path, shape: weight.shape)?.axes ?? [] })
            }
            return (losses, try model.weights.map { try $0.value.array() }, try model.predict(x(0), verbose: .silent).array())
        }
    }

    private func equal(
        _ distribution: any Distribution, steps: Int = 5, _ make: () throws -> Model, _ x: (Int) throws -> Tensor, _ y: (Int) throws -> Tensor
    ) throws {
        try onXLA {
            let one = try run(nil, steps: steps, make, x, y), several = try run(distribution, steps: steps, make, x, y)
            for step in 0..<steps {
                #expect((one.losses[step] - several.losses[step]).magnitude <= 1e-5 * max(1, one.losses[step]), "step \(step): \(one.losses[step]), dealt out \(several.losses[step])")
            }
            for (a, b) in zip(one.weights + [one.predictions], several.weights + [several.predictions]) {
                let worst = zip(a, b).map { ($0 - $1).magnitude / max(1, $0.magnitude) }.max() ?? 0
                #expect(a.count == b.count && worst <= 1e-5 * Float(steps), "weights differ by \(worst)")
            }
        }
    }

    private func firstModel() throws -> Model {
        let inputs = Input(shape: [784])
        var x = try Dense(64, activation: .relu)(inputs)
        x = try Dense(64, activation: .relu)(x)
        let model = try Model(inputs: inputs, outputs: Dense(10)(x), name: "mnist_model")
        try model.compile(optimizer: .rmsprop(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        return model
    }

    private func resNet() throws -> Model {
        let model = try GuideModels.toyResNet()
        try model.compile(optimizer: .sgd(0.05, momentum: 0.9), loss: .categoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        return model
    }

    @Test func firstModelDataParallel() throws {
        // The last batch does not deal out evenly.
        let sizes = [16, 16, 16, 16, 10]
        try equal(onXLA { try DataParallel() }, firstModel, { try Pattern.tensor([sizes[$0], 784], $0) }, { try Tensor(Pattern.classes(sizes[$0], $0, 10)) })
    }

    @Test func firstModelModelParallel() throws {
        let parallel = try onXLA {
            var layouts = LayoutMap(try DeviceMesh([2, 2], axisNames: ["batch", "model"]))
            try layouts.set("dense.*/kernel", [nil, "model"])
            try layouts.set("dense.*/bias", ["model"])
            return try ModelParallel(layoutMap: layouts)
        }
        try equal(parallel, firstModel, { try Pattern.tensor([16, 784], $0) }, { try Tensor(Pattern.classes(16, $0, 10)) })
    }

    @Test func resNetDataParallel() throws {
        try equal(onXLA { try DataParallel() }, resNet, { try Pattern.tensor([8, 32, 32, 3], $0) }, { try ops.oneHot(Tensor(Pattern.classes(8, $0, 10)), 10) })
    }

    @Test func resNetModelParallel() throws {
        let parallel = try onXLA {
            var layouts = LayoutMap(try DeviceMesh([2, 2], axisNames: ["batch", "model"]))
            try layouts.set("conv2d.*/kernel", [nil, nil, nil, "model"])
            try layouts.set("conv2d.*/bias", ["model"])
            try layouts.set("dense/kernel", [nil, "model"])
            return try ModelParallel(layoutMap: layouts)
        }
        try equal(parallel, resNet, { try Pattern.tensor([8, 32, 32, 3], $0) }, { try ops.oneHot(Tensor(Pattern.classes(8, $0, 10)), 10) })
    }
}
