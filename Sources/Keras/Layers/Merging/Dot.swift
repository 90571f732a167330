/// The products of the samples of two inputs, summed over one axis of each.
///
/// - Input: two tensors `[batch, …]` of rank 2 or more. Output: the first's shape without its axis, then the second's without batch and
///   axis; `[batch, 1]` if nothing is left.
/// - Throws: `KerasError.incompatibleInputs` if the axes' sizes differ or an axis is the batch's; `.inputCount`.
/// - Source: `keras.layers.Dot`.
///
/// ```swift
/// let z = try Dot(axes: 2, 1)([x, y])      // [nil, 4, 8], [nil, 8, 5] → [nil, 4, 5]
/// ```
public final class Dot: Merge {
    /// The axis of each input; one for both, or two.
    public let axes: [Int]
    /// Whether vectors along the axes are brought to length 1 first, so that the results are cosines.
    public let normalize: Bool

    public init(axes: Int..., normalize: Bool = false, name: String? = nil, trainable: Bool = true, dtype: DTypePolicy? = nil) {
        self.axes = axes
        self.normalize = normalize
        super.init(name: name, trainable: trainable, dtype: dtype)
        prepare()
    }

    init(axisList: [Int], normalize: Bool, name: String?) {
        axes = axisList
        self.normalize = normalize
        super.init(name: name)
        prepare()
    }

    public required init(config: Config) throws {
        axes = try config.axes("axes", default: [-1])
        normalize = try config.value("normalize", default: false)
        try super.init(config: config)
        prepare()
    }

    private func prepare() { require((1...2).contains(axes.count), "axes", "one axis, or one for each input", got: axes) }

    override var inputCount: Int? { 2 }

    /// The axes counted from the front.
    private func places(_ ranks: [Int]) -> (Int, Int) {
        let (a, b) = (axes.first ?? -1, axes.last ?? -1)
        return (a < 0 ? a + ranks[0] : a, b < 0 ? b + ranks[1] : b)
    }

    override func checkMergeable(_ inputs: [TensorSource]) throws {
        let shapes = inputs.map(\.shape)
        let (a, b) = places(shapes.map(\.rank))
        func fits(_ x: Int?, _ y: Int?) -> Bool { x == nil || y == nil || x == y }
        if (1..<max(shapes[0].rank, 1)).contains(a), (1..<max(shapes[1].rank, 1)).contains(b), fits(shapes[0][a], shapes[1][b]),
            fits(shapes[0].first, shapes[1].first)
        {
            return
        }
        throw KerasError.incompatibleInputs(
            place, rule: "two inputs of rank 2 or more, of one batch size and with one size in axes \(a) and \(b) (not the batch's)",
            remedy: "Choose other axes, or bring them to one size.", inputs: inputs)
    }

    override public func call(_ inputs: [Tensor]) throws -> Tensor {
        try check(Structure(list: inputs.map { TensorSource(shape: CallContext.shape(of: $0), dtype: $0.dtype) }))
        var (x, y) = (inputs[0], inputs[1])
        let (a, b) = places([x.rank, y.rank])
        if normalize {
            x = try ops.normalize(x, axis: a)
            y = try ops.normalize(y, axis: b)
        }
        let left = x.shape.indices.filter { $0 != 0 && $0 != a }
        let right = y.shape.indices.filter { $0 != 0 && $0 != b }
        let (rows, columns) = (left.map { x.shape[$0] }, right.map { y.shape[$0] })
        let batch = x.shape[0]
        x = try ops.transpose(x, axes: [0] + left + [a]).reshaped([batch, rows.reduce(1, *), x.shape[a]])
        y = try ops.transpose(y, axes: [0, b] + right).reshaped([batch, y.shape[b], columns.reduce(1, *)])
        let sizes = rows + columns
        return try ops.matmul(x, y).reshaped([batch] + (sizes.isEmpty ? [1] : sizes))
    }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) -> [Tensor?] { [nil] }

    override public var config: Config { ["axes": Config.axesValue(axes), "normalize": .bool(normalize)] }
}

/// The products of the samples of two inputs, summed over one axis of each. The layer ``Dot`` as a function.
public func dot(
    _ inputs: [KerasTensor], axes: Int..., normalize: Bool = false, name: String? = nil, fileID: String = #fileID, line: Int = #line
) throws -> KerasTensor {
    try Dot(axisList: axes.isEmpty ? [-1] : axes, normalize: normalize, name: name)(inputs, fileID: fileID, line: line)
}
