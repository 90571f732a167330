import Tensors

/// How a tensor is split: for each of its axes the mesh's axis that it is dealt out along, or nil.
///
/// - Source: `keras.distribution.TensorLayout`.
public struct TensorLayout: Hashable, Sendable, ExpressibleByArrayLiteral {
    public let axes: [String?]

    public init(_ axes: [String?]) { self.axes = axes }
    public init(arrayLiteral elements: String?...) { axes = elements }
}

/// Layouts by the paths of variables: names, or regular expressions that match a whole path.
///
/// ```swift
/// var layouts = LayoutMap(mesh)
/// try layouts.set(".*dense.*kernel", [nil, "model"])
/// try layouts.set(".*dense.*bias", ["model"])
/// ```
///
/// - Source: `keras.distribution.LayoutMap`.
public struct LayoutMap: Sendable {
    public let deviceMesh: DeviceMesh
    private var layouts: [(key: String, layout: TensorLayout)] = []

    public init(_ deviceMesh: DeviceMesh) { self.deviceMesh = deviceMesh }

    /// The names and patterns, in the order they were given.
    public var keys: [String] { layouts.map(\.key) }

    /// Adds a layout.
    ///
    /// - Throws: `KerasError.invalidSetting` for a key that is there, a pattern that is no regular expression, a layout with an axis that
    ///   the mesh does not have.
    public mutating func set(_ key: String, _ layout: TensorLayout) throws {
        if keys.contains(key) { throw Self.wrong("a new key", "\"\(key)\", which it has") }
        if (try? Regex(key)) == nil { throw Self.wrong("a path or a regular expression", "\"\(key)\"") }
        for case let name? in layout.axes where !deviceMesh.axisNames.contains(name) {
            throw Self.wrong("axes among \(deviceMesh.axisNames)", "\"\(name)\"")
        }
        layouts.append((key, layout))
    }

    public mutating func remove(_ key: String) { layouts.removeAll { $0.key == key } }

    /// The layout of a path: that of the equal key, else that of the one pattern that matches; nil if none does.
    ///
    /// - Throws: `KerasError.invalidSetting` if several patterns match.
    public func layout(of path: String) throws -> TensorLayout? {
        if let equal = layouts.first(where: { $0.key == path }) { return equal.layout }
        let matches = try layouts.filter { try Regex($0.key).wholeMatch(in: path) != nil }
        if matches.count > 1 { throw Self.wrong("one pattern at most for \"\(path)\"", matches.map { "\"\($0.key)\"" }.joined(separator: ", ")) }
        return matches.first?.layout
    }

    private static func wrong(_ expected: String, _ got: String) -> KerasError {
        .invalidSetting(object: "LayoutMap", argument: "key", expected: expected, got: got)
    }
}
