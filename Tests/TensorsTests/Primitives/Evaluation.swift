import Graph
import Tensors

/// A compiled expression of given parameters.
struct CompiledExpression {
    private let engine: any Engine
    private let executable: any Executable
    private let captured: [any Buffer]

    init(_ outputs: [Value], parameters: [Value]) throws {
        engine = try Backend.engine
        let capture = try Graph.capture(outputs, parameters: parameters)
        executable = try engine.compile(capture.graph, options: CompileOptions())
        captured = capture.captured.compactMap(\.buffer)
    }

    func callAsFunction(_ inputs: [FixtureTensor]) throws -> [FixtureTensor] {
        let buffers = try inputs.map { input in
            try input.bytes.withUnsafeBytes { try engine.makeBuffer(input.type, copying: $0) }
        }
        return try executable.run(buffers + captured).map { buffer in
            FixtureTensor(type: buffer.type, bytes: try buffer.withUnsafeBytes { Array($0) })
        }
    }
}

extension PrimitiveRow {
    /// The operation's results on the row's operands, which reach it as parameters.
    func evaluate() throws -> [FixtureTensor] {
        let parameters = `in`.map { Value.placeholder($0.type) }
        return try CompiledExpression(results(of: parameters), parameters: parameters)(`in`)
    }

    /// The results as expressions of `operands`.
    func results(of operands: [Value]) throws -> [Value] {
        switch op {
        case "parameter": [operands[0]]
        case "constant", "iota": try Value.makeAll(primitive(), [])
        default: try Value.makeAll(primitive(), operands)
        }
    }
}
