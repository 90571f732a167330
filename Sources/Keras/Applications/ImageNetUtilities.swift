/// What the models for ImageNet share: the checks of their arguments. Source: `keras.applications.imagenet_utils`.
enum ImageNetUtilities {
    /// The input's shape without the batch axis: a given one after checks, else the model's own.
    ///
    /// - Parameters:
    ///   - model: its name in messages.
    ///   - requireFlatten: whether a classifier follows that needs one size.
    /// - Throws: `KerasError.invalidSetting`.
    static func inputShape(
        _ given: Shape?, model: String, defaultSize: Int, minSize: Int, dataFormat: DataFormat, requireFlatten: Bool,
        weights: PretrainedWeights?
    ) throws -> Shape {
        let channelAxis = dataFormat == .channelsFirst ? 0 : 2
        func shape(_ size: Int?, channels: Int?) -> Shape {
            dataFormat == .channelsFirst ? [channels, size, size] : [size, size, channels]
        }
        func wrong(_ expected: String) -> KerasError {
            .invalidSetting(object: model, argument: "inputShape", expected: expected, got: given.map { "\($0)" } ?? "nil")
        }
        if weights == .imagenet, requireFlatten {
            let own = shape(defaultSize, channels: 3)
            guard given == nil || given == own else {
                throw wrong("\(own), which the ImageNet weights of its classifier belong to (includeTop: false takes other sizes)")
            }
            return own
        }
        if weights != .imagenet, let given, given.rank == 3, given[channelAxis] != 1, given[channelAxis] != 3 {
            let channels = given[channelAxis].map { "\($0)" } ?? "an unknown number of"
            Session.current.warnings("\(model) usually has inputs with 1 or 3 channels; inputShape \(given) has \(channels).")
        }
        guard let given, given.rank > 0 else { return shape(requireFlatten ? defaultSize : nil, channels: 3) }
        let layout = dataFormat == .channelsFirst ? "[channels, height, width]" : "[height, width, channels]"
        guard given.rank == 3 else { throw wrong("three sizes, \(layout)") }
        if weights == .imagenet, given[channelAxis] != 3 { throw wrong("\(layout) with 3 channels, as the ImageNet weights have") }
        let sides = (0..<3).filter { $0 != channelAxis }.map { given[$0] }
        guard sides.allSatisfy({ $0 ?? minSize >= minSize }) else { throw wrong("at least \(minSize) × \(minSize)") }
        if requireFlatten, !given.isFullyKnown { throw wrong("fully known, because includeTop is true") }
        return given
    }

    /// Pretrained weights belong to a classifier that gives probabilities or logits.
    ///
    /// - Throws: `KerasError.invalidSetting`.
    static func checkClassifier(_ activation: ActivationFunction, model: String, weights: PretrainedWeights?) throws {
        guard weights != nil, activation != .softmax, activation != .linear else { return }
        throw KerasError.invalidSetting(
            object: model, argument: "classifierActivation", expected: ".softmax or .linear where weights are loaded",
            got: ".\(activation.name)")
    }

    /// The `Input`s that a place in a graph comes from.
    static func sources(of tensor: KerasTensor) -> [KerasTensor] {
        guard let node = tensor.node else { return [tensor] }
        if node.isInput { return node.outputTensors }
        var found: [KerasTensor] = []
        for source in node.inputTensors.flatMap(sources) where !found.contains(source) { found.append(source) }
        return found
    }
}

/// What follows the last convolutions where there is no classifier.
public enum FeaturePooling: String, CaseIterable, Hashable, Sendable {
    /// The mean over all places: `[batch, channels]`.
    case average = "avg"
    /// The maximum over all places: `[batch, channels]`.
    case max
}
