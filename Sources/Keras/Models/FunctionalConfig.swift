/// A graph of layers to and from the layout in which Keras writes it.
enum FunctionalConfig {
    // MARK: Writing

    static func config(of graph: FunctionalGraph, name: String, trainable: Bool) -> Config {
        let numbering = NodeNumbering(graph)
        var layers: [ConfigValue] = []
        for layer in graph.layers {
            let nodes = numbering.nodes(of: layer).compactMap { numbering.value(of: $0) }
            var object = LayerConfig.object(of: layer)
            object.extra["name"] = .string(layer.name)
            object.extra["inbound_nodes"] = .list(nodes)
            layers.append(object.value)
        }
        return [
            "name": .string(name), "trainable": .bool(trainable), "layers": .list(layers),
            "input_layers": value(of: graph.inputStructure, numbering), "output_layers": value(of: graph.outputStructure, numbering),
        ]
    }

    private static func value(of tensors: Structure<KerasTensor>, _ numbering: NodeNumbering) -> ConfigValue {
        switch tensors {
        case .one(let tensor): numbering.endpoint(tensor)
        case .list(let items): .list(items.map { value(of: $0, numbering) })
        case .dictionary(let entries): .dictionary(entries.reduce(into: Config()) { $0[$1.key] = value(of: $1.value, numbering) })
        }
    }

    /// The numbers of a model's calls: a layer's calls outside the model do not count.
    private struct NodeNumbering {
        private var members: Set<LayerNode>

        init(_ graph: FunctionalGraph) { members = Set(graph.nodes) }

        func nodes(of layer: Layer) -> [LayerNode] { layer.inboundNodes.filter(members.contains) }

        private func number(of node: LayerNode) -> Int {
            (0..<node.index).count { members.contains(LayerNode(layer: node.layer, index: $0)) }
        }

        /// An end of the model. Keras counts a nested functional model's own graph as its call 0 here.
        func endpoint(_ tensor: KerasTensor) -> ConfigValue {
            guard let history = tensor.history, let node = tensor.node else { return .null }
            let offset = FunctionalConfig.isFunctional(history.layer) ? 1 : 0
            return [.string(history.layer.name), .int(number(of: node) + offset), .int(history.tensorIndex)]
        }

        func value(of node: LayerNode) -> ConfigValue? {
            if node.isInput { return nil }
            let arguments = node.record.arguments
            if let form = arguments.form {
                let tensors = arguments.inputs.leaves.map { value(of: $0) }
                let keywords = form.keywords.reduce(into: Config()) { $0[$1.name] = $1.value.configValue { tensors[$0] } }
                return ["args": .list(form.positional.map { $0.configValue { tensors[$0] } }), "kwargs": .dictionary(keywords)]
            }
            var keywords = Config()
            if let training = arguments.training ?? (arguments.filled.contains(.training) ? false : nil) { keywords["training"] = .bool(training) }
            for (name, tensors) in arguments.keywords { keywords[name] = value(of: tensors) }
            if arguments.filled.contains(.mask), keywords["mask"] == nil { keywords["mask"] = value(of: arguments.inputs.flatMap { _ in .list([]) }) }
            var positional = [value(of: arguments.inputs)]
            for name in node.layer.writesPositionally ? node.layer.positionalKeywords : [] {
                guard let tensors = keywords.removeValue(for: name) else { break }
                positional.append(tensors)
            }
            return ["args": .list(positional), "kwargs": .dictionary(keywords.merging(arguments.options))]
        }

        private func value(of tensors: Structure<KerasTensor>) -> ConfigValue {
            switch tensors {
            case .one(let tensor): value(of: tensor)
            // Nothing given: a mask for the second of two inputs alone is [null, mask].
            case .list(let items): items.isEmpty ? .null : .list(items.map { value(of: $0) })
            case .dictionary(let entries): .dictionary(entries.reduce(into: Config()) { $0[$1.key] = value(of: $1.value) })
            }
        }

        private func value(of tensor: KerasTensor) -> ConfigValue {
            guard let history = tensor.history, let node = tensor.node else { return .null }
            let config: Config = [
                "shape": tensor.shape.configValue, "dtype": .string(tensor.dtype.rawValue),
                "keras_history": [.string(history.layer.name), .int(number(of: node)), .int(history.tensorIndex)],
            ]
            return ["class_name": "__keras_tensor__", "config": .dictionary(config)]
        }
    }

