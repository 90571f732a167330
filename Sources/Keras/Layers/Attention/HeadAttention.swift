/// What attention layers with several heads have in common: projections of query, key and value, attention by dot products between
/// them in each head, and a projection of the result.
public class HeadAttention: Layer {
    /// The share of the scores that is dropped in training.
    public let dropout: Double
    /// How far a step sees: keys less than this far from it; `nil`: all.
    public let slidingWindow: Int?
    /// Whether the result is multiplied by a sigmoid of a projection of the query.
    public let useGate: Bool
    public let seed: Int?
    let projections: AttentionProjections
    /// The axes that queries and keys are laid along, counted with the batch as 0.
    var stepAxes = [1]
    // In the order of Keras' weights.
    private var queryDense: EinsumDense?
    private var keyDense: EinsumDense?
    private var gateDense: EinsumDense?
    private var valueDense: EinsumDense?
    private var softmax: Softmax?
    private var dropoutLayer: Dropout?
    private var outputDense: EinsumDense?

    init(
        dropout: Double, slidingWindow: Int?, useGate: Bool, seed: Int?, projections: AttentionProjections,
        activityRegularizer: Regularizer?, name: String?, trainable: Bool, dtype: DTypePolicy?
    ) {
        self.dropout = dropout
        self.slidingWindow = slidingWindow
        self.useGate = useGate
        self.seed = seed
        self.projections = projections
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        prepare()
    }

    public required init(config: Config) throws {
        dropout = try config.value("dropout", default: 0)
        slidingWindow = try config.value("sliding_window", default: nil)
        useGate = try config.value("use_gate", default: false)
        seed = try config.seed()
        projections = try AttentionProjections(config)
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        require(dropout >= 0 && dropout <= 1, "dropout", "within 0 … 1", got: dropout)
        require((slidingWindow ?? 1) > 0, "slidingWindow", "nil, or 1 or more", got: slidingWindow ?? 1)
        supportsMasking = true
    }

    // MARK: What the layers differ in

    /// Heads of the queries, and of keys and values.
    var headCounts: (query: Int, key: Int) { (1, 1) }
    /// The size of a head of queries and keys, and of values.
    var headSizes: (key: Int, value: Int) { (1, 1) }
    /// The sizes of the output's last axes.
    func outputSizes(query: Shape) throws -> [Int] { [try query.known(axis: -1, for: self)] }
    /// Throws unless the shapes suit the layer.
    func checkShapes(query: TensorSource, value: TensorSource, key: TensorSource) throws {}
    /// Finds ``stepAxes`` from the rank of the projected query.
    func chooseStepAxes(rank: Int) {}

    // MARK: Building

    override var positionalKeywords: [String] { ["value", "key"] }
    override var inputsKeyword: String { "query" }

    override var buildConfig: Config? { shapesDict }
    private var shapesDict: Config?

    override func check(_ sources: Structure<TensorSource>) throws {
        guard case .one(let query) = sources else {
            throw KerasError.inputCount(
                place, expected: "a query, and value and key by name: layer(query, value: value)", names: [], got: sources.leafCount)
        }
        guard query.shape.rank >= 3 else {
            throw KerasError.incompatibleInput(
                place, requirement: .minRank(3, layout: "[batch, time, features]"), index: nil, name: "query", input: query)
        }
    }

    override func build(_ shapes: Structure<Shape>, keywords: [String: Structure<Shape>]) throws {
        guard let query = shapes.single, let value = keywords["value"]?.single else {
            throw KerasError.missingInput(place, name: "value", given: ["query"] + keywords.keys.sorted())
        }
        let key = keywords["key"]?.single ?? value
        func source(_ shape: Shape) -> TensorSource { TensorSource(shape: shape, dtype: computeDType) }
        try checkAll(source(query), source(value), source(key))
        let (heads, sizes) = (headCounts, headSizes)
        chooseStepAxes(rank: query.rank + 1)
        func add(
            _ name: String, _ shape: Shape, bound: Int = 1, _ made: [Int], _ activation: ActivationFunction = .linear
        ) throws -> EinsumDense {
            let dense = projections.dense(name, free: shape.rank - bound, bound: bound, sizes: made, activation: activation, in: self)
            try dense.checkArguments()
            try dense.ensureBuilt(.one(shape), sources: .one(source(shape)), path: "\(path ?? self.name)/\(name)")
            return dense
        }
        for shape in [query, value, key] { _ = try shape.known(axis: -1, for: self) }
        queryDense = try add("query", query, [heads.query, sizes.key])
        keyDense = try add("key", key, [heads.key, sizes.key])
        if useGate { gateDense = try add("gate", query, [heads.query, sizes.value], .sigmoid) }
        valueDense = try add("value", value, [heads.key, sizes.value])
        let scoreAxes = (0..<stepAxes.count).map { $0 - stepAxes.count }
        softmax = Softmax(axes: scoreAxes, dtype: dtypePolicy)
        dropoutLayer = Dropout(dropout, seed: seed, dtype: dtypePolicy)
        let projected = Shape(query.sizes.dropLast() + [heads.query, sizes.value])
        outputDense = try add("attention_output", projected, bound: 2, outputSizes(query: query))
        var built: Config = ["query_shape": query.configValue, "value_shape": value.configValue]
        if let key = keywords["key"]?.single { built["key_shape"] = key.configValue }
        shapesDict = ["shapes_dict": .dictionary(built)]
    }

