/// One step of a convolutional long short-term memory: see ``MemoryCell``; both products are convolutions.
///
/// - Input: `[batch, spatial…, channels]`, or channels first. States, h and c, and output: `[batch, new spatial…, filters]`.
final class ConvLSTMCell: MemoryCell {
    let kernelSize, strides, dilationRate: [Int]
    let padding: PaddingMode
    let dataFormat: DataFormat

    /// What a layer is told of its windows.
    struct Windows {
        var kernelSize, strides, dilationRate: [Int]
        var padding: PaddingMode
        var dataFormat: DataFormat

        init(
            rank: Int, kernelSize: any SpatialSizesConvertible, strides: any SpatialSizesConvertible, padding: PaddingMode,
            dataFormat: DataFormat?, dilationRate: any SpatialSizesConvertible
        ) {
            func sizes(_ given: any SpatialSizesConvertible) -> [Int] {
                let sizes = given.spatialSizes.sizes
                return sizes.count == 1 ? [Int](repeating: sizes[0], count: rank) : sizes
            }
            self.kernelSize = sizes(kernelSize)
            self.strides = sizes(strides)
            self.dilationRate = sizes(dilationRate)
            self.padding = padding
            self.dataFormat = dataFormat ?? imageDataFormat()
        }
    }

    private let rank: Int

    init(
        rank: Int, _ filters: Int, _ windows: Windows, _ settings: CellSettings, unitForgetBias: Bool, trainable: Bool, dtype: DTypePolicy?
    ) {
        self.rank = rank
        (kernelSize, strides, dilationRate) = (windows.kernelSize, windows.strides, windows.dilationRate)
        (padding, dataFormat) = (windows.padding, windows.dataFormat)
        super.init(filters, settings, unitForgetBias: unitForgetBias, name: "conv_lstm_cell", trainable: trainable, dtype: dtype)
        prepare()
    }

    init(rank: Int, config: Config) throws {
        self.rank = rank
        let windows = try Windows(
            rank: rank, kernelSize: config.axes("kernel_size", default: []), strides: config.axes("strides", default: [1]),
            padding: config.paddingMode(), dataFormat: config.dataFormat(), dilationRate: config.axes("dilation_rate", default: [1]))
        (kernelSize, strides, dilationRate) = (windows.kernelSize, windows.strides, windows.dilationRate)
        (padding, dataFormat) = (windows.padding, windows.dataFormat)
        try super.init(config.int("filters"), CellSettings(config: config, seedFirst: true), memoryConfig: config)
        prepare()
    }

    required convenience init(config: Config) throws { try self.init(rank: config.ints("kernel_size").count, config: config) }

    private func prepare() {
        for (sizes, argument) in [(kernelSize, "kernelSize"), (strides, "strides"), (dilationRate, "dilationRate")] {
            let isGood = sizes.count == rank && sizes.allSatisfy { $0 > 0 && $0 < Int32.max }
            require(isGood, argument, "\(rank == 1 ? "a number" : "a number, or \(rank) of them"), each 1 or more", got: sizes)
        }
        require(padding != .causal, "padding", ".valid or .same", got: ".\(padding)")
        let hasBoth = strides.contains { $0 > 1 } && dilationRate.contains { $0 > 1 }
        require(
            !hasBoth, "strides or dilationRate", "1: windows are moved by more than 1 or dilated, not both",
            got: "strides \(strides) and dilationRate \(dilationRate)")
    }

    override var unitsName: String { "filters" }
    override var masksPerGate: Bool { true }
    override var stepRank: Int { rank + 2 }
    override var stepLayout: String {
        let spatial = (rank == 1 ? ["steps"] : ["depth", "height", "width"].suffix(rank)).joined(separator: ", ")
        return dataFormat == .channelsLast ? "[batch, \(spatial), channels]" : "[batch, channels, \(spatial)]"
    }
    override var channelAxis: Int { dataFormat == .channelsLast ? -1 : -1 - rank }
    override var window: [Int] { kernelSize }

    /// States as large as what the input's convolution gives.
    override func startStates(_ stepShape: [Int]) throws -> [Tensor] {
        let channels = stepShape[stepRank + channelAxis]
        let input = try ops.zeros(stepShape, dtype: computeDType)
        let kernel = try ops.zeros(kernelSize + [channels, units], dtype: computeDType)
        let shape = try inputProduct(input, kernel).shape
        return try (0..<2).map { _ in try ops.zeros(shape, dtype: computeDType) }
    }

    override var stateCount: Int { 2 }

    override func inputProduct(_ x: Tensor, _ kernel: Tensor) throws -> Tensor {
        try ops.conv(
            x, kernel, strides: SpatialSizes(strides), padding: padding, dataFormat: dataFormat, dilationRate: SpatialSizes(dilationRate))
    }

    override func recurrentProduct(_ h: Tensor, _ kernel: Tensor) throws -> Tensor {
        try ops.conv(h, kernel, padding: .same, dataFormat: dataFormat)
    }

    override func inputBias() throws -> Tensor? {
        guard let bias = bias?.value, dataFormat == .channelsFirst else { return bias?.value }
        return try bias.reshaped(bias.shape + [Int](repeating: 1, count: rank))
    }

    override var config: Config {
        let own: Config = [
            "filters": .int(units), "kernel_size": kernelSize.configValue, "strides": strides.configValue,
            "padding": .string(padding.rawValue), "data_format": .string(dataFormat.rawValue),
            "dilation_rate": dilationRate.configValue,
        ]
        return own.merging(memoryConfig)
    }
}
