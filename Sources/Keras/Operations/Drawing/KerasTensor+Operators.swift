// Arithmetic between places in a graph, numbers and tensors. Each operator makes a node: the operation of `ops` of that meaning.
//
// An operator cannot know where it stands in a program. Messages name the place that its operand comes from instead.

extension KerasTensor {
    /// The sum, element by element, with broadcasting.
    public static func + (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("Add", a, b) }
    public static func + (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("Add", a, b) }
    public static func + (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("Add", a, b) }

    /// The difference, element by element, with broadcasting.
    public static func - (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("Subtract", a, b) }
    public static func - (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("Subtract", a, b) }
    public static func - (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("Subtract", a, b) }

    /// The product, element by element, with broadcasting.
    public static func * (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("Multiply", a, b) }
    public static func * (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("Multiply", a, b) }
    public static func * (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("Multiply", a, b) }

    /// The true quotient, floating-point for integers too, element by element, with broadcasting.
    public static func / (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("TrueDivide", a, b) }
    public static func / (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("TrueDivide", a, b) }
    public static func / (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("TrueDivide", a, b) }

    /// The remainder with the sign of the divisor, as in Python.
    public static func % (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("Mod", a, b) }
    public static func % (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("Mod", a, b) }
    public static func % (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("Mod", a, b) }

    /// The power `aᵇ`.
    public static func ** (a: KerasTensor, b: KerasTensor) throws -> KerasTensor { try operated("Power", a, b) }
    public static func ** (a: KerasTensor, b: some GraphConstant) throws -> KerasTensor { try operated("Power", a, b) }
    public static func ** (a: some GraphConstant, b: KerasTensor) throws -> KerasTensor { try operated("Power", a, b) }

    /// The negative of each element.
    public static prefix func - (x: KerasTensor) throws -> KerasTensor { try operated("Negative", x) }

    // MARK: Comparisons, element by element

    public static func .< (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("Less", a, b) }
    public static func .<= (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("LessEqual", a, b) }
    public static func .> (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("Greater", a, b) }
    public static func .>= (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("GreaterEqual", a, b) }
    public static func .== (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("Equal", a, b) }
    public static func .!= (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("NotEqual", a, b) }

    /// Both, one, one but not both, of truth values.
    public static func .& (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("LogicalAnd", a, b) }
    public static func .| (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("LogicalOr", a, b) }
    public static func .^ (a: KerasTensor, b: some GraphOperand) throws -> KerasTensor { try operated("LogicalXor", a, b) }
    /// Not, of truth values.
    public static prefix func .! (x: KerasTensor) throws -> KerasTensor { try operated("LogicalNot", x) }

    private static func operated(_ className: String, _ operands: any GraphOperand...) throws -> KerasTensor {
        let nodes = operands.compactMap { ($0 as? KerasTensor)?.node }
        let node = nodes.first { !$0.isInput } ?? nodes.first
        let place = CallPlace(fileID: node.map { "an operator on what \($0.place) made" } ?? "an operator", line: 0)
        let results = try KerasOperation.draw(className, operands, at: place)
        return results[0]
    }
}
