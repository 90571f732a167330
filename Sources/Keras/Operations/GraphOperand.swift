/// What can stand beside a place in a graph where an operation takes a tensor: another place, a tensor, a number, numbers in arrays.
///
/// ```swift
/// let y = try ops.maximum(x, 0.5)
/// let z = try ops.where(x > y, x, Tensor([1, 2, 3]))
/// ```
public protocol GraphOperand {
    var graphValue: GraphValue { get }
}

/// A ``GraphOperand`` that is no place in a graph. It becomes a constant of the model.
public protocol GraphConstant: GraphOperand {}

/// What an operation keeps of a ``GraphOperand``.
public struct GraphValue {
    let argument: () throws -> OperationArgument<KerasTensor>

    init(_ argument: @escaping () throws -> OperationArgument<KerasTensor>) { self.argument = argument }
    fileprivate init(_ number: ConfigValue) { argument = { .plain(number) } }
}

extension KerasTensor: GraphOperand {
    public var graphValue: GraphValue { GraphValue { .tensor(self) } }
}

extension Tensor: GraphConstant {
    public var graphValue: GraphValue {
        GraphValue {
            // A number that stands in the program keeps having no element type of its own.
            switch weakFamily {
            case .integer: .plain(.int(try item(Int.self)))
            case .floatingPoint: .plain(.double(try item(Double.self)))
            case nil: .constant(try OperationConstant(self))
            }
        }
    }
}

extension Int: GraphConstant {
    public var graphValue: GraphValue { GraphValue(.int(self)) }
}
extension Double: GraphConstant {
    public var graphValue: GraphValue { GraphValue(.double(self)) }
}
extension Float: GraphConstant {
    public var graphValue: GraphValue { GraphValue(.double(Double(self))) }
}
extension Bool: GraphConstant {
    public var graphValue: GraphValue { GraphValue(.bool(self)) }
}

extension Array: GraphOperand where Element: GraphOperand {
    public var graphValue: GraphValue { GraphValue { .list(try map { try $0.graphValue.argument() }) } }
}
extension Array: GraphConstant where Element: GraphConstant {}

extension [any GraphOperand] {
    /// The list as one argument.
    var graphList: any GraphOperand { OperandList(items: self) }
}

private struct OperandList: GraphOperand {
    let items: [any GraphOperand]
    var graphValue: GraphValue { GraphValue { .list(try items.map { try $0.graphValue.argument() }) } }
}
