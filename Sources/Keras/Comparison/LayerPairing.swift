/// Which layers of two models belong together.
struct LayerPairing {
    private(set) var pairs: [(first: Layer, second: Layer)] = []
    /// Those that are alone.
    private(set) var first: [Layer] = [], second: [Layer] = []

    init(_ a: [Layer], _ b: [Layer]) {
        let byName = Dictionary(b.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(a.map(\.name))
        first = a.filter { byName[$0.name] == nil }
        second = b.filter { !names.contains($0.name) }
        var partners = byName
        if first.map(\.shownClass) == second.map(\.shownClass) {
            for (one, other) in zip(first, second) { partners[one.name] = other }
            (first, second) = ([], [])
        }
        pairs = a.compactMap { layer in partners[layer.name].map { (layer, $0) } }
    }

    /// The first model's name for a layer of the second.
    func name(_ name: String) -> String { pairs.first { $0.second.name == name }?.first.name ?? name }
}
