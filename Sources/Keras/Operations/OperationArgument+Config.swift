// Arguments of operations to and from the form in which Keras writes them.

extension OperationArgument {
    /// - Parameter write: how a tensor is written.
    func configValue(_ write: (Leaf) -> ConfigValue) -> ConfigValue {
        switch self {
        case .tensor(let leaf): write(leaf)
        case .constant(let constant): constant.configValue
        case .plain(let value): value
        case .slice(let start, let stop, let step): Self.object("__slice__", ["start": start, "stop": stop, "step": step])
        case .ellipsis: Self.object("__ellipsis__", [:])
        case .list(let items): .list(items.map { $0.configValue(write) })
        }
    }

    private static func object(_ className: String, _ config: Config) -> ConfigValue {
        ["class_name": .string(className), "config": .dictionary(config)]
    }

    /// - Parameters:
    ///   - place: where this is, for messages.
    ///   - read: the tensor that a `keras_history` names; `nil` if its call has not been made.
    /// - Returns: `nil` if a tensor is not there yet.
    /// - Throws: `KerasError.invalidConfig`, `.unknownName` for an object that no argument can be.
    init?(_ value: ConfigValue, of place: String, _ read: ([ConfigValue]) throws -> Leaf?) throws {
        switch value {
        case .null, .bool, .int, .double, .string:
            self = .plain(value)
        case .list(let values):
            var items: [Self] = []
            for value in values {
                guard let item = try Self(value, of: place, read) else { return nil }
                items.append(item)
            }
            self = .list(items)
        case .dictionary(let object):
            let config: Config = try object.value("config", default: [:])
            switch try object.string("class_name") {
            case "__keras_tensor__":
                guard let leaf = try read(config.value("keras_history")) else { return nil }
                self = .tensor(leaf)
            case "__slice__":
                self = .slice(start: config["start"] ?? .null, stop: config["stop"] ?? .null, step: config["step"] ?? .null)
            case "__ellipsis__":
                self = .ellipsis
            case let name:
                guard let kind = OperationConstant.Kind(rawValue: name) else {
                    throw KerasError.unknownName(
                        kind: "kind of argument for \(place)", name: name,
                        known: ["__keras_tensor__", "__slice__", "__ellipsis__", "__numpy__", "__tensor__"])
                }
                self = .constant(try OperationConstant(config, kind: kind, of: place))
            }
        }
    }
}

extension OperationConstant {
    /// As Keras writes it: nested lists, and the element type.
    var configValue: ConfigValue {
        let config: Config = ["value": values.nested(tensor.shape[...]), "dtype": .string(tensor.dtype.rawValue)]
        return ["class_name": .string(kind.rawValue), "config": .dictionary(config)]
    }

    private var values: [ConfigValue] {
        // The numbers were computed when the constant was made, so that reading them cannot fail.
        do {
            if tensor.dtype == .bool { return try tensor.array(Bool.self).map { .bool($0) } }
            if tensor.dtype.isInteger { return try tensor.array(Int.self).map { .int($0) } }
            return try tensor.array(Double.self).map { .double($0) }
        } catch {
            return []
        }
    }

    init(_ config: Config, kind: Kind, of place: String) throws {
        let name = try config.string("dtype")
        guard let dtype = DType(rawValue: name) else {
            throw KerasError.unknownName(kind: "element type", name: name, known: DType.allCases.map(\.rawValue))
        }
        guard let numbers = NumberList(config["value"] ?? .null) else {
            throw KerasError.invalidConfig(object: place, reason: "a constant's value is not a number or lists of numbers of one length")
        }
        try self.init(numbers.tensor(dtype: dtype), kind: kind)
    }
}

/// Numbers in nested lists, as JSON has them.
struct NumberList {
    private(set) var shape: [Int] = []
    private(set) var values: [ConfigValue] = []

    /// `nil` for lists of different lengths, and for what is no number.
    init?(_ value: ConfigValue) {
        switch value {
        case .int, .double, .bool:
            values = [value]
        case .list(let items):
            shape = [items.count]
            for (index, item) in items.enumerated() {
                guard let inner = NumberList(item) else { return nil }
                if index == 0 { shape += inner.shape }
                guard shape.dropFirst() == inner.shape[...] else { return nil }
                values += inner.values
            }
        case .null, .string, .dictionary:
            return nil
        }
    }

    /// - Parameter dtype: `nil`: int32 for whole numbers, bool for truth values, else `floatx()`.
    func tensor(dtype: DType? = nil) throws -> Tensor {
        let truths = values.compactMap { value -> Bool? in if case .bool(let truth) = value { truth } else { nil } }
        if truths.count == values.count, !truths.isEmpty { return try Tensor(truths, shape: shape, dtype: dtype) }
        let whole = values.compactMap { value -> Int? in if case .int(let number) = value { number } else { nil } }
        if whole.count == values.count { return try Tensor(whole, shape: shape, dtype: dtype) }
        let numbers = values.map { value -> Double in
            if case .bool(let truth) = value { return truth ? 1 : 0 }
            return Double(configValue: value) ?? .nan
        }
        return try Tensor(numbers, shape: shape, dtype: dtype)
    }
}

extension [ConfigValue] {
    /// The values in lists of the given sizes, outermost first.
    fileprivate func nested(_ shape: ArraySlice<Int>) -> ConfigValue {
        guard let size = shape.first else { return first ?? .null }
        let inner = shape.dropFirst()
        let step = inner.reduce(1, *)
        return .list((0..<size).map { index in
            let from = Swift.min(index * step, count), to = Swift.min(from + step, count)
            return Array(self[from..<to]).nested(inner)
        })
    }
}
