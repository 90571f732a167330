import Keras

/// How our own time grows: with the batch, with the length of sequences, with the number of layers.
enum Growth: String, CaseIterable {
    case batch, length, depth

    private var sizes: [Int] {
        switch self {
        case .batch: [8, 16, 32, 64, 128, 256, 512, 1024]
        case .length: [50, 100, 200, 400, 800]
        case .depth: [10, 20, 50, 100, 200]
        }
    }

    /// What the time of a step is divided by.
    private var unit: String {
        switch self {
        case .batch: "sample"
        case .length: "time step"
        case .depth: "layer"
        }
    }

    /// One line for each size.
    func measure() throws {
        for size in sizes {
            let workload = workload(size), clock = ContinuousClock()
            var run: Workload.Run?
            var build = try clock.measure { run = try workload.prepare(workload.steps) }
            guard let run else { continue }
            build += try clock.measure(run.first)
            let rounds = try (0..<Benchmark.rounds).map { _ in try clock.measure(run.whole) }
            guard let least = rounds.min() else { continue }
            Report.growth(self.rawValue, unit: unit, size: size, first: build, step: least / workload.steps)
        }
    }

    private func workload(_ size: Int) -> Workload {
        switch self {
        case .batch:
            Workload.classifier("mlp", batch: size, steps: 16_384 / size, { try Models.mlp(width: 64) }) { try Numbers.floats($0, 784) }
        case .length:
            Workload.classifier("lstm", batch: 32, steps: 4, { try Models.lstm(length: size) }) { try Numbers.words($0, length: size) }
        case .depth:
            Workload.classifier("residual", batch: 16, steps: 4, { try Models.residual(depth: size) }) { try Numbers.floats($0, 16, 16, 16) }
        }
    }
}
