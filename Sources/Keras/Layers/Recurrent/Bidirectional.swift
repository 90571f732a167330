/// Runs a recurrent layer over sequences in both directions, each with weights of its own, and merges what they give.
///
/// Both layers are made anew from the given one's settings, unless the backward one is given, too. Of sequences, the backward layer's
/// outputs are put into the inputs' order, and outputs of masked steps are 0. States are the forward layer's, then the backward one's.
///
/// - Input: the layer's. Output: both layers', merged; with `mergeMode: nil`, two outputs. Then, with `returnState`, the states.
/// - Weights: the forward layer's, then the backward one's.
/// - Throws: `KerasError.invalidArgument` for a backward layer that does not suit the forward one; what the layers throw.
/// - Source: `keras.layers.Bidirectional`.
///
/// ```swift
/// let y = try Bidirectional(LSTM(64))(Input(shape: [nil, 8]))      // [nil, 128]
/// ```
public final class Bidirectional: Layer, SequenceLayer {
    public let forwardLayer: RNN
    public let backwardLayer: RNN
    /// How the outputs are merged; `nil`: they are given one after the other.
    public let mergeMode: MergeMode?

    public enum MergeMode: String, CaseIterable, Sendable {
        case sum, mul, ave, concat
    }

    /// - Parameters:
    ///   - layer: an `RNN`, such as `LSTM` or `GRU`.
    ///   - backwardLayer: goes the other way; the same as to `stateful`, `returnSequences` and `returnState`.
    public convenience init(
        _ layer: RNN, mergeMode: MergeMode? = .concat, backwardLayer: RNN? = nil, name: String? = nil, trainable: Bool = true,
        dtype: DTypePolicy? = nil, activityRegularizer: Regularizer? = nil
    ) {
        self.init(
            layers: Result { try Self.layers(layer, backwardLayer) }, of: layer, mergeMode: mergeMode, name: name, trainable: trainable,
            dtype: dtype, activityRegularizer: activityRegularizer)
    }

    private init(
        layers: Result<(RNN, RNN), any Error>, of layer: RNN, mergeMode: MergeMode?, name: String?, trainable: Bool, dtype: DTypePolicy?,
        activityRegularizer: Regularizer?
    ) {
        (forwardLayer, backwardLayer) = (try? layers.get()) ?? (layer, layer)
        self.mergeMode = mergeMode
        super.init(name: name, trainable: trainable, dtype: dtype, activityRegularizer: activityRegularizer)
        remember { _ = try layers.get() }
        prepare()
    }

    public required init(config: Config) throws {
        let layer = try Self.recurrent(config.dictionary("layer"))
        let backward: Config? = try config.value("backward_layer", default: nil)
        (forwardLayer, backwardLayer) = try Self.layers(layer, backward.map { try Self.recurrent($0) })
        let mode = try config.value("merge_mode", default: MergeMode.concat.rawValue as String?)
        mergeMode = try mode.map { name in
            guard let mode = MergeMode(rawValue: name) else {
                throw KerasError.unknownName(kind: "merge mode", name: name, known: MergeMode.allCases.map(\.rawValue))
            }
            return mode
        }
        try super.init(config: config)
        prepare()
    }

    private func prepare() {
        let (forward, backward) = (forwardLayer, backwardLayer)
        require(
            forward.goBackwards != backward.goBackwards, "backwardLayer", "a layer with another goBackwards than the forward one",
            got: "\(backward.goBackwards) for both")
        for (option, path) in [("stateful", \RNN.stateful), ("returnSequences", \.returnSequences), ("returnState", \.returnState)] {
            require(
                forward[keyPath: path] == backward[keyPath: path], "backwardLayer", "a layer with the forward one's \(option)",
                got: backward[keyPath: path])
        }
        if argumentProblem == nil { argumentProblem = forward.argumentProblem ?? backward.argumentProblem }
        for layer in [forward, backward] { layer.zeroOutputForMask = layer.returnSequences }
        inputSpec = forward.inputSpec
        supportsMasking = true
    }

    // MARK: The two layers

