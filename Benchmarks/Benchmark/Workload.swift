import GuideModels
import Keras

/// One row of the benchmark: a model, data, and a number of steps. The same as in `peers.py`.
struct Workload: Sendable {
    let name: String
    let batch: Int
    /// Steps of one round.
    let steps: Int
    /// Builds the model and the data of that many steps.
    let prepare: @Sendable (_ steps: Int) throws -> Run

    struct Run {
        let model: Model
        let isTraining: Bool
        /// The first two steps.
        let first: () throws -> Void
        /// One round.
        let whole: () throws -> Void
    }

    static let all = [
        classifier("mlp", batch: 64, steps: 200, { try Models.mlp(width: 64) }) { try Numbers.floats($0, 784) },
        classifier("wide_mlp", batch: 128, steps: 50, { try Models.mlp(width: 1024) }) { try Numbers.floats($0, 784) },
        classifier("toy_resnet", batch: 64, steps: 10, { try GuideModels.toyResNet() }) { try Numbers.floats($0, 32, 32, 3) },
        autoencoder,
        classifier("lstm", batch: 32, steps: 20, { try Models.lstm(length: 100) }) { try Numbers.words($0, length: 100) },
        router,
        classifier("transformer", batch: 32, steps: 10, Models.transformer) { try Numbers.words($0, length: 128) },
        classifier("resnet50", batch: 16, steps: 6, Models.resnet50) { try Numbers.floats($0, 64, 64, 3) },
        prediction("vgg19_predict", batch: 8, [224, 224, 3]) { try VGG19(weights: nil) },
        prediction("resnet50_predict", batch: 8, [224, 224, 3]) { try ResNet50(weights: nil) },
        prediction("mlp_predict_one", batch: 1, [784]) { try Models.mlp(width: 64) },
    ]

    // MARK: Rows with data of their own

    private static let autoencoder = Workload(name: "autoencoder", batch: 64, steps: 20) { steps in
        let model = try GuideModels.autoencoder()
        try model.compile(optimizer: .adam(), loss: .meanSquaredError())
        let images = try Numbers.floats(64 * steps, 28, 28, 1)
        return try training(model, [images], [images], batch: 64)
    }

    private static let router = Workload(name: "router", batch: 32, steps: 20) { steps in
        let model = try Models.router(), count = 32 * steps
        try model.compile(
            optimizer: .adam(), loss: [.binaryCrossentropy(fromLogits: true), .categoricalCrossentropy(fromLogits: true)])
        let (titles, bodies) = try (Numbers.words(count, length: 10), Numbers.words(count, length: 100))
        let priorities = try random.uniform([count, 1]).evaluate()
        let departments = try ops.oneHot(random.randint([count], minval: 0, maxval: 4), 4).evaluate()
        return try training(model, [titles, bodies, Numbers.floats(count, 12)], [priorities, departments], batch: 32)
    }

    // MARK: Kinds of rows

    /// Training to tell ten classes apart: Adam, float32, accuracy as metric.
    static func classifier(
        _ name: String, batch: Int, steps: Int, _ make: @escaping @Sendable () throws -> Model,
        _ inputs: @escaping @Sendable (_ count: Int) throws -> Tensor
    ) -> Workload {
        Workload(name: name, batch: batch, steps: steps) { steps in
            let model = try make(), count = batch * steps
            try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
            return try training(model, [inputs(count)], [Numbers.classes(count)], batch: batch)
        }
    }

    /// Training for an epoch of `fit` at a time.
    private static func training(_ model: Model, _ x: [Tensor], _ y: [Tensor], batch: Int) throws -> Run {
        func head(_ tensors: [Tensor]) throws -> [Tensor] {
            try tensors.map { try $0[0..<min(2 * batch, $0.shape[0])].evaluate() }
        }
        let (xFirst, yFirst) = try (head(x), head(y))
        return Run(
            model: model, isTraining: true,
            first: { try model.fit(xFirst, yFirst, batchSize: batch, epochs: 1, verbose: .silent) },
            whole: { try model.fit(x, y, batchSize: batch, epochs: 1, verbose: .silent) })
    }

    /// One call of `predict` with one batch.
    private static func prediction(
        _ name: String, batch: Int, _ shape: [Int], _ make: @escaping @Sendable () throws -> Model
    ) -> Workload {
        Workload(name: name, batch: batch, steps: 1) { _ in
            let model = try make()
            let x = try Numbers.floats(batch, shape)
            let predict = { _ = try model.predict(x, batchSize: batch, verbose: .silent) as Tensor }
            return Run(model: model, isTraining: false, first: predict, whole: predict)
        }
    }
}

extension Workload.Run {
    /// Floating-point operations of the matrix products and convolutions of one step.
    ///
    /// Training is the way forward three times: forward, by weights, by inputs. Layers with nothing to learn before them need no
    /// gradient by inputs.
    func operations(batch: Int) throws -> Double {
        let cost = try model.cost(batchSize: batch)
        guard isTraining else { return Double(cost.flops) }
        var result = 3 * Double(cost.flops)
        var learned: Set<KerasTensor> = []
        for layer in model.layers {
            guard let node = layer.inboundNodes.first else { continue }
            let isFirst = learned.isDisjoint(with: node.inputTensors)
            if isFirst { result -= Double(cost.of(layer)?.flops ?? 0) }
            if !isFirst || !layer.trainableVariables.isEmpty { learned.formUnion(node.outputTensors) }
        }
        return result
    }
}
