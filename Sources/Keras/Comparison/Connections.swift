/// What the layers of a graph are called on.
struct Connections {
    private let calls: [String: ConfigValue]
    private let ends: [(name: String, value: ConfigValue)]

    init(_ model: Model) {
        let config = model.getConfig()
        let layers: [Config] = (try? config.value("layers")) ?? []
        calls = layers.reduce(into: [:]) { calls, layer in
            if case .string(let name)? = layer["name"] { calls[name] = layer["inbound_nodes"].map(Self.short) }
        }
        ends = [("inputs", config["input_layers"] ?? .null), ("outputs", config["output_layers"] ?? .null)]
    }

    /// Shows each connection that differs by the places that it comes from; where those are the same, by what differs beside them.
    func differences(_ other: Connections, _ pairing: LayerPairing, path: String) -> [ModelDifference.Setting] {
        var found: [ModelDifference.Setting] = []
        for (a, b) in pairing.pairs {
            let first = calls[a.name] ?? .null, second = renamed(other.calls[b.name] ?? .null, pairing)
            if first == second { continue }
            let place = ConfigComparison.join(path, a.name)
            let sources = (Self.sources(first).joined(separator: ", "), Self.sources(second).joined(separator: ", "))
            if sources.0 != sources.1 {
                found.append(.init(path: ConfigComparison.join(place, "called on"), first: sources.0, second: sources.1))
            } else {
                found += ConfigComparison.differences(first, second, path: ConfigComparison.join(place, "calls"))
            }
        }
        for (a, b) in zip(ends, other.ends) {
            found += ConfigComparison.differences(a.value, renamed(b.value, pairing), path: ConfigComparison.join(path, a.name))
        }
        return found
    }

    /// With places in short: their shapes follow from elsewhere.
    private static func short(_ value: ConfigValue) -> ConfigValue {
        switch value {
        case .list(let items): return .list(items.map(short))
        case .dictionary(let config):
            if config["class_name"] == "__keras_tensor__", case .dictionary(let place)? = config["config"] {
                return ["place": place["keras_history"] ?? .null]
            }
            return .dictionary(config.entries.reduce(into: Config()) { $0[$1.key] = short($1.value) })
        case .null, .bool, .int, .double, .string: return value
        }
    }

    /// With the first model's names: the first of three in a place.
    private func renamed(_ value: ConfigValue, _ pairing: LayerPairing) -> ConfigValue {
        switch value {
        case .list(let items):
            if items.count == 3, case (.string(let name), .int, .int) = (items[0], items[1], items[2]) {
                return [.string(pairing.name(name)), items[1], items[2]]
            }
            return .list(items.map { renamed($0, pairing) })
        case .dictionary(let config): return .dictionary(config.entries.reduce(into: Config()) { $0[$1.key] = renamed($1.value, pairing) })
        case .null, .bool, .int, .double, .string: return value
        }
    }

    /// `dense[0][0]` for each place, in order.
    private static func sources(_ value: ConfigValue) -> [String] {
        switch value {
        case .list(let items): return items.flatMap(sources)
        case .dictionary(let config):
            if case .list(let items)? = config["place"], items.count == 3, case .string(let name) = items[0] {
                return ["\(name)[\(items[1].json())][\(items[2].json())]"]
            }
            return config.entries.flatMap { sources($0.value) }
        case .null, .bool, .int, .double, .string: return []
        }
    }
}
