/// A program in static single assignment: instructions in order, each on results of earlier ones.
///
/// Graphs are values: equal text is an equal graph (labels aside), which is what caches of executables go by.
public struct Graph: Sendable {
    /// One result of an instruction.
    public struct Operand: Hashable, Sendable {
        public var instruction: Int32
        public var result: Int32
        public init(_ instruction: Int, _ result: Int = 0) {
            self.instruction = Int32(instruction)
            self.result = Int32(result)
        }
    }

    public struct Instruction: Hashable, Sendable {
        public var primitive: Primitive
        public var operands: [Operand]
        public var results: [TensorType]
    }

    public private(set) var instructions: [Instruction] = []
    /// For people: the layer that an instruction came from. Not part of a graph's identity.
    public private(set) var labels: [String] = []
    /// The instruction of each parameter.
    public private(set) var parameters: [Int] = []
    public var outputs: [Operand] = []

    public init() {}

    public func type(_ operand: Operand) -> TensorType {
        instructions[Int(operand.instruction)].results[Int(operand.result)]
    }

    public var parameterTypes: [TensorType] { parameters.map { instructions[$0].results[0] } }
    public var outputTypes: [TensorType] { outputs.map(type) }

    /// Adds an instruction whose result types are known to be right.
    @discardableResult
    public mutating func append(_ primitive: Primitive, _ operands: [Operand], results: [TensorType], label: String = "") -> Int {
        if case .parameter = primitive { parameters.append(instructions.count) }
        instructions.append(Instruction(primitive: primitive, operands: operands, results: results))
        labels.append(label)
        return instructions.count - 1
    }
}

extension Graph: Hashable {
    public static func == (a: Graph, b: Graph) -> Bool { a.instructions == b.instructions && a.outputs == b.outputs }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(instructions)
        hasher.combine(outputs)
    }
}

extension Graph: CustomStringConvertible {
    /// One line for each instruction: `%3 = f32[64, 10] binary(add) %1 %2  // dense`.
    public var description: String {
        func name(_ operand: Operand) -> String {
            "%\(operand.instruction)" + (operand.result == 0 ? "" : ".\(operand.result)")
        }
        var lines: [String] = []
        for (index, instruction) in instructions.enumerated() {
            let types = instruction.results.map(\.description).joined(separator: ", ")
            let operands = instruction.operands.map { " " + name($0) }.joined()
            let label = labels[index].isEmpty ? "" : "  // \(labels[index])"
            lines.append("%\(index) = \(types) \(instruction.primitive.name)\(operands)\(label)")
        }
        return (lines + ["return " + outputs.map(name).joined(separator: ", ")]).joined(separator: "\n")
    }
}
