/// What can be wrong with an operation's operands: a closed set of facts. The text is made in `description`.
public enum GraphError: Error, Hashable, Sendable {
    case negativeSize(shape: [Int])
    case tooLarge(shape: [Int], dtype: DType)
    case operandCount(operation: String, expected: Int, got: Int)
    case rank(operation: String, expected: String, got: [Int])
    case shapeMismatch(operation: String, shapes: [[Int]], rule: String)
    case dtypeMismatch(operation: String, dtypes: [DType], rule: String)
    case axis(operation: String, axis: Int, rank: Int)
    case attribute(operation: String, detail: String)
    /// A placeholder of a finished trace was used outside it.
    case leakedPlaceholder(TensorType)
    case notDifferentiable(operation: String, detail: String)
    case engine(String)
}

extension GraphError: CustomStringConvertible {
    public var description: String {
        func list(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }
        return switch self {
        case .negativeSize(let shape):
            "The shape \(list(shape)) has a negative size. Sizes are 0 or more."
        case .tooLarge(let shape, let dtype):
            "A tensor of shape \(list(shape)) and type \(dtype) does not fit any memory. Check the sizes that led to it."
        case .operandCount(let operation, let expected, let got):
            "\(operation) takes \(expected) operand\(expected == 1 ? "" : "s"); it got \(got)."
        case .rank(let operation, let expected, let got):
            "\(operation) needs \(expected); it got a tensor of shape \(list(got))."
        case .shapeMismatch(let operation, let shapes, let rule):
            "\(operation) got shapes \(shapes.map(list).joined(separator: " and ")), but \(rule)."
        case .dtypeMismatch(let operation, let dtypes, let rule):
            "\(operation) got \(dtypes.map(\.rawValue).joined(separator: " and ")), but \(rule)."
        case .axis(let operation, let axis, let rank):
            "\(operation) got axis \(axis), but its operand has \(rank) ax\(rank == 1 ? "is" : "es")"
                + (rank == 0 ? "." : " (-\(rank) … \(rank - 1)).")
        case .attribute(let operation, let detail):
            "\(operation): \(detail)."
        case .leakedPlaceholder(let type):
            "A tensor (\(type)) made while a function was traced was used after the trace ended. Return it from the function instead."
        case .notDifferentiable(let operation, let detail):
            "\(operation) has no gradient here: \(detail)."
        case .engine(let detail):
            detail
        }
    }
}
