import CPUEngine

/// A traced function for arguments of fixed types, compiled: only the arguments' memory is passed.
///
/// Variables that the function assigns are updated in place. One that a tensor outside still refers to is copied first,
/// so that the tensor keeps its numbers.
package final class PreparedFunction: Sendable {
    package let name: String
    package let argumentTypes: [TensorType]
    package let resultTypes: [TensorType]
    /// The variables that the function reads or assigns, in the order of first use.
    package let variables: [Variable]
    /// The program, for tests and profiles.
    package let graph: Graph

    private let executable: any Executable
    /// For each variable: its memory is overwritten.
    private let isOverwritten: [Bool]
    /// Tensors outside the function that it uses, kept whole so that their memory counts as shared.
    private let captured: [Value]
    private let capturedBuffers: [any Buffer]
    private let results: [ProgramOutputs.Source]
    private let writes: [(variable: Int, source: ProgramOutputs.Source)]
    /// For each program output: the one variable that takes it, if nobody else does.
    private let soleTaker: [Int?]

    /// Traces and compiles.
    ///
    /// - Parameter takesBatches: whether the arguments' first axes count samples, which may be dealt out to several devices.
    package convenience init(
        name: String, argumentTypes: [TensorType], takesBatches: Bool = false, _ body: ([Tensor]) throws -> [Tensor]
    ) throws {
        let arguments = argumentTypes.map(Tensor.placeholder)
        let (results, entries) = try Profile.region("trace \(name)") { try Trace().record { try body(arguments) } }
        try self.init(
            name: name, arguments: arguments.map(\.value), takesBatches: takesBatches, results: results.map(\.value), entries: entries)
    }

    private init(name: String, arguments: [Value], takesBatches: Bool, results: [Value], entries: [Trace.Entry]) throws {
        self.name = name
        argumentTypes = arguments.map(\.type)
        resultTypes = results.map(\.type)
        variables = entries.map(\.variable)

        let written = entries.indices.filter { entries[$0].written != nil }
        let outputs = results + written.compactMap { entries[$0].written }
        let capture = try Graph.capture(outputs, parameters: arguments + entries.map(\.placeholder))
        let program = ProgramOutputs(capture.graph)
        graph = program.graph
        captured = capture.captured
        capturedBuffers = try capture.captured.map(Evaluator.buffer)
        self.results = Array(program.sources.prefix(results.count))
        writes = zip(written, program.sources.dropFirst(results.count)).map { (variable: $0, source: $1) }

        // A variable whose old value is wanted as it is, is not overwritten.
        let firstVariable = arguments.count
        var wantedOld: Set<Int> = []
        var takers = [Int](repeating: 0, count: program.graph.outputs.count)
        for source in program.sources {
            switch source {
            case .output(let index, _): takers[index] += 1
            case .parameter(let number): wantedOld.insert(number - firstVariable)
            }
        }
        var options = CompileOptions()
        var overwritten = [Bool](repeating: false, count: entries.count)
        var sole = [Int?](repeating: nil, count: program.graph.outputs.count)
        for (variable, source) in writes {
            guard case .output(let index, _) = source else { continue }
            if takers[index] == 1 { sole[index] = variable }
            if !wantedOld.contains(variable), options.aliases[index] == nil {
                options.aliases[index] = firstVariable + variable
                overwritten[variable] = true
            }
        }
        isOverwritten = overwritten
        soleTaker = sole
        if let dealing = Dealing.current { try dealing.dealOut(&options, arguments: takesBatches ? argumentTypes : [], firstVariable, variables, writes) }
        executable = try Profile.region("plan \(name)") {
            try ExecutableCache.shared.executable(for: program.graph, options: options)
        }
    }

    /// What runs compute, step by step, as text for people.
    package var explanation: String {
        get throws {
            let text = if let plan = executable as? CPUExecutable { try plan.explanation } else { "Another engine than the processor's plans it.\n" }
            return "\(name): \(text)"
        }
    }

    /// Runs on the arguments' memory, which must have the prepared types.
    package func run(_ arguments: [any Buffer]) throws -> [Tensor] {
        guard arguments.count == argumentTypes.count, zip(arguments, argumentTypes).allSatisfy({ $0.type == $1 }) else {
            throw TensorError.argumentTypes(name: name, expected: argumentTypes, got: arguments.map(\.type))
        }
        var inputs = arguments
        inputs.reserveCapacity(arguments.count + variables.count + capturedBuffers.count)
        try appendVariables(to: &inputs)
        inputs.append(contentsOf: capturedBuffers)

        // What is passed through unchanged is taken before variables change.
        let passed = passedThrough(arguments)
        let outputs = graph.outputs.isEmpty ? [] : try Profile.region(name) { try executable.run(inputs) }
        inputs = []
        var nodes = [Node?](repeating: nil, count: outputs.count)
        for index in outputs.indices {
            if let variable = soleTaker[index] {
                variables[variable].adopt(outputs[index])
            } else {
                nodes[index] = Node(buffer: outputs[index])
            }
        }
        func value(_ source: ProgramOutputs.Source) -> Value? {
            switch source {
            case .output(let index, _): nodes[index].map { Value($0) }
            case .parameter(let number): passed[number]
            }
        }
        for (variable, source) in writes {
            if let value = value(source) { variables[variable].store(value) }
        }
        return results.compactMap(value).map(Tensor.init)
    }

    private func appendVariables(to inputs: inout [any Buffer]) throws {
        for (position, variable) in variables.enumerated() {
            var memory = variable.memory()
            if memory == nil {
                try Evaluator.evaluate(variables.map(\.storedValue))
                memory = variable.memory()
            }
            guard let memory else { throw GraphError.engine("Variable \"\(variable.path)\" has no value.") }
            inputs.append(isOverwritten[position] && !memory.isUnshared ? try memory.buffer.copied() : memory.buffer)
        }
    }

    private func passedThrough(_ arguments: [any Buffer]) -> [Int: Value] {
        var passed: [Int: Value] = [:]
        func note(_ source: ProgramOutputs.Source) {
            guard case .parameter(let number) = source, passed[number] == nil else { return }
            if number < arguments.count {
                passed[number] = Value(Node(buffer: arguments[number]))
            } else if number < arguments.count + variables.count {
                passed[number] = variables[number - arguments.count].storedValue
            } else {
                passed[number] = captured[number - arguments.count - variables.count]
            }
        }
        results.forEach(note)
        writes.forEach { note($0.source) }
        return passed
    }
}
