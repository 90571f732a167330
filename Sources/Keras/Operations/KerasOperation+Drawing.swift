extension KerasOperation {
    /// Draws an operation's call with several results.
    ///
    /// - Parameters:
    ///   - className: Keras' class.
    ///   - arguments: by position, as Keras writes them.
    ///   - keywords: by name, where Keras writes them so; `nil` stands for nothing given.
    ///   - settings: those that differ from Keras' defaults, or all.
    static func draw(
        _ className: String, _ arguments: [(any GraphOperand)?], keywords: KeyValuePairs<String, (any GraphOperand)?> = [:],
        settings: Config = [:], at place: CallPlace
    ) throws -> [KerasTensor] {
        try CurrentPlace.$current.withValue(place) {
            func argument(_ operand: (any GraphOperand)?) throws -> OperationArgument<KerasTensor> {
                try operand?.graphValue.argument() ?? .plain(.null)
            }
            let call = CallArguments(try arguments.map(argument), try keywords.map { (name: $0.key, value: try argument($0.value)) })
            guard !call.inputs.leaves.isEmpty else {
                throw KerasError.inputCount(
                    LayerPlace(className: className, name: Naming.snakeCase(className), place: place), expected: "one KerasTensor or more",
                    names: [], got: 0)
            }
            let operation = try KerasOperation(OperationTable.rule(className), settings: settings)
            return try operation.draw(call, at: place).outputTensors
        }
    }
}

extension ops {
    /// A node with one result.
    static func node(
        _ className: String, _ arguments: (any GraphOperand)?..., keywords: KeyValuePairs<String, (any GraphOperand)?> = [:],
        settings: Config = [:], at fileID: String, _ line: Int
    ) throws -> KerasTensor {
        let results = try KerasOperation.draw(
            className, arguments, keywords: keywords, settings: settings, at: CallPlace(fileID: fileID, line: line))
        guard let result = results.first, results.count == 1 else {
            throw KerasError.severalOutputs(LayerPlace(className: className, name: Naming.snakeCase(className)), count: results.count)
        }
        return result
    }
}

extension ops {
    /// A node with two results.
    static func pair(
        _ className: String, _ arguments: [(any GraphOperand)?], settings: Config, at fileID: String, _ line: Int
    ) throws -> (KerasTensor, KerasTensor) {
        let results = try KerasOperation.draw(className, arguments, settings: settings, at: CallPlace(fileID: fileID, line: line))
        guard results.count == 2 else {
            throw KerasError.outputArrangement(LayerPlace(className: className, name: Naming.snakeCase(className)), expected: "two tensors")
        }
        return (results[0], results[1])
    }
}
