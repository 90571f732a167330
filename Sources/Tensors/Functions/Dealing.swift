import Synchronization

/// How traced functions are dealt out to devices: what a distribution of Keras' says.
package struct Dealing: Sendable {
    /// The devices.
    let grid: DeviceGrid
    /// The grid's axis that batches are split by.
    let batchAxis: String
    /// For each axis of a variable the grid's axis that it is split by; nil: whole on every device.
    let variableAxes: @Sendable (Variable) throws -> [String?]?

    package init(grid: DeviceGrid, batchAxis: String, variableAxes: @escaping @Sendable (Variable) throws -> [String?]?) {
        self.grid = grid
        self.batchAxis = batchAxis
        self.variableAxes = variableAxes
    }

    private static let shared = Mutex<Dealing?>(nil)
    @TaskLocal package static var scoped: Dealing?

    /// What functions that are compiled now go by.
    package static var current: Dealing? {
        get { scoped ?? shared.withLock { $0 } }
        set { shared.withLock { $0 = newValue } }
    }

    /// Says where a program's arguments, variables and their new values lie.
    func dealOut(
        _ options: inout CompileOptions, arguments: [TensorType], _ firstVariable: Int, _ variables: [Variable],
        _ writes: [(variable: Int, source: ProgramOutputs.Source)]
    ) throws {
        guard grid.deviceCount > 1 else { return }
        options.grid = grid
        for (index, type) in arguments.enumerated() { options.parameterAxes[index] = batchAxes(type) }
        // A slot lies where the variable beside it does.
        for (index, variable) in variables.enumerated() { options.parameterAxes[firstVariable + index] = try variableAxes(variable.companion ?? variable) }
        for (variable, source) in writes {
            guard case .output(let index, _) = source, options.outputAxes[index] == nil else { continue }
            options.outputAxes[index] = options.parameterAxes[firstVariable + variable]
        }
    }

    /// A batch is split along its first axis, if that deals out evenly: a short last one is computed whole by every device.
    private func batchAxes(_ type: TensorType) -> [String?]? {
        guard let size = grid.axes.first(where: { $0.name == batchAxis })?.size, let samples = type.shape.first, samples % size == 0 else { return nil }
        return [batchAxis] + type.shape.dropFirst().map { _ in nil }
    }
}
