import CPJRT
import Graph

/// A graph compiled by XLA.
final class XLAExecutable: Executable {
    private let program: LoadedProgram
    private let parameterTypes, outputTypes: [TensorType]
    private let parameterPlacements, outputPlacements: [Placement]
    private let aliases: [Int: Int]

    init(_ graph: Graph, options: CompileOptions, engine: XLAEngine) throws {
        parameterTypes = graph.parameterTypes
        outputTypes = graph.outputTypes
        try Self.check(options, parameterTypes, outputTypes)
        aliases = options.aliases
        parameterPlacements = parameterTypes.indices.map { Placement(grid: options.grid, axes: options.parameterAxes[$0] ?? []) }
        outputPlacements = outputTypes.indices.map { Placement(grid: options.grid, axes: options.outputAxes[$0] ?? []) }
        let client = engine.client
        if let grid = options.grid, grid.deviceCount > client.devices.count {
            throw XLAError.devices(wanted: grid.deviceCount, found: client.devices.count, platform: client.platform)
        }
        for (type, placement) in zip(parameterTypes + outputTypes, parameterPlacements + outputPlacements) { try placement.check(type) }
        let text = try Lowering.module(graph.preparedForXLA(), options: options)
        let partitions = options.grid?.deviceCount ?? 1
        program = try engine.store?.program(text, partitions: partitions) ?? LoadedProgram(text, partitions: partitions, client: client)
        try program.check(outputCount: outputTypes.count)
    }

    /// A program that gives back what it gets: XLA copies it.
    convenience init(copying type: TensorType, _ placement: Placement, engine: XLAEngine) throws {
        var graph = Graph()
        graph.outputs = [.init(graph.append(.parameter(0, type), [], results: [type]))]
        let axes = placement.axes.isEmpty ? [:] : [0: placement.axes]
        try self.init(graph, options: CompileOptions(grid: placement.grid, parameterAxes: axes, outputAxes: axes), engine: engine)
    }

    /// Every aliased output has its parameter's memory to itself, and fits it; every layout is one of all axes.
    private static func check(_ options: CompileOptions, _ parameters: [TensorType], _ outputs: [TensorType]) throws {
        var taken: Set<Int> = []
        for (output, parameter) in options.aliases {
            guard outputs.indices.contains(output), parameters.indices.contains(parameter), outputs[output] == parameters[parameter],
                taken.insert(parameter).inserted
            else { throw XLAError.alias(output: output, parameter: parameter) }
        }
        for (types, layouts) in [(parameters, options.parameterAxes), (outputs, options.outputAxes)] {
            for (index, axes) in layouts where types.indices.contains(index) && axes.count != types[index].rank {
                throw XLAError.layout(types[index], detail: "\(axes.count) axes are named, it has \(types[index].rank)")
            }
        }
    }

    /// Starts the program; results are waited for when they are read.
    func run(_ inputs: [any Buffer]) throws -> [any Buffer] { try XLAError.asGraphError { try start(inputs) } }

    private func start(_ inputs: [any Buffer]) throws -> [any Buffer] {
        guard inputs.count == parameterTypes.count else { throw XLAError.inputCount(expected: parameterTypes.count, got: inputs.count) }
        let client = program.client
        var buffers: [XLABuffer] = []
        buffers.reserveCapacity(inputs.count)
        for (index, input) in inputs.enumerated() {
            guard input.type == parameterTypes[index] else {
                throw XLAError.inputType(index: index, expected: parameterTypes[index], got: input.type)
            }
            buffers.append(try .of(input, client: client))
        }
        let arguments = try zip(buffers, parameterPlacements).map { try $0.memory($1) }
        let results = try program.run(arguments, outputs: outputPlacements)
        return results.enumerated().map { index, memory in
            guard let parameter = aliases[index] else { return XLABuffer(outputTypes[index], device: memory) }
            buffers[parameter].overwrite(with: memory)
            return buffers[parameter]
        }
    }
}

extension XLABuffer {
    /// The buffer itself if it is this client's, else a copy of it.
    fileprivate static func of(_ buffer: any Buffer, client: Client) throws -> XLABuffer {
        if let own = buffer as? XLABuffer, own.client === client { return own }
        let host = try HostMemory(buffer.type.byteCount)
        try buffer.withUnsafeBytes { host.bytes.copyMemory(from: $0) }
        return XLABuffer(buffer.type, host: host, client: client)
    }
}
