import Graph

/// What one step of a plan does, for people: what `explainPlan()` prints and profiles are named after.
package struct PlanStep: Sendable {
    /// `matmul aᵀ`, `convolution`, `fused`, …
    package var kind: String
    /// The paths of the layers that it computes for; none for losses, metrics and optimizers.
    package var layers: [String] = []
    /// The operations that ride on it, or that it is made of, in order.
    package var operations: [String] = []
    package var operands: [TensorType] = []
    package var results: [TensorType] = []
    /// Two for each multiply-add of matrix products and convolutions; for a fused step one for each element of each operation.
    package var flops = 0
    /// How many results are computed side by side, each by the same loop.
    package var repetitions = 1
    package var threads = 1
    /// Which way a kernel goes, where there are several.
    package var note = ""
    /// Where the results lie: `arena 0…4095`, `output 0`, `input 3`, …
    package var places: [String] = []

    /// The bytes of operands and results.
    package var bytes: Int { (operands + results).reduce(0) { $0 + $1.byteCount } }

    /// `dense: matmul + bias + relu`.
    package var title: String {
        let what = ([kind] + (kind == Self.fused ? [] : operations)).joined(separator: " + ")
        return layers.isEmpty ? what : "\(layers.joined(separator: ", ")): \(what)"
    }

    static let fused = "fused"
}

/// Which of the schedule's steps a kernel does, and how.
struct KernelOrigin {
    var steps: [Int]
    var threads = 1
    var note = ""
}

extension Plan {
    /// What the kernels do, in order.
    package var steps: [PlanStep] { origins.map(described) }

    private func described(_ origin: KernelOrigin) -> PlanStep {
        var step = PlanStep(kind: "")
        for (number, index) in origin.steps.enumerated() {
            let part = schedule.described(index, storage)
            if number == 0 { step = part } else { step.append(part) }
        }
        step.threads = origin.threads
        step.note = origin.note
        return step
    }
}

extension PlanStep {
    /// Takes in a step that runs the same code beside this one.
    fileprivate mutating func append(_ other: PlanStep) {
        for layer in other.layers where !layers.contains(layer) { layers.append(layer) }
        operands += other.operands
        results += other.results
        flops += other.flops
        places += other.places
        repetitions += 1
    }
}

extension Schedule {
    fileprivate func described(_ index: Int, _ storage: Storage) -> PlanStep {
        let step = steps[index]
        var result: PlanStep
        var instructions: [Int]
        switch step {
        case .fused(let group):
            instructions = group.members.map { values.instruction[$0] }
            result = PlanStep(kind: PlanStep.fused)
            result.operations = group.members.map { values.primitive(of: $0).name }
            result.flops = group.count * group.members.count
        case .broadcast(let value):
            instructions = [values.instruction[value]]
            result = PlanStep(kind: values.primitive(of: value).name)
        case .kernel(let instruction):
            instructions = [instruction]
            let entry = values.graph.instructions[instruction]
            result = PlanStep(kind: entry.primitive.name)
            result.flops = 2 * entry.primitive.multiplyAdds(entry.operands.map(values.graph.type), results: entry.results)
            if let epilogue = epilogues[instruction] {
                result.operations = ["bias"] + (epilogue.relu ? ["relu"] : [])
                instructions.append(values.instruction[epilogue.result])
            }
        }
        for label in instructions.map({ values.graph.labels[$0] }) where !label.isEmpty && !result.layers.contains(label) {
            result.layers.append(label)
        }
        result.operands = reads(step, at: index).map { values.type[$0] }
        let written = writes(step)
        result.results = written.map { values.type[$0] }
        result.places = written.map { value in storage.slot[value].map { storage.place($0, bytes: values.type[value].byteCount) } ?? "nowhere" }
        return result
    }
}

extension Storage {
    /// Where a slot's memory lies, in words.
    fileprivate func place(_ slot: Int, bytes: Int) -> String {
        if slot < parameterCount { return "input \(slot)" }
        if slot < parameterCount + outputCount { return "output \(slot - parameterCount)" }
        let offset = offsets[slot - parameterCount - outputCount]
        return offset < 0 ? "constants" : "arena \(offset)…\(offset + bytes)"
    }
}
