/// A function on tensors that is recorded once for each combination of argument types, compiled, and run from then on
/// without its Swift code.
///
/// Variables that it reads become inputs, variables that it assigns are updated in place. What its code decides by Swift
/// values is decided when it is recorded. Inside another traced function, or where gradients are being taken, its body is
/// simply called. An error in the body leaves variables as they were.
///
/// ```swift
/// let step = TracedFunction(name: "step") { arguments in
///     try count.assign(add: 1)
///     return [try arguments[0] * 2]
/// }
/// let y = try step([x])
/// ```
public final class TracedFunction {
    public let name: String
    private let body: ([Tensor]) throws -> [Tensor]

    private struct Entry {
        let types: [TensorType]
        let autocast: DType?
        let function: PreparedFunction
    }

    /// The latest used last.
    private var entries: [Entry] = []
    private static let capacity = 64

    public init(name: String = "function", _ body: @escaping ([Tensor]) throws -> [Tensor]) {
        self.name = name
        self.body = body
    }

    /// How many combinations of argument types have been recorded and are kept (64 at most).
    public var signatureCount: Int { entries.count }

    /// Calls the function.
    public func callAsFunction(_ arguments: [Tensor]) throws -> [Tensor] {
        if Trace.current != nil || GradientScope.isActive { return try body(arguments) }
        if arguments.contains(where: { $0.value.buffer == nil }) { try Evaluator.evaluate(arguments.map(\.value)) }
        let buffers = try arguments.map { try $0.buffer() }
        return try prepared(for: arguments).run(buffers)
    }

    /// The compiled function for arguments of these types.
    package func prepared(for types: [TensorType]) throws -> PreparedFunction {
        if let index = entries.lastIndex(where: { $0.types == types && $0.autocast == Autocast.dtype }) {
            return entries[index].function
        }
        return try prepare(types)
    }

    private func prepared(for arguments: [Tensor]) throws -> PreparedFunction {
        for entry in entries.reversed() where entry.autocast == Autocast.dtype && entry.types.count == arguments.count {
            if zip(entry.types, arguments).allSatisfy({ $0 == $1.type }) { return entry.function }
        }
        return try prepare(arguments.map(\.type))
    }

    private func prepare(_ types: [TensorType]) throws -> PreparedFunction {
        let function = try PreparedFunction(name: name, argumentTypes: types, body)
        if entries.count >= Self.capacity { entries.removeFirst() }
        entries.append(Entry(types: types, autocast: Autocast.dtype, function: function))
        return function
    }
}