    private func checkAll(_ query: TensorSource, _ value: TensorSource, _ key: TensorSource) throws {
        func fits(_ a: Int?, _ b: Int?) -> Bool { a == nil || b == nil || a == b }
        let (middle, keyMiddle) = (value.shape.sizes.dropFirst().dropLast(), key.shape.sizes.dropFirst().dropLast())
        guard value.shape.rank == query.shape.rank, key.shape.rank == query.shape.rank, zip(middle, keyMiddle).allSatisfy(fits) else {
            throw KerasError.incompatibleInputs(
                place, rule: "query, value and key of one rank, and value and key equal but for the batch and the last axis",
                remedy: "Take value and key from the same sequence.", inputs: [query, value, key])
        }
        try checkShapes(query: query, value: value, key: key)
    }

    // MARK: Calling

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        guard var query = inputs.single, var value = call.keywords["value"]?.single else {
            throw KerasError.missingInput(place, name: "value", given: ["query"] + call.keywords.keys.sorted())
        }
        let given = call.keywords["key"]?.single
        var key = given ?? value
        guard let queryDense, let keyDense, let valueDense, let outputDense else { throw KerasError.notBuilt(place, action: "calling it") }
        try checkAll(source(query), source(value), source(key))
        let queryMask = call.keywords["query_mask"]?.single ?? call.masks.first ?? nil
        let mask = try mask(query, value, queryMask, given, call)
        // The masks are seen to here; the projections have no use for them.
        (query.kerasMask, value.kerasMask, key.kerasMask) = (nil, nil, nil)
        let gate = try gateDense.map { try $0(query) }
        let wantsScores = try call.options.value("return_attention_scores", default: false)
        var (output, scores) = try attend(
            queryDense(query), repeated(keyDense(key)), repeated(valueDense(value)), mask, call.training, wantsScores: wantsScores)
        if let gate { output = try output * gate }
        output = try outputDense(output)
        output.kerasMask = queryMask
        guard wantsScores, let scores else { return .one(output) }
        return Structure(list: [output, scores])
    }

    /// The shape of a tensor as the user knows it.
    private func source(_ tensor: Tensor) -> TensorSource {
        TensorSource(shape: CallContext.current?.shape(of: tensor.shape) ?? Shape(tensor.shape), dtype: tensor.dtype)
    }

    /// Which keys each query sees, by all masks together.
    private func mask(_ query: Tensor, _ value: Tensor, _ queryMask: Tensor?, _ key: Tensor?, _ call: LayerCall) throws -> Tensor? {
        let (queries, keys) = (query.shape[1], value.shape[1])
        return try AttentionMath.combined([
            queryMask.map { try ops.expandDims($0, axis: -1) },
            (call.keywords["value_mask"]?.single ?? value.kerasMask).map { try ops.expandDims($0, axis: -2) },
            (call.keywords["key_mask"]?.single ?? key?.kerasMask).map { try ops.expandDims($0, axis: -2) },
            call.options.value("use_causal_mask", default: false) ? AttentionMath.causalMask(queries, keys) : nil,
            slidingWindow.map { try AttentionMath.windowMask(queries, keys, window: $0) },
            call.keywords["attention_mask"]?.single,
        ])
    }

    /// Keys or values, each head as often as there are heads of queries for it.
    private func repeated(_ x: Tensor) throws -> Tensor {
        headCounts.query == headCounts.key ? x : try ops.repeat(x, headCounts.query / headCounts.key, axis: x.rank - 2)
    }

    /// Attention in each head; the scores only where they are computed one by one.
    private func attend(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ mask: Tensor?, _ training: Bool, wantsScores: Bool
    ) throws -> (Tensor, Tensor?) {
        let scale = 1 / Double(headSizes.key).squareRoot()
        let mask = try mask.map { try AttentionMath.widened($0, rank: query.rank + stepAxes.count - 1, kept: stepAxes.count * 2) }
        if dropout == 0, !wantsScores, query.rank == 4, stepAxes.count == 1 {
            return (try AttentionMath.dotProductAttention(query, key, value, mask: mask, scale: scale), nil)
        }
        guard let softmax, let dropoutLayer else { throw KerasError.notBuilt(place, action: "calling it") }
        let equations = equations(rank: query.rank)
        let raw = try ops.einsum(equations.scores, key, query * scale)
        let scores = try softmax(raw, mask: mask)
        return (try ops.einsum(equations.output, dropoutLayer(scores, training: training), value), scores)
    }

    /// Key and query to scores `[…, heads, queries…, keys…]`, and scores and value to the output, for tensors of a rank.
    private func equations(rank: Int) -> (scores: String, output: String) {
        let letters = EinsumLetters.first(rank + stepAxes.count)
        let target = Array(letters.prefix(rank))
        var source = target
        for (index, axis) in stepAxes.sorted().enumerated() where source.indices.contains(axis) { source[axis] = letters[rank + index] }
        let batch = target.indices.dropLast().filter { !stepAxes.contains($0) }
        let product = String(batch.map { target[$0] } + stepAxes.map { target[$0] } + stepAxes.map { source[$0] })
        return ("\(String(source)),\(String(target))->\(product)", "\(product),\(String(source))->\(String(target))")
    }

    override public var config: Config {
        projections.config.merging([
            "dropout": .double(dropout), "use_gate": .bool(useGate), "sliding_window": slidingWindow.configValue,
            "activity_regularizer": activityRegularizer.configValue, "seed": seed.configValue,
        ])
    }
}
