import Graph

extension Profile {
    /// For each plan a table of its steps by time: the median of warm runs.
    package var table: String {
        ProfileRuns.all(events).map(\.table).joined(separator: "\n\n") + "\n"
    }
}

extension ProfileRuns {
    fileprivate var table: String {
        let times = steps.map(Self.typical)
        // A step in a loop runs several times in a run.
        let turns = steps.map { Double($0.count) / Double(max(runs.count, 1)) }
        let total = zip(times, turns).reduce(0) { $0 + $1.0 * $1.1 }
        let head = "\(name): \(plan.stepCount) kernels, \(runs.count) runs of \((Self.typical(runs) / 1e6).text(3)) ms"
            + ", \((total / 1e6).text(3)) ms in kernels; arena of \((Double(plan.arenaByteCount) / 1e6).text(1)) MB"
        var rows = [["#", "ms", "%", "GFLOP/s", "GB/s", "threads", "step", "results", "note"]]
        let described = plan.steps
        for index in times.indices.sorted(by: { times[$0] * turns[$0] > times[$1] * turns[$1] }) {
            let step = described[index], time = times[index]
            rows.append([
                "\(index)", (time / 1e6).text(3), (total > 0 ? 100 * time * turns[index] / total : 0).text(1),
                step.flops > 0 && time > 0 ? (Double(step.flops) / time).text(1) : "", time > 0 ? (Double(step.bytes) / time).text(1) : "",
                "\(step.threads)", step.longTitle, step.results.shortened, step.note,
            ])
        }
        return head + "\n" + rows.aligned(right: 6)
    }
}

extension PlanStep {
    /// The title, and what a fused step consists of.
    var longTitle: String {
        guard kind == Self.fused else { return title }
        let shown = operations.prefix(12).joined(separator: " ") + (operations.count > 12 ? " … (\(operations.count))" : "")
        return "\(title)(\(shown))" + (repetitions > 1 ? " × \(repetitions)" : "")
    }
}

extension [TensorType] {
    /// The first few, and how many there are.
    var shortened: String {
        prefix(3).map(\.description).joined(separator: " ") + (count > 3 ? " … (\(count))" : "")
    }
}

extension Double {
    /// With a number of places behind the point.
    func text(_ places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (self * scale).rounded()
        guard scaled.isFinite, abs(scaled) < 1e15 else { return "\(self)" }
        let digits = "\(Int(abs(scaled)))"
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        let sign = scaled < 0 ? "-" : ""
        return places == 0 ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}

extension [[String]] {
    /// Rows as text, columns under each other; the first `right` ones flush right.
    func aligned(right: Int) -> String {
        let widths = (first ?? []).indices.map { column in self.map { $0[column].count }.max() ?? 0 }
        return map { row in
            let cells = row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column < right ? space + text : text + space
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
