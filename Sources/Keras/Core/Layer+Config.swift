extension Layer {
    /// All settings: those that every layer has, then the class's own. Keras' `get_config`.
    public func getConfig() -> Config {
        if self is InputLayer || self is KerasOperation { return config }
        if let model = self as? Model, model.graph != nil || self is Sequential { return config }
        return baseConfig.merging(config)
    }

    /// Takes over what every layer has. For layers whose `init(config:)` looks at their own settings only.
    func applyBaseConfig(_ config: Config) throws {
        if let given: String = try config.value("name", default: nil) { name = given }
        if !(self is InputLayer) {
            if let value = config["dtype"], value != .null { dtypePolicy = try DTypePolicy(config: value) }
            if let penalty: Regularizer = try config.function("activity_regularizer") { activityRegularizer = penalty }
        }
        if try !config.value("trainable", default: true) { trainable = false }
    }
}
