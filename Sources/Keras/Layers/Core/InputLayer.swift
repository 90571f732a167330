/// The layer behind an ``Input(shape:batchSize:dtype:name:fileID:line:)``: it gives what it gets.
///
/// Source: `keras.layers.InputLayer`.
public final class InputLayer: Layer {
    /// The shape of the data, with the batch axis.
    public let batchShape: Shape
    /// The type of the data.
    public let inputDType: DType

    override public class var registeredName: String { "InputLayer" }

    /// - Parameters:
    ///   - shape: the shape of one sample, without the batch axis.
    ///   - batchSize: the batch's size, if it is fixed.
    public convenience init(
        shape: Shape, batchSize: Int? = nil, dtype: DType? = nil, name: String? = nil, fileID: String = #fileID, line: Int = #line
    ) {
        self.init(batchShape: [batchSize] + shape, dtype: dtype, name: name, fileID: fileID, line: line)
    }

    /// - Parameter batchShape: the shape of the data, with the batch axis.
    public init(batchShape: Shape, dtype: DType? = nil, name: String? = nil, fileID: String = #fileID, line: Int = #line) {
        self.batchShape = batchShape
        inputDType = dtype ?? floatx()
        super.init(name: name, dtype: DTypePolicy(inputDType))
        start(at: CallPlace(fileID: fileID, line: line))
    }

    public required init(config: Config) throws {
        batchShape = try config.value("batch_shape")
        inputDType = try DTypePolicy(config: config.value("dtype", default: .string("float32"))).variableDType
        try super.init(config: config)
        start(at: CallPlace(fileID: "", line: 0))
    }

    private func start(at place: CallPlace) {
        built = true
        autocast = false
        supportsMasking = true
        let bad = batchShape.sizes.first { ($0 ?? 0) < 0 }
        require(bad == nil, "shape", "of sizes that are nil, 0 or more", got: batchShape)
        let output = TensorSpec(shape: batchShape, dtype: inputDType, name: name)
        record(CallRecord(arguments: CallArguments(inputs: .list([])), outputs: .one(output), place: place))
    }

    override public func call(_ inputs: Tensor) -> Tensor { inputs }

    override public var config: Config {
        [
            "batch_shape": batchShape.configValue, "dtype": .string(inputDType.rawValue), "sparse": false, "ragged": false,
            "name": .string(name), "optional": false,
        ]
    }
}
