@_exported import Graph

/// Numbers with a fixed shape and element type.
///
/// A tensor is lazy: operations are recorded, and computed when somebody reads a value. It is a small value that is
/// cheap to copy; its numbers are shared and never change.
///
/// ```swift
/// let x = try Tensor([[1, 2], [3, 4]], dtype: .float32)
/// let y = try ops.matmul(x, x) + 1        // nothing is computed yet
/// try y.array(Float.self)                 // [8, 11, 16, 23]
/// ```
///
/// Everything that can fail throws: `GraphError` for operands that do not suit an operation, `TensorError` for the rest.
public struct Tensor: Sendable {
    /// The place in an expression whose numbers these are.
    public let value: Value
    private var maskBox: MaskBox?
    /// The number that a literal in the program spelled out. Such a tensor takes the element type of what it meets.
    let literalNumber: LiteralNumber?

    public init(_ value: Value) {
        self.value = value
        literalNumber = nil
    }

    init(literal number: LiteralNumber) {
        literalNumber = number
        value = switch number {
        case .whole(let number): Tensor(number).value
        case .real(let number): Tensor(number).value
        }
    }

    /// The size of each axis.
    public var shape: [Int] { value.shape }
    public var dtype: DType { value.dtype }
    public var type: TensorType { value.type }
    /// The number of axes.
    public var rank: Int { value.shape.count }
    /// The number of elements.
    public var count: Int { value.type.elementCount }

    /// The mask that Keras layers pass along with a tensor; results of operations have none.
    package var kerasMask: Tensor? {
        get { maskBox?.tensor }
        set { maskBox = newValue.map(MaskBox.init) }
    }

    /// A tensor without numbers: a parameter of a function that is being traced.
    package static func placeholder(_ type: TensorType) -> Tensor { Tensor(.placeholder(type)) }

    /// A tensor over memory that an engine has filled.
    package init(buffer: any Buffer) { self.init(Value(Node(buffer: buffer))) }

    /// The memory, computed now if need be.
    package func buffer() throws -> any Buffer { try Evaluator.buffer(of: value) }

    /// Whether the numbers are there, so that reading computes nothing.
    public var isEvaluated: Bool { value.buffer != nil }
}

/// A number as it stands in the program.
enum LiteralNumber: Sendable {
    case whole(Int)
    case real(Double)
}

/// A `Tensor` cannot hold a `Tensor` in itself.
private final class MaskBox: Sendable {
    let tensor: Tensor
    init(_ tensor: Tensor) { self.tensor = tensor }
}
