// Arguments of operations in the form in which Keras writes settings.

extension DType: ConfigConvertible {
    public static var configKind: String { "the name of an element type" }
    public init?(configValue: ConfigValue) {
        guard case .string(let name) = configValue, let dtype = DType(rawValue: name) else { return nil }
        self = dtype
    }
    public var configValue: ConfigValue { .string(rawValue) }
}

extension SpatialSizes {
    var configValue: ConfigValue { sizes.count == 1 ? .int(sizes[0]) : sizes.configValue }

    /// A number for each of `count` axes, where Keras' operation takes no single one.
    func list(_ count: Int) -> ConfigValue {
        sizes.count == 1 && count > 1 ? [Int](repeating: sizes[0], count: count).configValue : sizes.configValue
    }
}

extension SpatialSizes? {
    var configValue: ConfigValue { self?.configValue ?? .null }
}

extension DataFormat? {
    /// Keras writes the format that holds where the call is drawn.
    var configValue: ConfigValue { .string((self ?? imageDataFormat()).rawValue) }
}

extension ScatterReduction {
    var configValue: ConfigValue { Self.kerasNames.first { $0.reduction == self }?.name.configValue ?? .null }
}
