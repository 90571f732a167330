/// What can be wrong with a use of tensors, besides an operation's operands (`GraphError`): a closed set of facts.
///
/// The text is made in `description`.
public enum TensorError: Error, Hashable, Sendable {
    /// `count` numbers for a tensor of `shape`.
    case elementCount(shape: [Int], count: Int)
    /// Rows of different lengths.
    case ragged(expected: [Int], got: [Int])
    /// A whole number that its element type cannot hold.
    case integerOverflow(value: Int, dtype: DType)
    /// `item()` of a tensor that has not exactly one element.
    case notOneElement(shape: [Int])
    /// Numbers were asked for while a function was being traced.
    case readWhileTracing(TensorType)
    case tooManyIndices(rank: Int, got: Int)
    case indexOutOfRange(index: Int, axis: Int, size: Int)
    case variableShape(name: String, expected: [Int], got: [Int])
    /// A variable's first value hangs on the arguments of a function that is being traced.
    case variableFromTrace(name: String)
    /// A variable was written in the body of a loop or of a branch.
    case variableWrittenInBody(name: String)
    /// The value whose gradient was asked for is not one floating-point number.
    case lossNotScalar(TensorType)
    case notFloatingPoint(operation: String, dtype: DType)
    /// Gradients with respect to something that is not of floating-point type.
    case notDifferentiable(name: String, dtype: DType)
    case equation(String, detail: String)
    /// A list of tensors of another length than the operation needs.
    case tensorCount(operation: String, expected: Int, got: Int)
    /// The parts of a loop or of a branch do not fit together.
    case bodyTypes(operation: String, expected: [TensorType], got: [TensorType])
    /// A function was called with tensors of other types than it was prepared for.
    case argumentTypes(name: String, expected: [TensorType], got: [TensorType])
    case argument(operation: String, detail: String)
}

extension TensorError: CustomStringConvertible {
    public var description: String {
        func list(_ shape: [Int]) -> String { "[\(shape.map(String.init).joined(separator: ", "))]" }
        func types(_ types: [TensorType]) -> String { types.map(\.description).joined(separator: ", ") }
        return switch self {
        case .elementCount(let shape, let count):
            "A tensor of shape \(list(shape)) has \(shape.reduce(1, &*)) elements; it got \(count)."
        case .ragged(let expected, let got):
            "Rows must all have one shape; one is \(list(expected)), another \(list(got))."
        case .integerOverflow(let value, let dtype):
            "\(value) does not fit \(dtype). Give a wider type, for example dtype: .int64."
        case .notOneElement(let shape):
            "item() needs a tensor with one element; this one has shape \(list(shape)). Use array()."
        case .readWhileTracing(let type):
            "Cannot read numbers while tracing: the tensor (\(type)) depends on the traced function's arguments, "
                + "which have no numbers yet. Use ops.where or ops.cond, or return the tensor and read it afterwards."
        case .tooManyIndices(let rank, let got):
            "A tensor of rank \(rank) takes at most \(rank) indices; it got \(got)."
        case .indexOutOfRange(let index, let axis, let size):
            "Index \(index) is out of range on axis \(axis), which has size \(size)."
        case .variableShape(let name, let expected, let got):
            "Variable \"\(name)\" has shape \(list(expected)) and cannot be assigned a tensor of shape \(list(got))."
        case .variableFromTrace(let name):
            "Variable \"\(name)\" was made while tracing from a value that has no numbers yet. Make variables before the call, or from constants."
        case .variableWrittenInBody(let name):
            "Variable \"\(name)\" was assigned in the body of ops.cond, ops.scan or ops.foriLoop. Return the new value from the body and assign it after."
        case .lossNotScalar(let type):
            "Gradients are taken of one floating-point number; this is \(type). Take its mean or sum first."
        case .notFloatingPoint(let operation, let dtype):
            "\(operation) needs a floating-point type; it got \(dtype)."
        case .notDifferentiable(let name, let dtype):
            "Gradients are taken with respect to floating-point numbers; \(name) is \(dtype)."
        case .equation(let equation, let detail):
            "einsum \"\(equation)\": \(detail)."
        case .tensorCount(let operation, let expected, let got):
            "\(operation) needs \(expected) tensor\(expected == 1 ? "" : "s"); it got \(got)."
        case .bodyTypes(let operation, let expected, let got):
            "\(operation): the body gave \(types(got)), but \(types(expected)) is needed."
        case .argumentTypes(let name, let expected, let got):
            "\(name) was prepared for \(types(expected)); it got \(types(got))."
        case .argument(let operation, let detail):
            "\(operation): \(detail)."
        }
    }
}
