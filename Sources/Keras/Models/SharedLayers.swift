import Synchronization

/// Layers that stand in one config several times: those that two models inside a model share.
///
/// Keras writes a `shared_object_id` where an object comes again, and its reader looks for one of that id; but it loses the id of the
/// first place, and makes the layer anew. Here an id that was not met before means the layer of the same class and settings, the name
/// among them.
enum SharedLayers {
    static let key = "shared_object_id"

    // MARK: Writing

    /// Numbers the layers of the config that is written now.
    final class Writing: Sendable {
        @TaskLocal static var current: Writing?

        private struct State {
            var met: Set<ObjectIdentifier> = []
            var numbers: [ObjectIdentifier: Int] = [:]
        }

        private let state = Mutex(State())

        /// The number of a layer that came before in the config; `nil` for its first place.
        func number(of layer: Layer) -> Int? {
            let id = ObjectIdentifier(layer)
            return state.withLock { state in
                if state.met.insert(id).inserted { return nil }
                let number = state.numbers[id] ?? state.numbers.count + 1
                state.numbers[id] = number
                return number
            }
        }
    }

    /// Writes a config in which layers that come again are marked.
    static func marking<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Writing.$current.withValue(Writing(), operation: body)
    }

    // MARK: Reading

    /// The layers made of the config that is read now.
    ///
    /// `Sendable` because only the call of ``finding(_:)`` that made it uses it, and that starts no other task.
    final class Reading: @unchecked Sendable {
        @TaskLocal static var current: Reading?

        private var byNumber: [Int: Layer] = [:]
        private var made: [(object: Config, layer: Layer)] = []

        /// The layer that an object of a config stands for, if it was made before.
        func layer(_ object: ObjectConfig) -> Layer? {
            guard case .int(let number)? = object.extra[SharedLayers.key] else { return nil }
            if let layer = byNumber[number] { return layer }
            let form = Self.form(object)
            guard let layer = made.first(where: { $0.object == form })?.layer else { return nil }
            byNumber[number] = layer
            return layer
        }

        func add(_ layer: Layer, _ object: ObjectConfig) {
            if case .int(let number)? = object.extra[SharedLayers.key] { byNumber[number] = layer }
            made.append((Self.form(object), layer))
        }

        /// Class and settings without marks.
        private static func form(_ object: ObjectConfig) -> Config {
            ["class_name": .string(object.className), "config": unmarked(.dictionary(object.config))]
        }

        private static func unmarked(_ value: ConfigValue) -> ConfigValue {
            switch value {
            case .dictionary(let config):
                .dictionary(config.entries.reduce(into: Config()) { if $1.key != SharedLayers.key { $0[$1.key] = unmarked($1.value) } })
            case .list(let items): .list(items.map(unmarked))
            case .null, .bool, .int, .double, .string: value
            }
        }
    }

    /// Reads a config in which layers that come again may be marked.
    static func finding<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Reading.$current.withValue(Reading(), operation: body)
    }
}
