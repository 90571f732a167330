/// Images made larger: each element repeated, or what lies between the elements interpolated.
///
/// - Input: `[batch, height, width, channels]`, or channels first. Output: the same order, height and width times `size`.
/// - Throws: `KerasError.incompatibleInput` for another rank; `.invalidArgument`.
/// - Source: `keras.layers.UpSampling2D`.
///
/// ```swift
/// let y = try UpSampling2D(3)(Input(shape: [4, 4, 16]))     // [nil, 12, 12, 16]
/// let z = try UpSampling2D([1, 2], interpolation: .bilinear)(y)     // [nil, 12, 24, 16]
/// ```
public final class UpSampling2D: UpSamplingLayer {
    public let interpolation: ImageInterpolation

    override class var spatialRank: Int { 2 }

    /// - Parameters:
    ///   - size: how many times larger the image is to be, along each spatial axis or along both.
    ///   - dataFormat: the order of axes; `nil`: `imageDataFormat()`.
    ///   - interpolation: what stands between the elements.
    public init(
        _ size: any SpatialSizesConvertible = 2, dataFormat: DataFormat? = nil, interpolation: ImageInterpolation = .nearest,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.interpolation = interpolation
        super.init(size, dataFormat: dataFormat, name: name, trainable: trainable, dtype: dtype)
    }

    /// The same, with the size by name.
    public convenience init(
        size: any SpatialSizesConvertible, dataFormat: DataFormat? = nil, interpolation: ImageInterpolation = .nearest,
        name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil
    ) {
        self.init(size, dataFormat: dataFormat, interpolation: interpolation, name: name, trainable: trainable, dtype: dtype)
    }

    public required init(config: Config) throws {
        let name = try config.value("interpolation", default: ImageInterpolation.nearest.rawValue).lowercased()
        guard let known = ImageInterpolation(rawValue: name) else {
            throw KerasError.unknownName(kind: "interpolation", name: name, known: ImageInterpolation.allCases.map(\.rawValue))
        }
        interpolation = known
        try super.init(config: config)
    }

    override public func call(_ inputs: Tensor) throws -> Tensor {
        if interpolation == .nearest { return try super.call(inputs) }
        // The result has so many elements: more than any memory holds are an error here.
        _ = try TensorType(checking: inputs.shape + size, inputs.dtype)
        let target = zip(spatialAxes, size).map { inputs.shape[$0] * $1 }
        return try ops.resize(inputs, SpatialSizes(target), interpolation: interpolation, dataFormat: dataFormat)
    }

    override public var config: Config { super.config.merging(["interpolation": .string(interpolation.rawValue)]) }
}
