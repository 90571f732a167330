import Graph
import Synchronization

/// A graph planned for this processor. Plans are made for the engine's settings, again when these change.
package final class CPUExecutable: Executable {
    private let graph: Graph
    private let options: CompileOptions
    private let engine: CPUEngine
    private let plan: Mutex<Plan>

    init(_ graph: Graph, options: CompileOptions, engine: CPUEngine) throws {
        try options.check(graph)
        self.graph = try graph.preparedForCPU()
        self.options = options
        self.engine = engine
        plan = Mutex(try Plan(self.graph, aliases: options.aliases, settings: engine.currentSettings))
    }

    package func run(_ inputs: [any Buffer]) throws -> [any Buffer] { try currentPlan().run(inputs) }

    /// The plan for the engine's settings now.
    func currentPlan() throws -> Plan {
        let settings = engine.currentSettings
        var current = plan.withLock { $0 }
        if current.settings != settings {
            current = try Plan(graph, aliases: options.aliases, settings: settings)
            plan.withLock { $0 = current }
        }
        return current
    }
}

extension CompileOptions {
    /// Every aliased output has its parameter's memory to itself, and fits it.
    fileprivate func check(_ graph: Graph) throws {
        let (outputs, parameters) = (graph.outputTypes, graph.parameterTypes)
        for (output, parameter) in aliases {
            guard outputs.indices.contains(output), parameters.indices.contains(parameter), outputs[output] == parameters[parameter] else {
                throw GraphError.engine("Output \(output) cannot take over the memory of parameter \(parameter): both must be there, of one type.")
            }
        }
        guard Set(aliases.values).count == aliases.count else {
            throw GraphError.engine("Two outputs cannot take over the memory of one parameter.")
        }
    }
}
