extension Graph {
    /// Every instruction's results as expressions on the given arguments, one node for each instruction.
    func instantiateAll(_ arguments: [Value]) -> [[Value]] {
        var values: [[Value]] = []
        values.reserveCapacity(instructions.count)
        var nextParameter = 0
        for (index, instruction) in instructions.enumerated() {
            if case .parameter = instruction.primitive {
                values.append([arguments[nextParameter]])
                nextParameter += 1
                continue
            }
            let operands = instruction.operands.map { values[Int($0.instruction)][Int($0.result)] }
            let node = labels[index].isEmpty
                ? Node(instruction.primitive, operands, types: instruction.results)
                : Label.$current.withValue(labels[index]) { Node(instruction.primitive, operands, types: instruction.results) }
            values.append(instruction.results.indices.map { Value(node, $0) })
        }
        return values
    }
}
