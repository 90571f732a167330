/// The loop over the steps of sequences: masks, direction and outputs, whatever a step computes.
///
/// A masked step leaves the states as they were. Its output is 0, or that of the step before: the first state, where that has the
/// output's type.
struct RecurrentLoop {
    /// Bool `[batch, time, …]`; a step counts where any of its elements is true.
    var mask: Tensor?
    var goBackwards = false
    /// Whether the steps are written out rather than looped over.
    var unroll = false
    var zeroOutputForMask = false
    /// Whether the outputs of all steps are wanted, else the last one's.
    var returnSequences = false

    /// From slices of the sequences and the states to the output and the next states.
    typealias Step = (_ slices: [Tensor], _ states: [Tensor]) throws -> (output: Tensor, states: [Tensor])

    /// The output `[batch, …]`, or all steps' `[batch, time, …]` in the order in which they were computed; and the last states.
    struct Results {
        var output: Tensor
        var states: [Tensor]
    }

    /// `[batch, time, …]` as `[time, batch, …]`, and back.
    static func timeMajor(_ x: Tensor) throws -> Tensor { try ops.swapaxes(x, 0, 1) }

    /// What is asked for, of outputs `[batch, time, …]` that stand in the steps' places.
    func output(ofPlaces outputs: Tensor, last: Tensor) throws -> Tensor {
        guard returnSequences else { return last }
        return goBackwards ? try ops.flip(outputs, axis: 1) : outputs
    }

    /// - Parameters:
    ///   - sequences: `[time, batch, …]`, at least one step.
    ///   - outputType: what a step gives; `nil` if that is its first state.
    func run(_ sequences: [Tensor], states: [Tensor], outputType: TensorType? = nil, step: Step) throws -> Results {
        var sequences = sequences
        if let mask {
            let counts = try mask.cast(to: .bool).reshaped(Array(mask.shape.prefix(2)) + [-1])
            sequences.append(try Self.timeMajor(ops.logicalNot(ops.any(counts, axis: -1))))
        }
        guard let type = outputType ?? states.first?.type else {
            throw TensorError.argument(operation: "a recurrent loop", detail: "a step has neither a state nor a known output")
        }
        let carriesPrevious = mask != nil && !zeroOutputForMask && type != states.first?.type
        let advance: Advance = { slices, states, previous in
            guard mask != nil else { return try step(slices, states) }
            let (output, next) = try step(Array(slices.dropLast()), states)
            let masked = slices[slices.count - 1]
            let fallback = try zeroOutputForMask ? ops.zerosLike(output) : carriesPrevious ? previous : states[0]
            return (try Self.select(masked, fallback, output), try zip(states, next).map { try Self.select(masked, $0, $1) })
        }
        let previous = try ops.zeros(type.shape, dtype: type.dtype)
        if unroll { return try unrolled(sequences, states, previous, advance) }
        let outputIsState = outputType == nil && !(mask != nil && zeroOutputForMask)
        return try scanned(sequences, states, carriesPrevious || !(returnSequences || outputIsState) ? previous : nil, advance)
    }

    private typealias Advance = (
        _ slices: [Tensor], _ states: [Tensor], _ previous: Tensor
    ) throws -> (output: Tensor, states: [Tensor])

    /// - Parameter carried: the output before the first step, if outputs are carried from step to step.
    private func scanned(_ sequences: [Tensor], _ states: [Tensor], _ carried: Tensor?, _ advance: Advance) throws -> Results {
        let carries = states + (carried.map { [$0] } ?? [])
        let (last, all) = try ops.scan(initial: carries, sequences: sequences, reverse: goBackwards) { carry, slices in
            let (output, next) = try advance(slices, Array(carry.prefix(states.count)), carry.last ?? slices[0])
            return (next + (carried == nil ? [] : [output]), returnSequences ? [output] : [])
        }
        let output = try all.first.map { try Self.timeMajor(goBackwards ? ops.flip($0, axis: 0) : $0) }
        return Results(output: output ?? last[carried == nil ? 0 : states.count], states: Array(last.prefix(states.count)))
    }

    private func unrolled(_ sequences: [Tensor], _ states: [Tensor], _ previous: Tensor, _ advance: Advance) throws -> Results {
        let slices = try sequences.map { try ops.unstack($0, axis: 0) }
        let steps = slices[0].indices
        var states = states, last = previous, outputs: [Tensor] = []
        for step in goBackwards ? Array(steps.reversed()) : Array(steps) {
            (last, states) = try advance(slices.map { $0[step] }, states, last)
            if returnSequences { outputs.append(last) }
        }
        return Results(output: returnSequences ? try ops.stack(outputs, axis: 1) : last, states: states)
    }

    /// `a` for the samples that are masked, `b` for the others.
    private static func select(_ masked: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
        try ops.where(masked.reshaped(masked.shape + [Int](repeating: 1, count: b.rank - 1)), a, b)
    }
}
