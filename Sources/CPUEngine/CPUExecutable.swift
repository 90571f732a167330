import Graph
import Synchronization

/// A graph planned for this processor. Plans are made for the engine's settings, again when these change.
final class CPUExecutable: Executable {
    private let graph: Graph
    private let options: CompileOptions
    private let engine: CPUEngine
    private let plan: Mutex<Plan>

    init(_ graph: Graph, options: CompileOptions, engine: CPUEngine) throws {
        self.graph = try graph.preparedForCPU()
        self.options = options
        self.engine = engine
        plan = Mutex(try Plan(self.graph, aliases: options.aliases, settings: engine.currentSettings))
    }

    func run(_ inputs: [any Buffer]) throws -> [any Buffer] {
        let settings = engine.currentSettings
        var current = plan.withLock { $0 }
        if current.settings != settings {
            current = try Plan(graph, aliases: options.aliases, settings: settings)
            plan.withLock { $0 = current }
        }
        return try current.run(inputs)
    }
}
