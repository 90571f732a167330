/// What stands for a number at both ends of each spatial axis.
///
/// ```swift
/// ZeroPadding2D(1)                    // 1 everywhere
/// ZeroPadding2D([1, 2])               // 1 above and below, 2 left and right
/// ZeroPadding2D([[1, 0], [2, 2]])     // 1 above, 2 left and right
/// ZeroPadding1D([1, 2])               // 1 before, 2 after
/// ```
public protocol SpatialBordersConvertible {
    /// One number; or one, or two, for each axis.
    var borderNumbers: [[Int]] { get }
}

extension Int: SpatialBordersConvertible {
    public var borderNumbers: [[Int]] { [[self]] }
}

extension Array: SpatialBordersConvertible where Element: SpatialSizesConvertible {
    public var borderNumbers: [[Int]] { map(\.spatialSizes.sizes) }
}

/// What ``ZeroPaddingLayer`` and ``CroppingLayer`` share.
public class SpatialBordersLayer: SpatialLayer {
    /// Numbers of elements before and after, for each spatial axis.
    public let borders: [[Int]]

    /// The name of the argument.
    class var argument: String { "borders" }
    /// The number where none is given.
    class var defaultBorder: Int { 1 }

    init(_ borders: (any SpatialBordersConvertible)?, dataFormat: DataFormat?, name: String?, trainable: Bool, dtype: DTypePolicy?) {
        self.borders = Self.expanded(borders?.borderNumbers ?? [[Self.defaultBorder]])
        super.init(dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    public required init(config: Config) throws {
        let numbers: [[Int]] =
            switch config[Self.argument] {
            case nil, .null: [[Self.defaultBorder]]
            case .list(let items): try items.map { try [Int](configValue: $0) ?? [config.number($0, of: Self.argument)] }
            case let value?: [[try config.number(value, of: Self.argument)]]
            }
        borders = Self.expanded(numbers)
        try super.init(config: config)
        prepare()
    }

    /// Two numbers for each spatial axis; what does not suit stays, for `prepare` to say so.
    private static func expanded(_ numbers: [[Int]]) -> [[Int]] {
        if numbers.count == 1, numbers[0].count == 1 { return [[Int]](repeating: [numbers[0][0], numbers[0][0]], count: spatialRank) }
        if spatialRank == 1, numbers.count == 2, numbers.allSatisfy({ $0.count == 1 }) { return [numbers.flatMap { $0 }] }
        return numbers.map { $0.count == 1 ? [$0[0], $0[0]] : $0 }
    }

    private func prepare() {
        let isGood = borders.count == spatialRank && borders.allSatisfy { $0.count == 2 && $0.allSatisfy { $0 >= 0 && $0 < Int32.max } }
        let pair = "two numbers, each 0 or more"
        require(isGood, Self.argument, spatialRank == 1 ? pair : "for each of \(spatialRank) axes \(pair)", got: borders)
    }

    override var buildConfig: Config? { buildShapes.map { ["input_shape": $0.configValue] } }

    override public var config: Config {
        super.config.merging([Self.argument: spatialRank == 1 ? (borders.first ?? []).configValue : borders.configValue])
    }
}

extension Config {
    fileprivate func number(_ value: ConfigValue, of key: String) throws -> Int {
        guard let number = Int(configValue: value) else {
            throw KerasError.configType(key: key, expected: "a number, or two for each axis", got: value.kind)
        }
        return number
    }
}
