import Foundation

extension KerasError: CustomStringConvertible, LocalizedError {
    public var errorDescription: String? { description }

    public var description: String {
        switch self {
        case .invalidArgument(let layer, let argument, let expected, let got):
            return "\(layer) needs \(argument) to be \(expected); it got \(got)."
        case .unknownDimension(let layer, let axis, let input):
            return """
                \(layer) needs to know the size of axis \(axis) of its input, because its weights depend on it; it got \(input).
                Give that axis a size where the input is made: Input(shape: …) without nil there.
                """
        case .incompatibleInput(let layer, let requirement, let index, let name, let input):
            return KerasError.describe(layer, requirement, index, name, input)
        case .incompatibleInputs(let layer, let rule, let remedy, let inputs):
            return "\(layer) needs \(rule); it got \(list(inputs.map(\.description))).\(next(remedy))"
        case .inputCount(let layer, let expected, let names, let got):
            let known = names.isEmpty ? "" : " (\(list(names.map(quoted))))"
            return "\(layer) takes \(expected)\(known); it got \(got)."
        case .missingInput(let layer, let name, let given):
            return "\(layer) has an input \(quoted(name)) that was not given; given were \(given.isEmpty ? "none" : list(given.map(quoted)))."
        case .unknownInput(let layer, let name, let known):
            return "\(layer) has no input \(quoted(name)).\(suggestion(name, known, kind: "Its inputs are"))"
        case .severalOutputs(let layer, let count):
            return "\(layer) gives \(count) outputs where one is asked for.\nAsk for all: let outputs: [KerasTensor] = try layer(x)."
        case .outputArrangement(let layer, let expected):
            return "\(layer) does not give its outputs as \(expected)."
        case .callNotImplemented(let layer, let signature):
            return "\(layer) has no call for what it was given.\nOverride \(signature)."
        case .callFailed(let layer, let reason, let inputs):
            return "\(layer) cannot be applied to \(list(inputs.map(\.description))): \(reason)"
        case .needsValues(let layer):
            return """
                \(layer) reads a tensor's numbers in its call, and there are none while a graph is drawn or a function is traced.
                Use ops.where or ops.cond, or call the layer on tensors, with compile(runEagerly: true) for training.
                """
        case .unknownWeightShape(let layer, let weight, let shape):
            return "\(layer) asks for a weight \(quoted(weight)) of shape \(shape); weights need every size known and 0 or more."
        case .weightCount(let layer, let expected, let got):
            return "\(layer) has \(count(expected, "weight")); setWeights got \(got)."
        case .weightShape(let layer, let weight, let expected, let got):
            return "\(layer) has a weight \(quoted(weight)) of shape \(Shape(expected)); it got \(Shape(got))."
        case .notBuilt(let layer, let action):
            return "\(layer) has no weights yet, so \(action) is not possible.\nCall it, or build(inputShape:), first."
        case .notCalled(let layer, let property):
            return "\(layer) has no \(property): it has not been called on a KerasTensor."
        case .severalCalls(let layer, let property, let calls):
            let lines = calls.enumerated().map { "  \(property)(at: \($0)): called at \($1.place) on \(list($1.inputs.map(\.description)))" }
            return "\(layer) was called \(calls.count) times. Say which \(property) is meant:\n\(lines.joined(separator: "\n"))"
        case .severalTensors(let layer, let property, let count):
            return "\(layer) has \(count) \(property)s. Ask for all of them: \(property)s(at: 0)."
        case .noSuchCall(let layer, let index, let calls):
            return "\(layer) has \(count(calls, "call")); there is no call \(index)."
        case .disconnected(let model, let layer, let missing, let given):
            return """
                Model \(quoted(model)) is not connected: \(layer) needs \(missing), which the model's inputs do not lead to.
                The inputs are \(given.isEmpty ? "none" : list(given.map(\.description))). Add what is missing to them, or draw the outputs from them.
                """
        case .noHistory(let model, let role, let tensor):
            return "Model \(quoted(model)) got \(tensor) as \(role), which no layer made.\nStart from Input(shape:) and call layers on it."
        case .duplicateInput(let model, let input):
            return "Model \(quoted(model)) got \(input) as an input twice.\nName each input once."
        case .duplicateLayerName(let model, let name, let layers):
            let places = layers.map { layer in layer.place.map { "\(layer.className) called at \($0)" } ?? layer.className }
            return "Model \(quoted(model)) has \(layers.count) layers named \(quoted(name)): \(list(places)).\nGive each its own name."
        case .cycle(let model, let layers):
            let shown = layers.count > 20 ? layers.prefix(19) + ["…", layers[layers.count - 1]] : layers[...]
            return "Model \(quoted(model)) has a cycle: \(shown.joined(separator: " → ")).\nA layer's input cannot come from its own output."
        case .emptyModel(let model, let action):
            return "Model \(quoted(model)) has no layers, so \(action) is not possible.\nAdd layers first."
        case .cannotAdd(let model, let layer, let reason):
            return "\(layer) cannot be added to Sequential \(quoted(model)): \(reason)."
        case .unknownName(let kind, let name, let known):
            return "There is no \(kind) named \(quoted(name)).\(suggestion(name, known, kind: "Known are"))"
        case .unknownClasses(let object, let classes):
            let names = classes.map { unknown in quoted(unknown.name) + (unknown.nearest.map { " (did you mean \(quoted($0))?)" } ?? "") }
            return """
                \(object) names \(classes.count) classes that are not known: \(list(names)).
                Give classes of your own as customObjects.
                """
        case .missingConfigKey(let key, let given):
            return "The config has no \(quoted(key))\(given.isEmpty ? "" : "; it has \(list(given.map(quoted)))")."
        case .configType(let key, let expected, let got):
            return "The config's \(quoted(key)) is to be \(expected); it is \(got)."
        case .invalidConfig(let object, let reason):
            return "The config of \(object) cannot be used: \(reason)."
        case .notConfigurable(let object, let reason):
            return "\(object) cannot be made from a config: \(reason)."
        case .invalidSetting(let object, let argument, let expected, let got):
            return "\(object) needs \(argument) to be \(expected); it got \(got)."
        case .training(let fact):
            return fact.description
        case .trainingData(let fact):
            return fact.description
        case .data(let fact):
            return fact.description
        case .saving(let fact):
            return fact.description
        case .display(let fact):
            return fact.description
        }
    }

