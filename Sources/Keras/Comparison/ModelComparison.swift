/// Goes through two models side by side and collects what differs.
struct ModelComparison {
    private(set) var difference = ModelDifference()
    private let tolerance: Double
    /// Layers of the first model that were compared: a shared one is met several times.
    private var seen: Set<ObjectIdentifier> = []

    init(tolerance: Double) { self.tolerance = tolerance }

    mutating func compare(_ first: Model, _ second: Model) throws {
        if first.name != second.name { difference.architecture.append(.init(path: "name", first: first.name, second: second.name)) }
        try compare(first, second, path: "")
        guard first.isCompiled || second.isCompiled else { return }
        guard first.isCompiled, second.isCompiled else {
            difference.compile.append(.init(path: "compiled", first: "\(first.isCompiled)", second: "\(second.isCompiled)"))
            return
        }
        difference.compile += ConfigComparison.differences(try compileSettings(of: first), try compileSettings(of: second), path: "")
        guard let a = first.optimizer, let b = second.optimizer, type(of: a) == type(of: b) else { return }
        try compare(a.variables, b.variables)
    }

    /// Without the optimizer's name, which counts up and is good for nothing.
    private func compileSettings(of model: Model) throws -> ConfigValue {
        var settings = try CompileConfig.config(of: model)
        if case .dictionary(var optimizer)? = settings["optimizer"], case .dictionary(var config)? = optimizer["config"] {
            config["name"] = nil
            optimizer["config"] = .dictionary(config)
            settings["optimizer"] = .dictionary(optimizer)
        }
        return .dictionary(settings)
    }

    // MARK: Layers

    private mutating func compare(_ first: Layer, _ second: Layer, path: String) throws {
        guard seen.insert(ObjectIdentifier(first)).inserted else { return }
        guard type(of: first) == type(of: second), (first as? KerasOperation)?.className == (second as? KerasOperation)?.className else {
            difference.architecture.append(.init(path: path, first: first.shownClass, second: second.shownClass))
            return compare(only: first.weights, second.weights)
        }
        difference.architecture += ConfigComparison.differences(settings(of: first), settings(of: second), path: path)
        guard let a = first as? Model, let b = second as? Model else { return try compare(first.weights, second.weights) }
        try compare(a.directWeights, b.directWeights)
        try compareMembers(a, b, path: path)
    }

    /// What is not a matter of the layers inside.
    private func settings(of layer: Layer) -> ConfigValue {
        var config = layer.getConfig()
        let elsewhere = layer is Model ? ["name", "layers", "input_layers", "output_layers"] : ["name"]
        for key in elsewhere { config[key] = nil }
        return .dictionary(config)
    }

    private mutating func compareMembers(_ first: Model, _ second: Model, path: String) throws {
        let pairing = LayerPairing(Self.members(of: first), Self.members(of: second))
        for (a, b) in pairing.pairs {
            let place = ConfigComparison.join(path, a.name)
            if a.name != b.name {
                difference.architecture.append(.init(path: ConfigComparison.join(place, "name"), first: a.name, second: b.name))
            }
            try compare(a, b, path: place)
        }
        func only(_ layer: Layer, first: Bool) {
            let place = ConfigComparison.join(path, layer.name)
            difference.architecture.append(.init(path: place, first: first ? layer.shownClass : nil, second: first ? nil : layer.shownClass))
        }
        for layer in pairing.first { only(layer, first: true) }
        for layer in pairing.second { only(layer, first: false) }
        compare(only: pairing.first.flatMap(\.weights), pairing.second.flatMap(\.weights))
        if first is Sequential {
            compareOrder(pairing, second, path)
        } else if first.graph != nil, second.graph != nil {
            difference.architecture += Connections(first).differences(Connections(second), pairing, path: path)
        }
    }

    private static func members(of model: Model) -> [Layer] {
        let operations = model.operations
        return operations + model.sublayers.filter { layer in !operations.contains { $0 === layer } }
    }

    private mutating func compareOrder(_ pairing: LayerPairing, _ second: Model, _ path: String) {
        let members = Self.members(of: second)
        let here = pairing.pairs.map(\.first.name)
        let there = members.compactMap { layer in pairing.pairs.first { $0.second === layer }?.first.name }
        if here == there { return }
        func text(_ names: [String]) -> String { names.configValue.json() }
        difference.architecture.append(.init(path: ConfigComparison.join(path, "layers"), first: text(here), second: text(there)))
    }

    // MARK: Weights

    private mutating func compare(only first: [Variable], _ second: [Variable]) {
        difference.weights += first.map { .init(path: $0.path, kind: .onlyInFirst) }
        difference.weights += second.map { .init(path: $0.path, kind: .onlyInSecond) }
    }

    /// By position, or by name where there are more of them in one model.
    private mutating func compare(_ first: [Variable], _ second: [Variable]) throws {
        if first.count == second.count {
            for (a, b) in zip(first, second) { try compare(a, b) }
            return
        }
        var rest = second
        var alone: [Variable] = []
        for a in first {
            guard let index = rest.firstIndex(where: { $0.name == a.name }) else {
                alone.append(a)
                continue
            }
            try compare(a, rest.remove(at: index))
        }
        compare(only: alone, rest)
    }

    private mutating func compare(_ first: Variable, _ second: Variable) throws {
        guard first.shape == second.shape else {
            difference.weights.append(.init(path: first.path, kind: .shape(first.shape, second.shape)))
            return
        }
        let gap = try NumberGap(first.rawValue, second.rawValue, tolerance: tolerance)
        if gap.differing == 0 {
            difference.equalWeights += 1
        } else {
            let kind = ModelDifference.Weight.Kind.values(largest: gap.largest, differing: gap.differing, count: gap.count)
            difference.weights.append(.init(path: first.path, kind: kind))
        }
    }
}
