/// What one step of a loop does, found by recording it on placeholders.
struct StepProbe {
    /// The types of the step's results.
    let types: [TensorType]
    /// Whether the step can be recorded once for all steps. One that assigns variables (that draws random numbers, say) or adds to the
    /// loss has to be written out for each step.
    let isRepeatable: Bool

    /// - Parameters:
    ///   - layer: whose step it is.
    ///   - parameters: the types of what a step takes.
    init(_ layer: Layer, _ parameters: [TensorType], _ step: ([Tensor]) throws -> [Tensor]) throws {
        let layers = layer.flattenedLayers
        let counts = layers.map(\.callLosses.count)
        defer {
            for (layer, count) in zip(layers, counts) where layer.callLosses.count > count {
                layer.callLosses.removeLast(layer.callLosses.count - count)
            }
        }
        let (results, assigns) = try Trace.probing { try step(parameters.map(Tensor.placeholder)) }
        types = results.map(\.type)
        isRepeatable = !assigns && zip(layers, counts).allSatisfy { $0.callLosses.count == $1 }
    }
}
