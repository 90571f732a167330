/// One argument of an operation's call: a tensor, a constant, or several of these.
///
/// `Leaf` is a place in a graph where the call is drawn, a number of a place in records, a tensor where the call is computed.
indirect enum OperationArgument<Leaf> {
    case tensor(Leaf)
    /// Numbers that belong to the graph.
    case constant(OperationConstant)
    /// A number, a text, true, false, or nothing.
    case plain(ConfigValue)
    /// A part of an axis, in the brackets of `x[…]`.
    case slice(start: ConfigValue, stop: ConfigValue, step: ConfigValue)
    /// As many whole axes as are left.
    case ellipsis
    case list([OperationArgument])

    /// The tensors, in order.
    var leaves: [Leaf] {
        switch self {
        case .tensor(let leaf): [leaf]
        case .list(let items): items.flatMap(\.leaves)
        case .constant, .plain, .slice, .ellipsis: []
        }
    }

    func map<Other>(_ transform: (Leaf) throws -> Other) rethrows -> OperationArgument<Other> {
        switch self {
        case .tensor(let leaf): .tensor(try transform(leaf))
        case .constant(let constant): .constant(constant)
        case .plain(let value): .plain(value)
        case .slice(let start, let stop, let step): .slice(start: start, stop: stop, step: step)
        case .ellipsis: .ellipsis
        case .list(let items): .list(try items.map { try $0.map(transform) })
        }
    }
}

extension OperationArgument: Sendable where Leaf: Sendable {}

/// Numbers that stand in a graph. Keras writes arrays of NumPy's and tensors of its own differently.
struct OperationConstant: Sendable {
    enum Kind: String { case array = "__numpy__", tensor = "__tensor__" }

    let tensor: Tensor
    let kind: Kind

    /// - Throws: what computing the numbers throws; they are there afterwards.
    init(_ tensor: Tensor, kind: Kind = .tensor) throws {
        self.tensor = try tensor.evaluate()
        self.kind = kind
    }
}

extension CallArguments {
    /// The call of an operation.
    init(_ positional: [OperationArgument<Leaf>], _ keywords: [(name: String, value: OperationArgument<Leaf>)] = []) {
        let (form, tensors) = OperationForm.numbering(positional, keywords)
        self.init(inputs: tensors.count == 1 ? .one(tensors[0]) : Structure(list: tensors), form: form)
    }
}

/// The arguments of an operation's call as they were given. Its tensors are numbered, in the order of the call's inputs.
struct OperationForm {
    var positional: [OperationArgument<Int>]
    var keywords: [(name: String, value: OperationArgument<Int>)] = []

    /// The form of arguments, and their tensors in order.
    static func numbering<Leaf>(
        _ positional: [OperationArgument<Leaf>], _ keywords: [(name: String, value: OperationArgument<Leaf>)]
    ) -> (form: OperationForm, tensors: [Leaf]) {
        var tensors: [Leaf] = []
        func number(_ leaf: Leaf) -> Int {
            tensors.append(leaf)
            return tensors.count - 1
        }
        let form = OperationForm(
            positional: positional.map { $0.map(number) }, keywords: keywords.map { (name: $0.name, value: $0.value.map(number)) })
        return (form, tensors)
    }

    /// The form of a call on tensors alone, as other layers are called.
    init(of inputs: Structure<some Any>, arguments names: [String]) {
        switch inputs {
        case .one: positional = [.tensor(0)]
        case .list, .dictionary:
            let tensors = (0..<inputs.leafCount).map { OperationArgument.tensor($0) }
            positional = names.count == 1 && !names[0].hasPrefix("*") ? [.list(tensors)] : tensors
        }
    }

    init(positional: [OperationArgument<Int>], keywords: [(name: String, value: OperationArgument<Int>)] = []) {
        self.positional = positional
        self.keywords = keywords
    }
}