    private static func layers(_ layer: RNN, _ backward: RNN?) throws -> (RNN, RNN) {
        (try copy(layer, "forward_"), try backward ?? copy(layer, "backward_", ["go_backwards": true]))
    }

    /// A layer of the same settings with weights of its own.
    private static func copy(_ layer: RNN, _ prefix: String, _ changes: Config = [:]) throws -> RNN {
        let base = layer.name.hasPrefix(prefix) ? String(layer.name.dropFirst(prefix.count)) : layer.name
        return try CustomObjects.with(layer.flattenedLayers.map { type(of: $0) }) {
            var object = LayerConfig.object(of: layer)
            object.config = object.config.merging(changes).merging(["name": .string(prefix + base)])
            return try recurrent(object.dictionary)
        }
    }

    private static func recurrent(_ config: Config) throws -> RNN {
        let layer = try LayerConfig.layer(from: config)
        guard let recurrent = layer as? RNN else {
            throw KerasError.invalidConfig(object: "Bidirectional", reason: "\(layer.kindAndName) is no recurrent layer")
        }
        return recurrent
    }

    private var stateShapes: Structure<Shape>?

    override func build(_ shapes: Structure<Shape>, keywords: [String: Structure<Shape>]) throws {
        stateShapes = keywords["initial_state"]
        try super.build(shapes, keywords: keywords)
    }

    override public func build(inputShape: Shape) throws {
        for layer in [forwardLayer, backwardLayer] { try buildPart(layer, for: inputShape) }
    }

    override var buildConfig: Config? { RNN.buildConfig(buildShapes, states: stateShapes) }

    override var inputsKeyword: String { forwardLayer.inputsKeyword }
    override var positionalKeywords: [String] { forwardLayer.positionalKeywords }
    override var writesPositionally: Bool { false }

    // MARK: The call

    override public func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
        let states = call.keywords["initial_state"]?.leaves
        let half = (states?.count ?? 0) / 2
        let ahead = try run(forwardLayer, inputs, call, states.map { Array($0.prefix(half)) })
        let back = try run(backwardLayer, inputs, call, states.map { Array($0.dropFirst(half)) })
        let y = try ahead[0].cast(to: computeDType), reversed = try back[0].cast(to: computeDType)
        let outputs = try merge(y, forwardLayer.returnSequences ? ops.flip(reversed, axis: 1) : reversed)
        let all = outputs + ahead.dropFirst() + back.dropFirst()
        return all.count == 1 ? .one(all[0]) : Structure(list: all)
    }

    private func run(_ layer: RNN, _ inputs: Structure<Tensor>, _ call: LayerCall, _ states: [Tensor]?) throws -> [Tensor] {
        var arguments = CallArguments(inputs: inputs, training: call.training)
        if let states { arguments.keywords.append((name: "initial_state", value: Structure(list: states))) }
        if let mask = call.sequenceMask { arguments.keywords.append((name: "mask", value: .one(mask))) }
        return try layer.invoke(arguments, at: nil).leaves
    }

    private func merge(_ a: Tensor, _ b: Tensor) throws -> [Tensor] {
        switch mergeMode {
        case .sum: [try a + b]
        case .mul: [try a * b]
        case .ave: [try (a + b) / 2]
        case .concat: [try ops.concatenate([a, b], axis: -1)]
        case nil: [a, b]
        }
    }

    override public func computeMasks(_ inputs: [Tensor], masks: [Tensor?]) throws -> [Tensor?] {
        let mask = forwardLayer.returnSequences ? masks.first ?? nil : nil
        return mergeMode == nil ? [mask, mask] : [mask]
    }

    // MARK: States

    /// The states that the next batch starts from, if the layers are stateful and built.
    public var states: [Variable] { forwardLayer.states + backwardLayer.states }

    /// Lets the next batch start from zeros.
    public func resetState() throws {
        try forwardLayer.resetState()
        try backwardLayer.resetState()
    }

    override var filledArguments: FilledArguments { .mask }

    override public var config: Config {
        [
            "merge_mode": (mergeMode?.rawValue).configValue, "layer": LayerConfig.value(of: forwardLayer),
            "backward_layer": LayerConfig.value(of: backwardLayer),
        ]
    }
}
