import Graph

extension CPUExecutable {
    /// The plan for the engine's settings now, as text; see `Model.explainPlan()`.
    package var explanation: String { get throws { try currentPlan().text } }
}

extension Plan {
    /// How much memory there is, then a line for each kernel: what it does for which layer, what is fused into it, and where its
    /// results lie.
    var text: String {
        func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e6).text(3)) MB" }
        func total(_ types: [TensorType]) -> String { megabytes(types.reduce(0) { $0 + $1.byteCount }) }
        let operations = schedule.values.graph.instructions.count { !$0.primitive.isParameter }
        let shared = storage.outputParameter.count
        var lines = [
            "\(kernels.count) kernels for \(operations) operations, \(settings.threads) threads; tensors lie in row-major order.",
            "Inputs \(total(parameterTypes)), outputs \(total(outputTypes)) (\(shared) of \(outputTypes.count) in the memory of inputs), "
                + "arena \(megabytes(arenaByteCount)) at the peak, constants "
                + "\(megabytes(storage.constants.reduce(0) { $0 + $1.literal.bytes.count })).",
        ]
        var rows = [["#", "MFLOP", "MB", "threads", "kernel", "results", "where", "note"]]
        for (index, step) in steps.enumerated() {
            let places = step.places.prefix(3).joined(separator: ", ") + (step.places.count > 3 ? ", … (\(step.places.count))" : "")
            rows.append([
                "\(index)", step.flops > 0 ? (Double(step.flops) / 1e6).text(3) : "", (Double(step.bytes) / 1e6).text(3), "\(step.threads)",
                step.longTitle, step.results.shortened, places, step.note,
            ])
        }
        lines.append(rows.aligned(right: 4))
        return lines.joined(separator: "\n") + "\n"
    }
}
