import Testing

@testable import Keras

@Suite(.serialized, .ownSession) struct OptimizerTests {
    private func variables() throws -> [Variable] {
        let kernel = try Variable(TrainingFixture.pattern([3, 2], 40), name: "kernel")
        kernel.path = "dense/kernel"
        let bias = try Variable(TrainingFixture.pattern([2], 41), name: "bias")
        bias.path = "dense/bias"
        return [kernel, bias]
    }

    private func gradients(_ step: UInt64) throws -> [Tensor] {
        [try TrainingFixture.pattern([3, 2], 50 + step), try TrainingFixture.pattern([2], 60 + step)]
    }

    @Test func everyKnownOptimizerHasARow() {
        let rows = Set(TrainingFixture.file.optimizers.map(\.class))
        for type in Optimizer.known { #expect(rows.contains(type.registeredName), "\(type.registeredName) has no recorded numbers") }
    }

    @Test(arguments: [false, true]) func stepsAreKeras(traced: Bool) throws {
        for (number, row) in TrainingFixture.file.optimizers.enumerated() {
            let type = try #require(Optimizer.known.first { $0.registeredName == row.class })
            let optimizer = try type.init(config: row.config.config)
            let variables = try variables()
            try optimizer.build(variables)
            let step = TracedFunction { try optimizer.apply($0, to: variables); return [] }
            for number in 0..<7 {
                let gradients = try gradients(UInt64(number))
                if traced { _ = try step(gradients) } else { try optimizer.apply(gradients, to: variables) }
            }
            let label = "\(row.class) \(number)"
            for (variable, expected) in zip(variables, row.weights) {
                expectAgree(try variable.value.numbers, expected, tolerance: 2e-6, "\(label) \(variable.path)")
            }
            #expect(optimizer.variables.map(\.path) == row.variables.map(\.path), "\(label)")
            for (variable, expected) in zip(optimizer.variables, row.variables) {
                expectAgree(try variable.value.numbers, expected.values, tolerance: 2e-6, "\(label) \(variable.path)")
            }
        }
    }

    @Test func configsAreKeras() throws {
        for row in TrainingFixture.file.optimizers {
            let type = try #require(Optimizer.known.first { $0.registeredName == row.class })
            let config = try type.init(config: row.config.config).config
            for entry in row.config.config.entries {
                if let expected = Double(configValue: entry.value), let got = config[entry.key].flatMap(Double.init(configValue:)) {
                    #expect(abs(got - expected) <= 1e-6 * max(1, abs(expected)), "\(row.class) \(entry.key)")
                } else {
                    #expect(config[entry.key] == entry.value, "\(row.class) \(entry.key)")
                }
            }
            #expect(config.keys.count == row.config.config.keys.count)
        }
    }

    @Test func schedulesAreKeras() throws {
        let rows = Set(TrainingFixture.file.schedules.map(\.class))
        for type in LearningRateSchedules.known { #expect(rows.contains(type.registeredName)) }
        for (number, row) in TrainingFixture.file.schedules.enumerated() {
            let type = try #require(LearningRateSchedules.known.first { $0.registeredName == row.class })
            let schedule = try type.init(config: row.config.config)
            expectAgree(try row.steps.map { try schedule($0) }, row.values, tolerance: 1e-6, "\(row.class) \(number)")
            #expect(try type.init(config: schedule.config).config == schedule.config)
        }
    }

    @Test func schedulesInConfigs() throws {
        let optimizer = try SGD(ExponentialDecay(initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5))
        let again = try SGD(config: optimizer.config)
        #expect(again.config["learning_rate"] == optimizer.config["learning_rate"])
        #expect(optimizer.variables.map(\.name) == ["iteration"])
        #expect(message { try optimizer.setLearningRate(0.1) }.contains("was made with a schedule"))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -0.1]) func badLearningRates(rate: Double) throws {
        let text = "A learning rate is a finite number, 0 or more; it got \(rate)."
        #expect(message { _ = try SGD(rate) } == text)
        #expect(message { _ = try Adam(rate) } == text)
        #expect(message { _ = try AdamW(rate) } == text)
        #expect(message { _ = try RMSprop(rate) } == text)
        #expect(message { try Adam().setLearningRate(rate) } == text)
        #expect(message { _ = try ExponentialDecay(initialLearningRate: rate, decaySteps: 1, decayRate: 1) } == text)
    }

    @Test func badOptions() {
        #expect(message { _ = try SGD(momentum: 1.5) } == "SGD needs momentum to be within 0 … 1; it got 1.5.")
        #expect(message { _ = try Adam(beta1: 1) } == "Adam needs beta1 to be 0 or more and below 1; it got 1.0.")
        #expect(message { _ = try RMSprop(epsilon: .nan) } == "RMSprop needs epsilon to be a finite number, 0 or more; it got nan.")
        #expect(message { _ = try SGD(options: OptimizerOptions(clipnorm: 1, clipvalue: 1)) } == "the optimizer needs clipnorm, clipvalue to be only one of them; it got 2.")
        #expect(message { _ = try SGD(options: OptimizerOptions(gradientAccumulationSteps: 1)) } == "the optimizer needs gradientAccumulationSteps to be 2 or more; it got 1.")
        #expect(message { _ = try ExponentialDecay(initialLearningRate: 1, decaySteps: 0, decayRate: 1) } == "ExponentialDecay needs decaySteps to be 1 or more; it got 0.")
    }

    @Test func names() throws {
        #expect(try "rmsprop".makeOptimizer() is RMSprop)
        #expect(try "AdamW".makeOptimizer() is AdamW)
        #expect(message { _ = try "adm".makeOptimizer() } == "There is no optimizer named \"adm\".\nDid you mean \"adam\"?")
    }

    @Test func unknownVariablesAndCounts() throws {
        let variables = try variables()
        let optimizer = try SGD()
        try optimizer.apply(gradients(0), to: variables)
        let other = try Variable(Tensor(1.0), name: "other")
        #expect(message { try optimizer.apply([Tensor(1.0)], to: [other]) }.contains("was not built with the variable \"other\""))
        #expect(message { try optimizer.apply([Tensor(1.0)], to: variables) } == "apply takes one gradient for each variable; it got 1 gradients for 2 variables.")
        #expect(message { try optimizer.apply([Tensor(1.0), Tensor(1.0)], to: variables) }.contains("is to have its shape [3, 2]; it has []"))
    }

    @Test func learningRateCanBeChanged() throws {
        let variable = try Variable(Tensor([1.0]), name: "v")
        let optimizer = try SGD(0.5)
        try optimizer.apply([Tensor([1.0])], to: [variable])
        try optimizer.setLearningRate(0.25)
        try optimizer.apply([Tensor([1.0])], to: [variable])
        #expect(try variable.value.array(Float.self) == [0.25])
        #expect(try optimizer.learningRate == 0.25)
        #expect(try optimizer.iterations.value.item(Int.self) == 2)
    }

    @Test func weightDecayExclusion() throws {
        let variables = try variables()
        let before = try variables.map { try $0.value.numbers }
        let optimizer = try AdamW(0.1, weightDecay: 0.5)
        try optimizer.excludeFromWeightDecay(names: ["bias"])
        try optimizer.apply([ops.zeros([3, 2]), ops.zeros([2])], to: variables)
        expectAgree(try variables[0].value.numbers, before[0].map { $0 * 0.95 })
        expectAgree(try variables[1].value.numbers, before[1])
        #expect(message { try optimizer.excludeFromWeightDecay() }.contains("has its variables already"))
    }
}
