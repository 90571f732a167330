/// Configs as Keras wrote them before version 3, and still does in `.h5` files, in today's form. Today's stay as they are.
///
/// Source: `keras.src.legacy.saving.saving_utils`, `keras.src.models.functional`.
enum LegacyConfig {
    /// A layer or a model: class and settings; calls of layers in today's form; an `InputLayer` for a shape that a first layer carries.
    static func modern(_ object: Config, depth: Int = 0) throws -> Config {
        guard depth < 100 else { throw KerasError.invalidConfig(object: "a model", reason: "it has more than 100 models in models") }
        var object = object
        let name = className(reading: try object.string("class_name"))
        object["class_name"] = .string(name)
        let base = name.split(separator: ">").last.map(String.init) ?? name
        // The oldest stacks are a list.
        if base == "Sequential", case .list(let layers)? = object["config"] { object["config"] = ["layers": .list(layers)] }
        var config: Config = try object.value("config", default: [:])
        if object["module"] == nil { object["module"] = module(of: base, config) }
        // What is in the config of a class of the user's is its own business.
        guard LayerConfig.builtin(named: base) != nil else { return object }
        if base == "InputLayer", let shape = config.removeValue(for: "batch_input_shape") { config["batch_shape"] = shape }
        if case .list(let axes)? = config["axis"], axes.count == 1 { config["axis"] = axes[0] }
        if base == "Lambda" { config = lambda(config) }
        for key in ["layer", "backward_layer", "forward_layer", "cell"] {
            guard case .dictionary(let inner)? = config[key], ObjectConfig.isObject(inner) else { continue }
            config[key] = .dictionary(try modern(inner, depth: depth + 1))
        }
        if case .list(let cells)? = config["cells"] { config["cells"] = .list(try cells.map { try modernized($0, depth) }) }
        if case .list(let layers)? = config["layers"], ["Sequential", "Functional", "Model"].contains(base) {
            config["layers"] = .list(try layers.map { try modernized($0, depth) })
            config = try base == "Sequential" ? withInput(config) : withCalls(config)
        }
        object["config"] = .dictionary(config)
        return object
    }

    // MARK: Names

    /// Without a module stands the name that a class has in Python's source, where that is another.
    private static let sourceNames = [GroupQueryAttention.registeredName: GroupQueryAttention.kerasClassName]

    static func className(writing name: String) -> String { sourceNames[name] ?? name }

    private static func className(reading name: String) -> String { sourceNames.first { $0.value == name }?.key ?? name }

    private static func modernized(_ value: ConfigValue, _ depth: Int) throws -> ConfigValue {
        guard case .dictionary(let object) = value else { return value }
        return .dictionary(try modern(object, depth: depth + 1))
    }

    /// Operations and layers of one name are told apart by what every layer's config has; some operations have a `dtype`, too.
    private static func module(of name: String, _ config: Config) -> ConfigValue {
        let isLayer = LayerConfig.builtin(named: name) != nil
        if config["trainable"] == nil, !isLayer || config["dtype"] == nil, let module = OperationTable.module(of: name) {
            return .string(module)
        }
        if ["Functional", "Model"].contains(name) { return "keras.src.models.functional" }
        return isLayer ? "keras.layers" : .null
    }

    /// Code as a list: the bytes, defaults, and what it closes over.
    private static func lambda(_ config: Config) -> Config {
        var config = config
        for key in ["function", "mask"] {
            if case .list = config[key] { config[key] = ["class_name": "__lambda__", "config": [:]] }
        }
        return config
    }

    // MARK: Stacks

    private static func withInput(_ config: Config) throws -> Config {
        guard case .list(let layers)? = config["layers"], case .dictionary(let first)? = layers.first,
            try first.string("class_name") != "InputLayer"
        else { return config }
        let settings: Config = try first.value("config", default: [:])
        guard let shape = settings["batch_input_shape"], shape != .null else { return config }
        let name: String = try settings.value("name", default: "layer")
        let input: Config = [
            "module": "keras.layers", "class_name": "InputLayer",
            "config": ["batch_shape": shape, "dtype": settings["dtype"] ?? "float32", "name": .string("\(name)_input")],
        ]
        return config.merging(["layers": .list([.dictionary(input)] + layers)])
    }

