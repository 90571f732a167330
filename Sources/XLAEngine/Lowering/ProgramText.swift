import Graph

/// A value of the program that is being written.
struct Term {
    let name: String
    let type: TensorType
    var shape: [Int] { type.shape }
    var dtype: DType { type.dtype }
}

/// StableHLO being written, in MLIR's generic form: every operation as `"name"(operands) ({regions}) {attributes} : types`.
///
/// Source: the StableHLO specification, https://openxla.org/stablehlo/spec.
final class ProgramText {
    private(set) var lines: [String] = []
    private var count = 0

    func fresh() -> String {
        count += 1
        return "%\(count)"
    }

    func line(_ text: String) { lines.append(text) }

    /// Writes an operation.
    func apply(_ operation: String, _ operands: [Term], _ attributes: String = "", regions: [String] = [], to results: [TensorType]) -> [Term] {
        let name = fresh()
        let left = results.isEmpty ? "" : results.count == 1 ? "\(name) = " : "\(name):\(results.count) = "
        let inside = regions.isEmpty ? "" : " (" + regions.joined(separator: ", ") + ")"
        let suffix = attributes.isEmpty ? "" : " {\(attributes)}"
        let from = operands.map(\.type.text).joined(separator: ", ")
        let to = results.count == 1 ? results[0].text : "(" + results.map(\.text).joined(separator: ", ") + ")"
        lines.append("\(left)\"\(operation)\"(\(operands.map(\.name).joined(separator: ", ")))\(inside)\(suffix) : (\(from)) -> \(to)")
        if results.count == 1 { return [Term(name: name, type: results[0])] }
        return results.indices.map { Term(name: "\(name)#\($0)", type: results[$0]) }
    }

    /// Writes an operation with one result.
    func apply(_ operation: String, _ operands: Term..., to result: TensorType, attributes: String = "") -> Term {
        apply(operation, operands, attributes, to: [result])[0]
    }

    /// Writes a region apart: a body with parameters, for loops, branches and reductions.
    func region(_ types: [TensorType], _ body: ([Term]) throws -> [Term]) rethrows -> String {
        let outside = lines
        lines = []
        defer { lines = outside }
        let parameters = types.map { Term(name: fresh(), type: $0) }
        let results = try body(parameters)
        let types = results.map(\.type.text).joined(separator: ", ")
        lines.append("\"stablehlo.return\"(\(results.map(\.name).joined(separator: ", "))) : (\(types)) -> ()")
        let head = parameters.isEmpty ? "" : "^bb0(" + parameters.map { "\($0.name): \($0.type.text)" }.joined(separator: ", ") + "):\n"
        return "{\n\(head)\(lines.joined(separator: "\n"))\n}"
    }

    /// A region that combines two scalars.
    func combiner(_ operation: String, _ dtype: DType) -> String {
        let scalar = TensorType([], dtype)
        return region([scalar, scalar]) { [apply(operation, $0[0], $0[1], to: scalar)] }
    }
}

// MARK: Types and attributes

extension DType {
    /// MLIR's name.
    var text: String {
        switch self {
        case .bool: "i1"
        case .int8: "i8"
        case .int16: "i16"
        case .int32: "i32"
        case .int64: "i64"
        case .uint8: "ui8"
        case .uint16: "ui16"
        case .uint32: "ui32"
        case .uint64: "ui64"
        case .float16: "f16"
        case .bfloat16: "bf16"
        case .float32: "f32"
        case .float64: "f64"
        }
    }
}

extension TensorType {
    var text: String { "tensor<" + shape.map { "\($0)x" }.joined() + dtype.text + ">" }
}

/// Attributes as text.
enum Attribute {
    static func array(_ numbers: [Int]) -> String { numbers.isEmpty ? "array<i64>" : "array<i64: \(list(numbers))>" }
    static func flags(_ flags: [Bool]) -> String { flags.isEmpty ? "array<i1>" : "array<i1: \(flags.map(String.init).joined(separator: ", "))>" }
    static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }

    /// Amounts before and after along each axis.
    static func pairs(_ low: [Int], _ high: [Int]) -> String {
        let rows = zip(low, high).map { "[\($0), \($1)]" }.joined(separator: ", ")
        return "dense<[\(rows)]> : tensor<\(low.count)x2xi64>"
    }

    /// `key = [1, 2], ` unless the list is empty.
    static func named(_ lists: [(String, [Int])]) -> String {
        lists.filter { !$0.1.isEmpty }.map { "\($0.0) = [\(list($0.1))]" }.joined(separator: ", ")
    }
}
