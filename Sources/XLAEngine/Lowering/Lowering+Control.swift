import Graph

extension Lowering {
    /// A loop that carries: the step's number, the carries, the constants, the sequences, the stacked results.
    func scan(_ scan: Scan, _ x: [Term], to results: [TensorType]) throws -> [Term] {
        let stackTypes = Array(results.dropFirst(scan.carries))
        let stacks = stackTypes.map { text.full(0, $0) }
        if scan.length == 0 { return Array(x.prefix(scan.carries)) + stacks }
        let counter = TensorType([], .int32)
        let start = [text.scalar(0, .int32)] + x + stacks
        let condition = text.region(start.map(\.type)) { [text.compare("LT", $0[0], Double(scan.length))] }
        let fixed = scan.carries + scan.constants
        let body = try text.region(start.map(\.type)) { p in
            let place = scan.reverse ? text.subtract(text.full(Double(scan.length - 1), counter), p[0]) : p[0]
            let zero = text.scalar(0, .int32)
            func starts(_ rank: Int) -> [Term] { [place] + Array(repeating: zero, count: rank - 1) }
            let operands = Array(p[1...x.count])
            let slices = operands[fixed...].map { sequence in
                let shape = Array(sequence.shape.dropFirst())
                return text.reshape(dynamicSlice(sequence, at: starts(sequence.type.rank), sizes: [1] + shape), shape)
            }
            let outputs = try self.body(scan.body, Array(operands[..<fixed]) + slices)
            let filled = zip(p[(x.count + 1)...], outputs.dropFirst(scan.carries)).map { stack, slice in
                dynamicUpdate(stack, with: text.reshape(slice, [1] + slice.shape), at: starts(stack.type.rank))
            }
            let next = text.add(p[0], text.scalar(1, .int32))
            return [next] + outputs.prefix(scan.carries) + operands[scan.carries...] + filled
        }
        let ends = text.apply("stablehlo.while", start, regions: [condition, body], to: start.map(\.type))
        return Array(ends[1...].prefix(scan.carries)) + Array(ends[(x.count + 1)...])
    }

    /// Both branches see the operands from where they stand.
    func conditional(_ first: Graph, _ second: Graph, _ x: [Term], to results: [TensorType]) throws -> [Term] {
        let operands = Array(x.dropFirst())
        let branches = try [first, second].map { branch in try text.region([]) { _ in try body(branch, operands) } }
        return text.apply("stablehlo.if", [x[0]], regions: branches, to: results)
    }
}