    // MARK: Calls

    /// Of lists `[layer, call, result, arguments]`, a call for each list of them. Calls of models inside were counted from 1.
    private static func withCalls(_ config: Config) throws -> Config {
        var objects: [Config] = try config.value("layers")
        guard objects.contains(where: hasOldCalls) else { return config }
        let models = Set(try objects.filter(countsFromOne).map { try layerName($0) })
        let stacks = Set(try objects.filter { try countsFromOne($0) && $0.string("class_name") == "Sequential" }.map { try layerName($0) })
        for index in objects.indices {
            guard case .list(let nodes)? = objects[index]["inbound_nodes"] else { continue }
            objects[index]["inbound_nodes"] = .list(try nodes.map { try call($0, of: objects[index], models) })
        }
        var result = config.merging(["layers": .list(objects.map(ConfigValue.dictionary))])
        for key in ["input_layers", "output_layers"] {
            if let ends = config[key] { result[key] = shifted(ends, stacks) }
        }
        return result
    }

    private static func layerName(_ object: Config) throws -> String {
        try object.value("name", default: nil) ?? object.dictionary("config").string("name")
    }

    private static func hasOldCalls(_ object: Config) -> Bool {
        guard case .list(let nodes)? = object["inbound_nodes"], case .list? = nodes.first else { return false }
        return true
    }

    /// A model that starts with an input was counted as called once when it was made.
    private static func countsFromOne(_ object: Config) -> Bool {
        guard let name = try? object.string("class_name"), ["Functional", "Model", "Sequential"].contains(name),
            let layers: [Config] = try? object.dictionary("config").value("layers"), let first = layers.first
        else { return false }
        return (try? first.string("class_name")) == "InputLayer"
    }

    private static func call(_ node: ConfigValue, of object: Config, _ models: Set<String>) throws -> ConfigValue {
        guard case .list(let entries) = node else { return node }
        var tensors: [ConfigValue] = []
        var keywords = Config()
        for entry in entries {
            guard case .list(let parts) = entry, parts.count >= 3 else {
                throw KerasError.invalidConfig(object: "a model", reason: "a tensor is not named as [layer, call, result]")
            }
            tensors.append(tensor(Array(parts.prefix(3)), models))
            if parts.count > 3, case .dictionary(let given) = parts[3] {
                for argument in given.entries { keywords[argument.key] = self.argument(argument.value, models) }
            }
        }
        let name = try object.string("class_name")
        // States came after the inputs.
        if tensors.count > 1, let type = LayerConfig.builtin(named: name), type is RNN.Type || type is Bidirectional.Type {
            keywords["initial_state"] = .list(Array(tensors.dropFirst()))
            tensors = [tensors[0]]
        }
        return ["args": .list([tensors.count == 1 ? tensors[0] : .list(tensors)]), "kwargs": .dictionary(keywords)]
    }

    private static func argument(_ value: ConfigValue, _ models: Set<String>) -> ConfigValue {
        guard case .list(let parts) = value else { return value }
        if parts.count >= 3, case .string = parts[0], case .int = parts[1], case .int = parts[2] {
            return tensor(Array(parts.prefix(3)), models)
        }
        return .list(parts.map { argument($0, models) })
    }

    private static func tensor(_ history: [ConfigValue], _ models: Set<String>) -> ConfigValue {
        var history = history
        if case .string(let name) = history[0], models.contains(name), case .int(let call) = history[1] { history[1] = .int(call - 1) }
        return ["class_name": "__keras_tensor__", "config": ["keras_history": .list(history)]]
    }

    /// Of a graph inside, today's configs still count from 1 at a model's ends; of a stack inside, they do not.
    private static func shifted(_ ends: ConfigValue, _ stacks: Set<String>) -> ConfigValue {
        switch ends {
        case .list(let items):
            if items.count == 3, case .string(let name) = items[0], case .int(let call) = items[1] {
                return stacks.contains(name) ? [items[0], .int(call - 1), items[2]] : ends
            }
            return .list(items.map { shifted($0, stacks) })
        case .dictionary(let entries):
            return .dictionary(entries.entries.reduce(into: Config()) { $0[$1.key] = shifted($1.value, stacks) })
        case .null, .bool, .int, .double, .string: return ends
        }
    }
}
