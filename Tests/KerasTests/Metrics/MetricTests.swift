import Testing

@testable import Keras

@Suite(.ownSession) struct MetricTests {
    @Test func everyKnownMetricHasARow() {
        let rows = Set(TrainingFixture.file.metrics.map(\.class))
        for type in Metric.known { #expect(rows.contains(type.registeredName), "\(type.registeredName) has no recorded numbers") }
    }

    @Test func valuesAreKeras() throws {
        for (number, row) in TrainingFixture.file.metrics.enumerated() {
            let type = try #require(Metric.known.first { $0.registeredName == row.class })
            let parts = [try row.true.tensor(), try row.pred.tensor(), try row.weights.tensor()].map { tensor in
                let half = tensor.shape[0] / 2
                return [0..<half, half..<tensor.shape[0]].compactMap { try? TrainingFixture.rowRange(tensor.evaluate(), $0) }
            }
            for (isWeighted, expected) in [(false, row.plain), (true, row.weighted)] {
                let metric = try type.init(config: row.config.config)
                let label = "\(row.class) \(number)\(isWeighted ? ", weighted" : "")"
                for half in 0..<2 { try metric(parts[0][half], parts[1][half], sampleWeight: isWeighted ? parts[2][half] : nil) }
                expectAgree(try metric.result().numbers, expected, tolerance: 5e-6, label)
                try metric.resetState()
                for half in 0..<2 { try metric(parts[0][half], parts[1][half], sampleWeight: isWeighted ? parts[2][half] : nil) }
                expectAgree(try metric.result().numbers, expected, tolerance: 5e-6, "\(label), after a reset")
            }
        }
    }

    @Test func namesAreKeras() throws {
        clearSession()
        for row in TrainingFixture.file.metrics {
            let type = try #require(Metric.known.first { $0.registeredName == row.class })
            #expect(try type.init(config: [:]).name.hasPrefix(row.name), "\(row.class)")
        }
    }

    @Test func configsMakeTheSameMetricAgain() throws {
        for row in TrainingFixture.file.metrics {
            let type = try #require(Metric.known.first { $0.registeredName == row.class })
            let metric = try type.init(config: row.config.config)
            #expect(try type.init(config: metric.config).config == metric.config)
        }
    }

    @Test func accuracyByShapes() throws {
        func kind(_ yTrue: [Int], _ yPred: [Int]) throws -> Metric { try "accuracy".makeMetric().resolved(yTrue, yPred) }
        #expect(try kind([8, 1], [8, 1]) is BinaryAccuracy)
        #expect(try kind([8], [8, 1]) is BinaryAccuracy)
        #expect(try kind([8], [8, 4]) is SparseCategoricalAccuracy)
        #expect(try kind([8, 1], [8, 4]) is SparseCategoricalAccuracy)
        #expect(try kind([8, 4], [8, 4]) is CategoricalAccuracy)
        #expect(try kind([8, 4], [8, 4]).name == "accuracy")
    }

    @Test func unknownName() {
        #expect(message { _ = try "acuracy".makeMetric() } == "There is no metric named \"acuracy\".\nDid you mean \"accuracy\"?")
    }

    @Test func meanAndSum() throws {
        let mean = Mean()
        #expect(try mean.result().item(Float.self) == 0)
        try mean.update(Tensor([1.0, 3, 5]))
        try mean.update(Tensor(7.0))
        #expect(try mean.result().item(Float.self) == 4)
        try mean.resetState()
        try mean.update(Tensor([1.0, 5]), sampleWeight: Tensor([3.0, 1]))
        #expect(try mean.result().item(Float.self) == 2)
        let sum = Sum()
        try sum.update(Tensor([1.0, 3, 5]), sampleWeight: Tensor([1.0, 0, 2]))
        #expect(try sum.result().item(Float.self) == 11)
    }

    @Test func ownMetric() throws {
        let metric = MeanMetric(name: "error") { try ops.abs($0 - $1) }
        try metric(Tensor([1.0, 2]), Tensor([0.0, 4]))
        #expect(try metric.result().item(Float.self) == 1.5)
        #expect(message { _ = try Metric()(Tensor(1.0), Tensor(1.0)) }.hasPrefix("Metric has no update or result."))
    }
}
