/// What a summary says of a model's costs.
enum SummaryCosts {
    static let headers: [TextTable.Header] = [("Mult-adds", .right), ("Activations", .right), ("Training peak", .right)]

    /// The cells of a layer's row: "?" where it is not known, "-" where no gradient is computed.
    static func cells(of part: ModelCost.Part?) -> [String] {
        guard let part else { return headers.map { _ in "?" } }
        guard let activations = part.activationBytes else { return [count(part.multiplyAdds), "?", "?"] }
        let peak = part.trainingPeak.map { Parameters.size(Double($0)) }
        return [count(part.multiplyAdds), Parameters.size(Double(activations)), peak ?? "-"]
    }

    /// The lines under the table.
    static func totals(_ cost: ModelCost) -> [String] {
        let peak = cost.trainingPeak.map { "\(Parameters.size(Double($0)))\(cost.peakLayer.map { " (at \($0))" } ?? "")" }
        return [
            " Multiply-adds: \(Summary.grouped(cost.multiplyAdds)) (\(count(cost.flops)) FLOPs) for a batch of \(cost.batchSize)",
            " Activations: \(Parameters.size(Double(cost.activationBytes)))",
            " Training peak: \(peak ?? "-"), besides weights and the optimizer's variables",
        ]
    }

    /// A number as it is below 10,000, else with two decimals of the largest of the units, of 1000 each, in which it is 1 or more.
    static func count(_ number: Int) -> String {
        if number < 10_000 { return Summary.grouped(number) }
        var value = Double(number)
        var unit = ""
        for next in ["K", "M", "G", "T", "P", "E"] where value >= 1000 {
            value /= 1000
            unit = " \(next)"
        }
        return Parameters.twoDigits(value) + unit
    }
}
