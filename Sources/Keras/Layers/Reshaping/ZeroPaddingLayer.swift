/// What ``ZeroPadding1D``, ``ZeroPadding2D`` and ``ZeroPadding3D`` share.
public class ZeroPaddingLayer: SpatialBordersLayer {
    override class var argument: String { "padding" }

    /// - Parameters:
    ///   - padding: how many zeros stand before and after: a number, a number for each spatial axis, or two for each; of one axis,
    ///     before and after. `nil`: 1.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    override public init(
        _ padding: (any SpatialBordersConvertible)? = nil, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        super.init(padding, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    /// The same, with the numbers by name.
    public convenience init(
        padding: any SpatialBordersConvertible, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.init(padding, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var widths = [(Int, Int)](repeating: (0, 0), count: inputs.rank)
        for (axis, border) in zip(spatialAxes, borders) { widths[axis] = (border[0], border[1]) }
        return try ops.pad(inputs, widths)
    }
}
