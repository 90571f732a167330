/// What ``Cropping1D``, ``Cropping2D`` and ``Cropping3D`` share.
public class CroppingLayer: SpatialBordersLayer {
    override class var argument: String { "cropping" }

    /// - Parameters:
    ///   - cropping: how many elements are cut off before and after: a number, a number for each spatial axis, or two for each; of one
    ///     axis, before and after. `nil`: 1, and 0 for images.
    ///   - dataFormat: the order of axes (of images and volumes); `nil`: `imageDataFormat()`.
    override public init(
        _ cropping: (any SpatialBordersConvertible)? = nil, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        super.init(cropping, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    /// The same, with the numbers by name.
    public convenience init(
        cropping: any SpatialBordersConvertible, dataFormat: DataFormat? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil
    ) {
        self.init(cropping, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws { try super.init(config: config) }

    override var leastSizes: (sizes: [Int], reason: String, remedy: String)? {
        (borders.map { $0.reduce(1, +) }, "something to be left by its cropping", "Crop less.")
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        var parts = [AxisSelection](repeating: .all, count: inputs.rank)
        for (axis, border) in zip(spatialAxes, borders) {
            parts[axis] = .range(from: border[0], to: inputs.shape[axis] - border[1], step: 1)
        }
        return try inputs.sliced(parts)
    }
}
