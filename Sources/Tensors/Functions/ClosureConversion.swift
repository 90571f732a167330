/// Turns the body of a loop or a branch into a graph of its own, with what it uses from outside as extra parameters.
struct ClosureConversion {
    @TaskLocal static var isInBody = false

    private let placeholders: [Value]
    private let outputs: [Value]
    /// What the body uses from outside, in the order of first use.
    let constants: [Value]

    /// Records `body` on placeholders of the given types.
    static func record(_ types: [TensorType], _ body: ([Tensor]) throws -> [Tensor]) throws -> ClosureConversion {
        let placeholders = types.map(Value.placeholder)
        let outputs = try $isInBody.withValue(true) { try body(placeholders.map(Tensor.init)).map(\.value) }
        return ClosureConversion(placeholders, outputs)
    }

    private init(_ placeholders: [Value], _ outputs: [Value]) {
        self.placeholders = placeholders
        self.outputs = outputs
        var inner: [ObjectIdentifier: Bool] = [:]
        for placeholder in placeholders { inner[ObjectIdentifier(placeholder.node)] = true }
        var constants: [Value] = []
        var known: Set<Value> = []

        // Operands first: a node is inner if one of its operands is. What has numbers is not looked into.
        var order: [Node] = []
        var stack: [(value: Value, operands: [Value]?)] = outputs.map { ($0, nil) }
        while let (value, operands) = stack.popLast() {
            let node = value.node
            if inner[ObjectIdentifier(node)] != nil { continue }
            if let operands {
                inner[ObjectIdentifier(node)] = operands.contains { inner[ObjectIdentifier($0.node)] == true }
                order.append(node)
            } else if value.buffer != nil {
                inner[ObjectIdentifier(node)] = false
            } else {
                let operands = node.operands
                stack.append((value, operands))
                for operand in operands { stack.append((operand, nil)) }
            }
        }
        func add(_ value: Value) {
            guard inner[ObjectIdentifier(value.node)] != true, !Self.isCheap(value), known.insert(value).inserted else { return }
            constants.append(value)
        }
        for node in order where inner[ObjectIdentifier(node)] == true { node.operands.forEach(add) }
        outputs.forEach(add)
        self.constants = constants
    }

    /// Computed in the body rather than passed to it: numbers that are spelled out, and copies of one.
    private static func isCheap(_ value: Value) -> Bool {
        var value = value
        while value.buffer == nil {
            switch value.node.primitive {
            case .constant, .iota: return true
            case .broadcast, .convert, .reshape:
                guard let operand = value.node.operands.first else { return false }
                value = operand
            default: return false
            }
        }
        return false
    }

    var types: [TensorType] { outputs.map(\.type) }

    /// The graph with `constants` as its last parameters (which contain this body's own).
    func graph(constants: [Value], sequencesLast: Int = 0) throws -> Graph {
        let split = placeholders.count - sequencesLast
        let parameters = Array(placeholders[..<split]) + constants + placeholders[split...]
        let captured = try Graph.capture(outputs, parameters: parameters, keepingStops: true)
        guard captured.captured.isEmpty else {
            throw GraphError.attribute(operation: "body", detail: "it uses a tensor in a way that cannot be passed to it")
        }
        return captured.graph
    }
}
