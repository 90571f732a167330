extension Optimizer {
    /// The learning rate of the next update.
    public var learningRate: Double {
        get throws { Double(try learningRateTensor().item(Float.self)) }
    }

    /// Changes the learning rate, between or during epochs.
    ///
    /// - Throws: `KerasError.training(.learningRate)` for a rate that is NaN, infinite or negative;
    ///   `.learningRateIsScheduled` for an optimizer that was made with a schedule.
    public func setLearningRate(_ rate: Double) throws {
        try Optimizer.check(rate: rate)
        guard let variable = learningRateVariable else { throw KerasError.training(.learningRateIsScheduled(name)) }
        try variable.assign(Tensor(Float(rate)))
    }

    /// Replaces the learning rate by a schedule.
    ///
    /// The variable `learning_rate` stays among the optimizer's variables, so that files keep their order.
    public func setLearningRate(_ schedule: any LearningRateSchedule) {
        self.schedule = schedule
    }

    /// The learning rate as the step computes it: float32 scalar.
    func learningRateTensor() throws -> Tensor {
        if let schedule { return try schedule.rate(at: iterations.value) }
        guard let variable = learningRateVariable else { throw KerasError.training(.learningRateIsScheduled(name)) }
        return variable.value
    }

    var learningRateConfig: ConfigValue {
        if let schedule {
            return LearningRateSchedules.configValue(schedule)
        }
        return (try? learningRate).map(ConfigValue.double) ?? .null
    }

    static func check(rate: Double) throws {
        guard rate.isFinite, rate >= 0 else { throw KerasError.training(.learningRate(rate)) }
    }
}
