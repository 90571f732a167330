/// Loops with one body, on the same operands, become one loop with the results of all; results that nobody reads go.
///
/// Such twins come from gradients: a loop, and the same loop with the values that its gradient needs.
extension Graph {
    func mergingScans() throws -> Graph {
        guard instructions.contains(where: { if case .scan = $0.primitive { true } else { false } }) else { return self }
        let read = resultsRead()
        // Per group of twins: the stacked outputs that are read, in order of appearance.
        var groups: [ScanGroup: [Operand]] = [:]
        for (index, instruction) in instructions.enumerated() {
            guard case .scan(let scan) = instruction.primitive else { continue }
            var outputs = groups[ScanGroup(scan, instruction.operands)] ?? []
            for number in scan.carries..<scan.body.outputs.count where read[index].contains(number) && !outputs.contains(scan.body.outputs[number]) {
                outputs.append(scan.body.outputs[number])
            }
            groups[ScanGroup(scan, instruction.operands)] = outputs
        }
        return try GraphRewriter.rewrite(self) { rewriter, index, operands in
            let instruction = instructions[index]
            guard case .scan(let scan) = instruction.primitive, let outputs = groups[ScanGroup(scan, instruction.operands)] else {
                return rewriter.copy(index, operands)
            }
            var merged = scan
            merged.body.outputs = Array(scan.body.outputs.prefix(scan.carries)) + outputs
            let types = Array(instruction.results.prefix(scan.carries))
                + outputs.map { scan.body.type($0) }.map { TensorType([scan.length] + $0.shape, $0.dtype) }
            let results = rewriter.write(.scan(merged), operands, types, label: labels[index])
            // A result that nobody reads has no place; any will do.
            return scan.body.outputs.enumerated().map { number, output in
                number < scan.carries ? results[number] : outputs.firstIndex(of: output).map { results[scan.carries + $0] } ?? Operand(-1)
            }
        }
    }

    /// The numbers of each instruction's results that an operand or an output names.
    private func resultsRead() -> [Set<Int>] {
        var read = [Set<Int>](repeating: [], count: instructions.count)
        for instruction in instructions {
            for operand in instruction.operands { read[Int(operand.instruction)].insert(Int(operand.result)) }
        }
        for output in outputs { read[Int(output.instruction)].insert(Int(output.result)) }
        return read
    }
}

/// What twins have in common: all but the stacked outputs.
private struct ScanGroup: Hashable {
    let scan: Scan
    let operands: [Graph.Operand]

    init(_ scan: Scan, _ operands: [Graph.Operand]) {
        var common = scan
        common.body.outputs = Array(scan.body.outputs.prefix(scan.carries))
        self.scan = common
        self.operands = operands
    }
}
