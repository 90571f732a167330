extension OperationRules {
    /// `keras.ops.numpy`: parts, places, choices.
    @OperationRules static var selections: [OperationRule] {
        rule("GetItem", "x", "key") { try $0.x.sliced($0.selections(1)) }
        rule("Take", "x", "indices", settings: ["axis": nil]) { try ops.take($0.x, $0.tensor(1), axis: $0.axis) }
        rule("TakeAlongAxis", "x", "indices", settings: ["axis": nil]) { try ops.takeAlongAxis($0.x, $0.tensor(1), axis: $0.axis) }
        rule("Where", "condition", "x1", "x2") { try ops.where($0.x, $0.tensor(1), $0.tensor(2)) }
        rule("Select", "condlist", "choicelist", "default") { try ops.select($0.tensors(0), $0.tensors(1), default: $0.optional(2) ?? 0) }
        rule("SearchSorted", "sorted_sequence", "values", settings: ["side": "left"]) { call in
            try call.expect("side", "left", "right")
            return try ops.searchsorted(call.x, call.tensor(1), right: call.string("side") == "right")
        }
        rule("Digitize", "x", "bins") { try ops.digitize($0.x, bins: $0.tensor(1)) }
    }
}

extension OperationCall {
    /// What stands between the brackets of `x[…]`.
    fileprivate func selections(_ index: Int) throws -> [AxisSelection] {
        guard case .list(let items) = argument(index) else { return [try selection(argument(index))] }
        return try items.map(selection)
    }

    private func selection(_ argument: OperationArgument<Tensor>) throws -> AxisSelection {
        func bound(_ value: ConfigValue) throws -> Int? {
            if value == .null { return nil }
            guard let number = Int(configValue: value) else { throw wrong(value.kind) }
            return number
        }
        switch argument {
        case .plain(.null): return .added
        case .plain(.int(let index)): return .at(index)
        case .slice(let start, let stop, let step):
            return .range(from: try bound(start), to: try bound(stop), step: try bound(step) ?? 1)
        case .ellipsis: return .rest
        case .plain(let value): throw wrong(value.kind)
        case .tensor, .constant: throw wrong("a tensor")
        case .list: throw wrong("a list")
        }
    }

    private func wrong(_ got: String) -> KerasError {
        .invalidSetting(object: "GetItem", argument: "each index", expected: "a whole number, a range, an ellipsis or a new axis", got: got)
    }
}
