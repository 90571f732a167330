/// Recurrent layers as loops. The input's product with the kernel, for all steps at once, is taken before the loop.
extension Decomposition {
    static func lstm(_ x: Value, h: Value, c: Value, kernel: Value, recurrentKernel: Value, bias: Value, reverse: Bool) throws -> [Value] {
        let inputs = try projected(x, kernel, bias)
        let results = try scan(over: inputs, states: [h, c], constants: [recurrentKernel], reverse: reverse) { states, constants, input in
            let gates = try (input + states[0].matmul(constants[0])).split(4, axis: 1)
            let (i, f, o) = try (gates[0].sigmoid(), gates[1].sigmoid(), gates[3].sigmoid())
            let c = try f * states[1] + i * gates[2].tanh()
            return try [o * c.tanh(), c]
        }
        return [try results[2].transposed([1, 0, 2]), results[0], results[1]]
    }

    static func gru(_ x: Value, h: Value, kernel: Value, recurrentKernel: Value, bias: Value, reverse: Bool) throws -> [Value] {
        let biases = try bias.split(2, axis: 0).map { try $0.reshaped([bias.shape[1]]) }
        let inputs = try projected(x, kernel, biases[0])
        let results = try scan(over: inputs, states: [h], constants: [recurrentKernel, biases[1]], reverse: reverse) { states, constants, input in
            let h = states[0]
            let recurrent = try h.matmul(constants[0])
            let fromState = try (recurrent + constants[1].broadcastTrailing(recurrent.shape)).split(3, axis: 1)
            let fromInput = try input.split(3, axis: 1)
            let update = try (fromInput[0] + fromState[0]).sigmoid()
            let reset = try (fromInput[1] + fromState[1]).sigmoid()
            let candidate = try (fromInput[2] + reset * fromState[2]).tanh()
            return [try update * h + (1 - update) * candidate]
        }
        return [try results[1].transposed([1, 0, 2]), results[0]]
    }

    /// `x · kernel + bias` as `[time, batch, …]`.
    private static func projected(_ x: Value, _ kernel: Value, _ bias: Value) throws -> Value {
        let (batch, time, features) = (x.shape[0], x.shape[1], x.shape[2])
        let width = kernel.shape[1]
        let rows = try x.transposed([1, 0, 2]).reshaped([time * batch, features]).matmul(kernel)
        return try (rows + bias.broadcastTrailing(rows.shape)).reshaped([time, batch, width])
    }

    /// A loop over one sequence that stacks its first state. Results: last states, stacked first state.
    private static func scan(
        over sequence: Value, states: [Value], constants: [Value], reverse: Bool,
        _ step: (_ states: [Value], _ constants: [Value], _ input: Value) throws -> [Value]
    ) throws -> [Value] {
        let carried = states.map { Value.placeholder($0.type) }
        let fixed = constants.map { Value.placeholder($0.type) }
        let slice = Value.placeholder(TensorType(Array(sequence.shape.dropFirst()), sequence.dtype))
        let next = try step(carried, fixed, slice)
        let body = try Graph.capture(next + [next[0]], parameters: carried + fixed + [slice]).graph
        let loop = Scan(body: body, carries: states.count, constants: constants.count, sequences: 1, length: sequence.shape[0], reverse: reverse)
        return try Value.makeAll(.scan(loop), states + constants + [sequence])
    }
}
