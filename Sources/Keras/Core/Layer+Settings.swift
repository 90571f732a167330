extension Layer {
    /// A weight that `build` made.
    ///
    /// - Throws: `KerasError.notBuilt` where `call` is called by hand before.
    func weight(_ variable: Variable?) throws -> Variable {
        guard let variable else { throw KerasError.notBuilt(place, action: "calling it") }
        return variable
    }
}

extension Config {
    /// The element type that a loss or metric computes in: a name, or a dtype policy.
    func elementType() throws -> DType? {
        guard let value = self["dtype"], value != .null else { return nil }
        return try DTypePolicy(config: value).computeDType
    }

    /// One axis, or a list of them.
    func axes(_ key: String, default fallback: [Int]) throws -> [Int] {
        switch self[key] {
        case nil, .null: fallback
        case .list: try ints(key)
        default: [try int(key)]
        }
    }

    /// Keras writes a single axis as a number.
    static func axesValue(_ axes: [Int]) -> ConfigValue { axes.count == 1 ? .int(axes[0]) : axes.configValue }

    func dataFormat() throws -> DataFormat {
        guard let name: String = try value("data_format", default: nil) else { return imageDataFormat() }
        guard let format = DataFormat(rawValue: name) else {
            throw KerasError.unknownName(kind: "data format", name: name, known: DataFormat.allCases.map(\.rawValue))
        }
        return format
    }
}