    static func isFunctional(_ layer: Layer) -> Bool { layer is Model && !(layer is Sequential) && (layer as? Model)?.graph != nil }

    // MARK: Reading

    /// Makes the layers, calls them as the config says, and gives the places where the model starts and ends.
    ///
    /// - Throws: `KerasError.cycle`, `.invalidConfig`, and what the layers throw.
    static func places(_ config: Config, model: String) throws -> (inputs: Structure<KerasTensor>, outputs: Structure<KerasTensor>) {
        let reader = try Reader(config, model: model)
        return (try reader.endpoints(config, "input_layers"), try reader.endpoints(config, "output_layers"))
    }

    private final class Reader {
        private let model: String
        private var layers: [String: Layer] = [:]
        /// How often each layer was called before: one that models share has calls in another's graph.
        private var callsBefore: [String: Int] = [:]
        /// The layer whose call the latest arguments wait for.
        private var missing: String?

        init(_ config: Config, model: String) throws {
            self.model = model
            var pending: [(layer: Layer, calls: [Config])] = []
            let objects: [Config] = try config.value("layers")
            for object in objects {
                let layer = try LayerConfig.layer(from: object)
                if let name: String = try object.value("name", default: nil) { layer.name = name }
                guard layers.updateValue(layer, forKey: layer.name) == nil else {
                    throw invalid("it has two layers named \"\(layer.name)\"")
                }
                callsBefore[layer.name] = layer is InputLayer ? 0 : layer.records.count
                let calls: [Config] = try object.value("inbound_nodes", default: [])
                if !calls.isEmpty { pending.append((layer, calls)) }
            }
            try call(&pending)
        }

        /// Calls layers as soon as what they need is there; a shared layer may stand at several depths.
        private func call(_ pending: inout [(layer: Layer, calls: [Config])]) throws {
            let place = CallPlace(fileID: "config of \"\(model)\"", line: 0)
            var done = pending.map { _ in 0 }
            // Who waits for a layer, and whose turn it is.
            var waiting: [String: [Int]] = [:]
            var turn = Array(pending.indices.reversed())
            while let index = turn.popLast() {
                let (layer, calls) = pending[index]
                while done[index] < calls.count {
                    missing = nil
                    guard let arguments = try arguments(calls[done[index]], of: layer) else { break }
                    try layer.draw(arguments, at: place)
                    done[index] += 1
                    turn += waiting.removeValue(forKey: layer.name) ?? []
                }
                if done[index] < calls.count, let missing { waiting[missing, default: []].append(index) }
            }
            let stuck = pending.indices.filter { done[$0] < pending[$0].calls.count }
            if !stuck.isEmpty { throw KerasError.cycle(model: model, layers: stuck.map { pending[$0].layer.name }) }
        }

        /// What a call is made with; `nil` while something it needs is not there.
        private func arguments(_ call: Config, of layer: Layer) throws -> CallArguments<KerasTensor>? {
            if layer is KerasOperation { return try arguments(call, ofOperation: layer.kindAndName) }
            var given: [ConfigValue] = try call.value("args")
            var named = try call.value("kwargs", default: Config())
            if given.isEmpty, let inputs = named.removeValue(for: layer.inputsKeyword) { given = [inputs] }
            if given.first == .null { throw invalid("a call of \(layer.kindAndName) is given nothing") }
            guard !given.isEmpty, given.count <= 1 + layer.positionalKeywords.count else {
                let known = 1 + layer.positionalKeywords.count
                throw invalid("a call of \(layer.kindAndName) has \(given.count) positional arguments where \(known) are known")
            }
            for (name, value) in zip(layer.positionalKeywords, given.dropFirst()) { named[name] = value }
            guard let inputs = try structure(given[0]) else { return nil }
            var arguments = CallArguments(inputs: inputs)
            for entry in named.entries {
                switch entry.value {
                // Keras writes false for calls that were not told; how the model is called decides.
                case .bool(let flag) where entry.key == "training":
                    if flag { arguments.training = true } else { arguments.filled.insert(.training) }
                case .bool, .int, .double, .string: arguments.options[entry.key] = entry.value
                default:
                    guard let tensors = try structure(entry.value) else { return nil }
                    if tensors.leafCount > 0 { arguments.keywords.append((name: entry.key, value: tensors)) }
                    if entry.key == "mask" { arguments.filled.insert(.mask) }
                }
            }
            return arguments
        }

