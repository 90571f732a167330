/// What stands for a size for each spatial axis: a number for all of them, or a list.
///
/// ```swift
/// Conv2D(32, 3)              // windows of 3 × 3
/// Conv2D(32, [3, 5])         // 3 × 5
/// ```
public protocol SpatialSizesConvertible {
    var spatialSizes: SpatialSizes { get }
}

extension SpatialSizes: SpatialSizesConvertible {
    public var spatialSizes: SpatialSizes { self }
}

extension Int: SpatialSizesConvertible {
    public var spatialSizes: SpatialSizes { SpatialSizes(self) }
}

extension Array: SpatialSizesConvertible where Element == Int {
    public var spatialSizes: SpatialSizes { SpatialSizes(self) }
}

extension SpatialLayer {
    /// A size for each spatial axis; a list of another length stays, for ``requireSizes(_:_:minimum:)`` to say so.
    static func sizes(_ given: any SpatialSizesConvertible) -> [Int] { sizes(given.spatialSizes.sizes) }

    /// The same of a config, where one number stands for all axes, too.
    static func sizes(_ config: Config, _ key: String, default fallback: [Int]) throws -> [Int] {
        sizes(try config.axes(key, default: fallback))
    }

    private static func sizes(_ given: [Int]) -> [Int] { given.count == 1 ? [Int](repeating: given[0], count: spatialRank) : given }

    func requireSizes(_ sizes: [Int], _ argument: String, minimum: Int = 1) {
        // Greater ones would overflow in products.
        let isGood = sizes.count == spatialRank && sizes.allSatisfy { $0 >= minimum && $0 < Int32.max }
        let many = spatialRank == 1 ? "a number" : "a number, or \(spatialRank) of them"
        require(isGood, argument, "\(many), each \(minimum) or more", got: sizes.count == 1 ? "\(sizes[0])" : "\(sizes)")
    }
}

extension Config {
    func paddingMode() throws -> PaddingMode {
        let name = try value("padding", default: PaddingMode.valid.rawValue).lowercased()
        guard let mode = PaddingMode(rawValue: name) else {
            throw KerasError.unknownName(kind: "padding", name: name, known: PaddingMode.allCases.map(\.rawValue))
        }
        return mode
    }
}

/// How a weight is made, penalised and held in bounds.
struct WeightSettings {
    var initializer: Initializer
    var regularizer: Regularizer?
    var constraint: Constraint?

    init(_ initializer: Initializer, _ regularizer: Regularizer?, _ constraint: Constraint?) {
        self.initializer = initializer
        self.regularizer = regularizer
        self.constraint = constraint
    }

    /// From a config's `kernel_initializer`, `kernel_regularizer`, `kernel_constraint`.
    init(_ name: String, in config: Config, initializer: @autoclosure () -> Initializer) throws {
        self.initializer = try config.function("\(name)_initializer", default: initializer())
        regularizer = try config.function("\(name)_regularizer")
        constraint = try config.function("\(name)_constraint")
    }

    func config(_ name: String) -> Config {
        [
            "\(name)_initializer": initializer.configValue, "\(name)_regularizer": regularizer.configValue,
            "\(name)_constraint": constraint.configValue,
        ]
    }
}

extension Layer {
    func addWeight(_ name: String, shape: Shape, _ settings: WeightSettings) throws -> Variable {
        try addWeight(
            name, shape: shape, initializer: settings.initializer, regularizer: settings.regularizer, constraint: settings.constraint)
    }
}
