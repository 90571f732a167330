/// The states that a stateful layer keeps from batch to batch. As in Keras they are no weights: they are neither saved nor counted.
final class KeptStates {
    let variables: [Variable]
    let batch: Int

    init(_ states: [Tensor], batch: Int, dtype: DType, path: String) throws {
        self.batch = batch
        variables = try states.map { state in
            let variable = try Variable(state.cast(to: dtype), name: "rnn_state", trainable: false)
            variable.path = "\(path)/rnn_state"
            return variable
        }
    }

    var values: [Tensor] { variables.map(\.rawValue) }

    func assign(_ states: [Tensor]) throws {
        for (variable, state) in zip(variables, states) { try variable.assign(state) }
    }

    func reset() throws {
        for variable in variables { try variable.assign(ops.zeros(variable.shape, dtype: variable.dtype)) }
    }
}

extension Model {
    /// Lets all stateful layers of the model start from zeros.
    public func resetState() throws {
        for case let layer as RNN in flattenedLayers { try layer.resetState() }
    }
}