        /// The same for an operation, whose arguments may be constants.
        private func arguments(_ call: Config, ofOperation place: String) throws -> CallArguments<KerasTensor>? {
            func argument(_ value: ConfigValue) throws -> OperationArgument<KerasTensor>? {
                try OperationArgument(value, of: place) { try tensor($0, functionalOffset: 0) }
            }
            var positional: [OperationArgument<KerasTensor>] = []
            let given: [ConfigValue] = try call.value("args")
            for value in given {
                guard let next = try argument(value) else { return nil }
                positional.append(next)
            }
            var keywords: [(name: String, value: OperationArgument<KerasTensor>)] = []
            for entry in try call.value("kwargs", default: Config()).entries {
                guard let next = try argument(entry.value) else { return nil }
                keywords.append((name: entry.key, value: next))
            }
            return CallArguments(positional, keywords)
        }

        private func structure(_ value: ConfigValue) throws -> Structure<KerasTensor>? {
            switch value {
            case .null: return .list([])
            case .list(let items):
                let parts = try items.compactMap { try structure($0) }
                return parts.count == items.count ? .list(parts) : nil
            case .dictionary(let object):
                if case .string("__keras_tensor__") = object["class_name"] {
                    let history: [ConfigValue] = try object.dictionary("config").value("keras_history")
                    return try tensor(history, functionalOffset: 0).map(Structure.one)
                }
                var parts: [String: Structure<KerasTensor>] = [:]
                for entry in object.entries {
                    guard let part = try structure(entry.value) else { return nil }
                    parts[entry.key] = part
                }
                return Structure(dictionary: parts)
            default:
                throw invalid("a call has the argument \(value.kind), which is no tensor")
            }
        }

        /// The tensor that `[layer, call, result]` names; `nil` if the call has not been made.
        private func tensor(_ history: [ConfigValue], functionalOffset: Int) throws -> KerasTensor? {
            guard history.count >= 3, case .string(let name) = history[0], case .int(var node) = history[1], case .int(let index) = history[2] else {
                throw invalid("a tensor is not named as [layer, call, result]")
            }
            guard let layer = layers[name] else {
                throw KerasError.unknownName(kind: "layer in model \"\(model)\"", name: name, known: layers.keys.sorted())
            }
            if FunctionalConfig.isFunctional(layer) { node -= functionalOffset }
            guard node >= 0 else { throw invalid("call \(node) of \"\(name)\" is named") }
            node = node.addingReportingOverflow(callsBefore[name] ?? 0).partialValue
            guard layer.records.indices.contains(node) else {
                missing = name
                return nil
            }
            let outputs = LayerNode(layer: layer, index: node).outputTensors
            guard outputs.indices.contains(index) else { throw invalid("result \(index) of \"\(name)\" is named, which has \(outputs.count)") }
            return outputs[index]
        }

        func endpoints(_ config: Config, _ key: String) throws -> Structure<KerasTensor> {
            guard let value = config[key] else { throw KerasError.missingConfigKey(key: key, given: config.keys) }
            return try endpoints(value, key)
        }

        private func endpoints(_ value: ConfigValue, _ key: String) throws -> Structure<KerasTensor> {
            switch value {
            case .list(let items):
                if case .string = items.first {
                    guard let tensor = try tensor(items, functionalOffset: 1) else { throw invalid("\(key) names a call that is not made") }
                    return .one(tensor)
                }
                return .list(try items.map { try endpoints($0, key) })
            case .dictionary(let object):
                return Structure(dictionary: Dictionary(uniqueKeysWithValues: try object.entries.map { ($0.key, try endpoints($0.value, key)) }))
            default:
                throw invalid("\(key) is \(value.kind)")
            }
        }

        private func invalid(_ reason: String) -> KerasError { .invalidConfig(object: "model \"\(model)\"", reason: reason) }
    }
}
