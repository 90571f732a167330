/// What an operation is computed from: its settings, and its arguments by Keras' names.
struct OperationCall {
    let rule: OperationRule
    let settings: Config
    private let arguments: [OperationArgument<Tensor>]

    /// - Throws: `KerasError.inputCount`, `.unknownName` for arguments that the operation does not take.
    init(_ operation: KerasOperation, _ form: OperationForm, _ tensors: [Tensor]) throws {
        rule = operation.rule
        settings = operation.settings
        var given = try form.positional.map { try $0.map { index in try operation.tensor(index, of: tensors) } }
        let names = rule.arguments
        if names.first?.hasPrefix("*") == true {
            arguments = given
            return
        }
        guard given.count <= names.count else {
            throw KerasError.inputCount(operation.place, expected: "\(names.count) arguments", names: names, got: given.count)
        }
        given += names.dropFirst(given.count).map { _ in .plain(.null) }
        for (name, value) in form.keywords {
            guard let index = names.firstIndex(of: name) else {
                throw KerasError.unknownName(kind: "argument of \(rule.className)", name: name, known: names)
            }
            given[index] = try value.map { index in try operation.tensor(index, of: tensors) }
        }
        arguments = given
    }

    // MARK: Arguments

    /// The first argument.
    var x: Tensor { get throws { try tensor(0) } }

    /// Argument number `index`. Numbers keep that they have no element type of their own.
    func tensor(_ index: Int) throws -> Tensor {
        guard let tensor = try optional(index) else { throw missing(index, "a tensor") }
        return tensor
    }

    func optional(_ index: Int) throws -> Tensor? {
        guard arguments.indices.contains(index) else { return nil }
        return try tensor(of: arguments[index], index)
    }

    /// The tensors of an argument that is a list.
    func tensors(_ index: Int = 0) throws -> [Tensor] {
        guard arguments.indices.contains(index), case .list(let items) = arguments[index] else { throw missing(index, "a list of tensors") }
        return try items.map { item in
            guard let tensor = try tensor(of: item, index) else { throw missing(index, "a list of tensors") }
            return tensor
        }
    }

    /// All arguments.
    func all() throws -> [Tensor] { try arguments.indices.map(tensor) }

    /// A number among the arguments; `nil` for none.
    func number(_ index: Int) -> ConfigValue? {
        guard arguments.indices.contains(index), case .plain(let value) = arguments[index], value != .null else { return nil }
        return value
    }

    /// An argument as it was given.
    func argument(_ index: Int) -> OperationArgument<Tensor> { arguments.indices.contains(index) ? arguments[index] : .plain(.null) }

    private func tensor(of argument: OperationArgument<Tensor>, _ index: Int) throws -> Tensor? {
        switch argument {
        case .tensor(let tensor): return tensor
        case .constant(let constant): return constant.tensor
        case .plain(.null): return nil
        case .plain(.int(let number)): return Tensor(integerLiteral: number)
        case .plain(.double(let number)): return Tensor(floatLiteral: number)
        case .plain(.bool(let truth)): return Tensor(truth)
        case .list:
            guard let numbers = NumberList(argument.configValue { _ in .null }) else { throw missing(index, "a tensor or numbers") }
            return try numbers.tensor()
        case .plain, .slice, .ellipsis: throw missing(index, "a tensor")
        }
    }

    private func missing(_ index: Int, _ expected: String) -> KerasError {
        let name = rule.arguments.indices.contains(index) ? rule.arguments[index] : "number \(index)"
        return .invalidSetting(object: rule.className, argument: "its argument \(name)", expected: expected, got: "something else")
    }

    // MARK: Settings

    func bool(_ name: String) throws -> Bool { try settings.bool(name) }
    func int(_ name: String) throws -> Int { try settings.int(name) }
    func double(_ name: String) throws -> Double { try settings.double(name) }
    func string(_ name: String) throws -> String { try settings.string(name) }

    /// One number, or several.
    func ints(_ name: String) throws -> [Int] {
        if let number = Int(configValue: settings[name] ?? .null) { return [number] }
        return try settings.ints(name)
    }

    /// The setting, unless it is null.
    func optional<Value: ConfigConvertible>(_ name: String, as type: Value.Type = Value.self) throws -> Value? {
        settings[name] == .null ? nil : try settings.value(name)
    }

    /// The axis; `nil`: all.
    var axis: Int? { get throws { try optional("axis") } }

    /// The axes, of a setting that is a number or a list; `nil`: all.
    var axes: [Int]? { get throws { settings["axis"] == .null ? nil : try ints("axis") } }

    /// The element type; `nil`: as the inputs'.
    func dtype(_ name: String = "dtype") throws -> DType? {
        guard let text: String = try optional(name) else { return nil }
        guard let dtype = DType(rawValue: text) else {
            throw KerasError.unknownName(kind: "element type", name: text, known: DType.allCases.map(\.rawValue))
        }
        return dtype
    }

    /// - Throws: `KerasError.unknownName` for a name that the type has no case for.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, as type: Choice.Type = Choice.self) throws -> Choice
    where Choice.RawValue == String {
        let text = try string(name)
        guard let choice = Choice(rawValue: text) else {
            throw KerasError.unknownName(kind: "\(name) of \(rule.className)", name: text, known: Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// - Throws: `KerasError.invalidSetting` if a setting asks for what there is not here.
    func expect(_ name: String, _ expected: ConfigValue...) throws {
        guard let value = settings[name], !expected.contains(value) else { return }
        throw KerasError.invalidSetting(
            object: rule.className, argument: name, expected: expected.map { $0.json() }.joined(separator: " or "), got: value.json())
    }
}