    private static func describe(
        _ layer: LayerPlace, _ requirement: InputSpec.Requirement, _ index: Int?, _ name: String?, _ input: TensorSource
    ) -> String {
        let which = name.map { "input \(quoted($0))" } ?? index.map { "input \($0)" } ?? "inputs"
        func layoutSuffix(_ layout: String?) -> String { layout.map { ", \($0)" } ?? "" }
        switch requirement {
        case .rank(let rank, let layout):
            return "\(layer) needs \(which) of rank \(rank)\(layoutSuffix(layout)); it got \(input).\(rankRemedy(rank, input.shape, layout))"
        case .minRank(let rank, let layout):
            return "\(layer) needs \(which) of rank \(rank) or more\(layoutSuffix(layout)); it got \(input).\(rankRemedy(rank, input.shape, layout))"
        case .maxRank(let rank, let layout):
            return "\(layer) needs \(which) of rank \(rank) or less\(layoutSuffix(layout)); it got \(input).\(rankRemedy(rank, input.shape, layout))"
        case .axis(let axis, let size):
            return """
                \(layer) needs \(which) with size \(size) in axis \(axis); it got \(input).
                Its weights were made for \(size). Use a new layer for another size.
                """
        case .shape(let shape):
            return "\(layer) needs \(which) of shape \(shape); it got \(input)."
        case .dtype(let dtype):
            return "\(layer) needs \(which) of type \(dtype); it got \(input) of type \(input.dtype).\nCast it: cast(to: .\(dtype))."
        case .other(let need, let remedy):
            return "\(layer) needs \(need); it got \(input).\(next(remedy))"
        }
    }

    private static func rankRemedy(_ rank: Int, _ got: Shape, _ layout: String? = nil) -> String {
        if got.rank > rank { return "\nTake axes away first: Flatten() or Reshape(…)." }
        let kept = got.rank > 1 ? got[1...].sizes : []
        let missing = [Int?](repeating: 1, count: max(rank - max(got.rank, 1), 0))
        let reshape = "Reshape(\(Shape((kept + missing).map { $0 ?? -1 })))"
        let axis = layout?.contains("features") == true ? "a feature axis" : "another axis"
        return "\nGive the input \(axis): Input(shape: \(Shape(kept + missing))) or \(reshape)."
    }
}

// MARK: Parts of messages

extension LayerPlace: CustomStringConvertible {
    public var description: String { "\(className) \(quoted(name))\(place.map { " (called at \($0))" } ?? "")" }
}

extension TensorSource: CustomStringConvertible {
    public var description: String { "\(shape)\(origin.map { " from \($0)" } ?? "")" }
}

private func list(_ items: [String]) -> String {
    let most = 100
    let rest = items.count > most ? ["\(items.count - most) more"] : []
    let shown = items.prefix(most) + rest
    return shown.count < 2 ? shown.joined() : "\(shown.dropLast().joined(separator: ", ")) and \(shown[shown.count - 1])"
}

private func next(_ remedy: String) -> String { remedy.isEmpty ? "" : "\n\(remedy)" }

private func count(_ number: Int, _ noun: String) -> String { "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")" }

private func suggestion(_ name: String, _ known: [String], kind: String) -> String {
    if let near = DidYouMean.suggestion(for: name, among: known) { return "\nDid you mean \(quoted(near))?" }
    if known.isEmpty { return "" }
    return "\n\(kind) \(list(known.prefix(40).map(quoted)))\(known.count > 40 ? ", …" : "")."
}
