/// Recurrent layers as loops. The input's product with the kernel is taken for all steps at once, before the loop.
extension Decomposition {
    static func lstm(_ inputs: Value, h: Value, c: Value, recurrentKernel: Value, reverse: Bool) throws -> [Value] {
        let results = try scan(over: [inputs], states: [h, c], constants: [recurrentKernel], reverse: reverse) { states, constants, inputs in
            let gates = try (inputs[0] + states[0].matmul(constants[0])).split(4, axis: 1)
            let (i, f, g, o) = try (gates[0].sigmoid(), gates[1].sigmoid(), gates[2].tanh(), gates[3].sigmoid())
            let c = try f * states[1] + i * g
            let h = try o * c.tanh()
            return ([h, c], try [h, .concatenated([i, f, g, o], axis: 1), c])
        }
        return [results[2], results[0], results[1], results[3], results[4]]
    }

    /// Backwards through time: `outputs`, `h` and `c` are the gradients of the outputs and of the last states.
    static func lstmGradient(
        recurrentKernel: Value, firstCell: Value, gates: Value, cells: Value, outputs: Value, h: Value, c: Value, reverse: Bool
    ) throws -> [Value] {
        let earlier = try cells.shiftedInTime(first: firstCell, reverse: reverse)
        let sequences = [gates, cells, earlier, outputs]
        let results = try scan(over: sequences, states: [h, c], constants: [recurrentKernel], reverse: !reverse) { states, constants, step in
            let parts = try step[0].split(4, axis: 1)
            let (i, f, g, o) = (parts[0], parts[1], parts[2], parts[3])
            let d = try step[3] + states[0], t = try step[1].tanh()
            let cell = try states[1] + d * o * (1 - t.squared())
            let gradients = try [cell * g * i * (1 - i), cell * step[2] * f * (1 - f), cell * i * (1 - g.squared()), d * t * o * (1 - o)]
            let inputs = try Value.concatenated(gradients, axis: 1)
            return ([try inputs.matmul(constants[0], transposeB: true), try cell * f], [inputs])
        }
        return [results[2], results[0], results[1]]
    }

    static func gru(_ x: Value, h: Value, kernel: Value, recurrentKernel: Value, bias: Value, reverse: Bool) throws -> [Value] {
        let biases = try bias.split(2, axis: 0).map { try $0.reshaped([bias.shape[1]]) }
        let inputs = try projected(x, kernel, biases[0])
        let results = try scan(over: [inputs], states: [h], constants: [recurrentKernel, biases[1]], reverse: reverse) { states, constants, inputs in
            let h = states[0]
            let recurrent = try h.matmul(constants[0])
            let fromState = try (recurrent + constants[1].broadcastTrailing(recurrent.shape)).split(3, axis: 1)
            let fromInput = try inputs[0].split(3, axis: 1)
            let update = try (fromInput[0] + fromState[0]).sigmoid()
            let reset = try (fromInput[1] + fromState[1]).sigmoid()
            let candidate = try (fromInput[2] + reset * fromState[2]).tanh()
            let next = try update * h + (1 - update) * candidate
            return ([next], [next])
        }
        return [results[1], results[0]]
    }

    /// `x · kernel + bias`
    private static func projected(_ x: Value, _ kernel: Value, _ bias: Value) throws -> Value {
        let (batch, time, features) = (x.shape[0], x.shape[1], x.shape[2])
        let rows = try x.reshaped([batch * time, features]).matmul(kernel)
        return try (rows + bias.broadcastTrailing(rows.shape)).reshaped([batch, time, kernel.shape[1]])
    }

    /// A loop over sequences `[batch, time, …]`. Results: last states, stacked results `[batch, time, …]`.
    private static func scan(
        over sequences: [Value], states: [Value], constants: [Value], reverse: Bool,
        _ step: (_ states: [Value], _ constants: [Value], _ inputs: [Value]) throws -> (states: [Value], results: [Value])
    ) throws -> [Value] {
        let timeMajor = try sequences.map { try $0.transposed([1, 0, 2]) }
        let carried = states.map { Value.placeholder($0.type) }
        let fixed = constants.map { Value.placeholder($0.type) }
        let slices = timeMajor.map { Value.placeholder(TensorType(Array($0.shape.dropFirst()), $0.dtype)) }
        let next = try step(carried, fixed, slices)
        let body = try Graph.capture(next.states + next.results, parameters: carried + fixed + slices).graph
        let loop = Scan(body: body, carries: states.count, constants: constants.count, sequences: slices.count, length: sequences[0].shape[1], reverse: reverse)
        let results = try Value.makeAll(.scan(loop), states + constants + timeMajor)
        return try results.prefix(states.count) + results.dropFirst(states.count).map { try $0.transposed([1, 0, 2]) }
    }
}

extension Value {
    /// `[batch, time, …]` one step later: `first` `[batch, …]`, and all but the last step; `reverse`: one step earlier.
    func shiftedInTime(first: Value, reverse: Bool) throws -> Value {
        let time = shape[1]
        guard time > 0 else { return self }
        let one = try first.reshaped([shape[0], 1] + shape.dropFirst(2))
        let begin = [0, reverse ? 1 : 0] + shape.dropFirst(2).map { _ in 0 }
        let rest = try sliced(begin, [shape[0], reverse ? time : time - 1] + shape.dropFirst(2))
        return try .concatenated(reverse ? [rest, one] : [one, rest], axis: 1)
    }
}
