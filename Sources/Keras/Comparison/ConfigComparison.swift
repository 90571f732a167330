/// Compares configs value by value.
enum ConfigComparison {
    /// - Parameter path: what stands before the names of settings.
    static func differences(_ first: ConfigValue, _ second: ConfigValue, path: String) -> [ModelDifference.Setting] {
        switch (first, second) {
        case (.dictionary(let a), .dictionary(let b)):
            switch (object(a), object(b)) {
            case (let one?, let other?) where one.className == other.className:
                return differences(.dictionary(one.config), .dictionary(other.config), path: path)
            case (nil, nil): break
            default: return [.init(path: path, first: text(first), second: text(second))]
            }
            let keys = a.keys + b.keys.filter { a[$0] == nil }
            return keys.flatMap { key -> [ModelDifference.Setting] in
                let place = join(path, key)
                guard let one = a[key], let other = b[key] else { return [.init(path: place, first: a[key].map(text), second: b[key].map(text))] }
                return differences(one, other, path: place)
            }
        case (.list(let a), .list(let b)) where a.count == b.count && (a + b).contains(where: isDictionary):
            return zip(a, b).enumerated().flatMap { index, pair in differences(pair.0, pair.1, path: join(path, "\(index)")) }
        default:
            return isEqual(first, second) ? [] : [.init(path: path, first: text(first), second: text(second))]
        }
    }

    static func join(_ path: String, _ name: String) -> String { StateWalk.join(path, name) }

    private static func object(_ config: Config) -> ObjectConfig? {
        ObjectConfig.isObject(config) ? try? ObjectConfig(config) : nil
    }

    private static func isDictionary(_ value: ConfigValue) -> Bool {
        if case .dictionary = value { true } else { false }
    }

    /// Whole numbers are numbers, too.
    private static func isEqual(_ first: ConfigValue, _ second: ConfigValue) -> Bool {
        if first == second { return true }
        switch (first, second) {
        case (.int(let a), .double(let b)), (.double(let b), .int(let a)): return Double(a) == b
        case (.double(let a), .double(let b)): return a.isNaN && b.isNaN
        case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy(isEqual)
        default: return false
        }
    }

    private static func text(_ value: ConfigValue) -> String {
        if case .dictionary(let config) = value, let object = object(config) { return object.className }
        return value.json()
    }
}
