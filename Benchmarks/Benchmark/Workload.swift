import Keras

/// One row of the benchmark: a model, data, and a number of steps. The same as in `peers.py`.
struct Workload: Sendable {
    let name: String
    let batch: Int
    /// Steps of one round.
    let steps: Int
    /// Floating-point operations of the matrix products and convolutions of one step.
    let operations: Double
    /// Builds the model and the data of that many steps.
    let prepare: @Sendable (_ steps: Int) throws -> Run

    struct Run {
        /// The first two steps.
        let first: () throws -> Void
        /// One round.
        let whole: () throws -> Void
    }

    static let all = [mlp]

    /// 784-64-64-10, batch 64.
    static let mlp = Workload(
        name: "mlp", batch: 64, steps: 200,
        // Forward, by weights, and by inputs; the first layer needs no gradient by its input.
        operations: 2 * 64 * (3 * Double(784 * 64 + 64 * 64 + 64 * 10) - 784 * 64)
    ) { steps in
        let inputs = Input(shape: [784])
        var x = try Dense(64, activation: .relu)(inputs)
        x = try Dense(64, activation: .relu)(x)
        let model = try Model(inputs: inputs, outputs: Dense(10)(x))
        return try training(model, rows: [784], classes: 10, batch: 64, steps: steps)
    }

    /// Training as a classifier on random numbers: Adam, float32, accuracy as metric.
    private static func training(_ model: Model, rows: [Int], classes: Int, batch: Int, steps: Int) throws -> Run {
        let count = batch * max(2, steps)
        let y = try random.randint([count], minval: 0, maxval: classes).evaluate()
        // Two batches of numbers, again and again: the peak of memory is then training's, not that of making numbers.
        let xFirst = try random.normal([2 * batch] + rows).evaluate()
        let yFirst = try y[0..<2 * batch].evaluate()
        let repeats = [(count + 2 * batch - 1) / (2 * batch)] + rows.map { _ in 1 }
        let x = try ops.tile(xFirst, repeats)[0..<count].evaluate()
        try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        return Run(
            first: { try model.fit(xFirst, yFirst, batchSize: batch, epochs: 1, verbose: .silent) },
            whole: { try model.fit(x, y, batchSize: batch, epochs: 1, verbose: .silent) })
    }
}
