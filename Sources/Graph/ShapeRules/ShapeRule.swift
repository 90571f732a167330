extension Primitive {
    /// The types of the results on operands of the given types.
    ///
    /// This is the one shape rule of each primitive. It traps on no attribute and no shape, however absurd.
    ///
    /// - Throws: `GraphError` with what is wrong.
    public func resultTypes(of operands: [TensorType]) throws -> [TensorType] {
        for type in operands { _ = try TensorType(checking: type.shape, type.dtype) }
        let rule = ShapeRule(primitive: self, operands: operands)
        return switch self {
        case .parameter(_, let type): [try rule.leaf(type)]
        case .constant(let literal): [try rule.leaf(literal.type)]
        case .iota(let type, let axis): [try rule.iota(type, axis: axis)]

        case .unary(let operation): [try rule.unary(operation)]
        case .binary(let operation): [try rule.binary(operation)]
        case .compare: [try rule.compare()]
        case .select: [try rule.select()]
        case .convert(let dtype): [try rule.convert(dtype)]
        case .bitcast(let dtype): [try rule.bitcast(dtype)]

        case .reshape(let shape): [try rule.reshape(shape)]
        case .transpose(let permutation): [try rule.transpose(permutation)]
        case .broadcast(let shape, let axes): [try rule.broadcast(shape, axes: axes)]
        case .slice(let slice): [try rule.slice(slice)]
        case .dynamicSlice(let sizes): [try rule.dynamicSlice(sizes)]
        case .dynamicUpdate: [try rule.dynamicUpdate()]
        case .concatenate(let axis): [try rule.concatenate(axis: axis)]
        case .pad(let padding): [try rule.pad(padding)]
        case .reverse(let axes): [try rule.reverse(axes)]

        case .reduce(let reduction, let axes): [try rule.reduce(reduction, axes: axes)]
        case .argReduce(_, let axis): [try rule.argReduce(axis: axis)]
        case .cumulative(_, let axis, _): [try rule.cumulative(axis: axis)]
        case .matmul(let transposeA, let transposeB): [try rule.matmul(transposeA, transposeB)]
        case .convolution(let convolution): [try rule.convolution(convolution)]
        case .reduceWindow(_, let window): [try rule.reduceWindow(window)]
        case .maxWindowGradient(let window): [try rule.maxWindowGradient(window)]

        case .gather(let axis, let batchAxes): [try rule.gather(axis: axis, batchAxes: batchAxes)]
        case .scatter(let reduction, let axis, let batchAxes): [try rule.scatter(reduction, axis: axis, batchAxes: batchAxes)]
        case .sort(let axis, _): try rule.sort(axis: axis)
        case .topK(let k): try rule.topK(k)
        case .randomBits(let shape): [try rule.randomBits(shape)]

        case .scan(let scan): try rule.scan(scan)
        case .conditional(let first, let second): try rule.conditional(first, second)
        case .identity(let count): try rule.identity(count: count)
        case .stopGradient: [try rule.stopGradient()]
        case .composite(let composite): try rule.composite(composite)
        }
    }
}

/// What the shape rules share: the operation, its operands' types, and checks that throw facts about them.
struct ShapeRule {
    let primitive: Primitive
    let operands: [TensorType]

    /// Made when something is wrong only: names cost time.
    var name: String { primitive.name }

    func count(_ expected: Int) throws {
        guard operands.count == expected else {
            throw GraphError.operandCount(operation: name, expected: expected, got: operands.count)
        }
    }

    func axis(_ axis: Int, rank: Int) throws {
        guard axis >= 0, axis < rank else { throw GraphError.axis(operation: name, axis: axis, rank: rank) }
    }

    /// Distinct axes in range, in any order.
    func axes(_ axes: [Int], rank: Int) throws {
        var seen = [Bool](repeating: false, count: rank)
        for axis in axes {
            try self.axis(axis, rank: rank)
            guard !seen[axis] else { throw attribute("axis \(axis) is given twice") }
            seen[axis] = true
        }
    }

    func attribute(_ detail: String) -> GraphError { .attribute(operation: name, detail: detail) }

    func require(_ condition: Bool, _ detail: @autoclosure () -> String) throws {
        guard condition else { throw attribute(detail()) }
    }

    func rank(_ type: TensorType, _ rank: Int, _ what: String) throws {
        guard type.rank == rank else { throw GraphError.rank(operation: name, expected: what, got: type.shape) }
    }

    func rank(_ type: TensorType, atLeast rank: Int) throws {
        guard type.rank >= rank else {
            throw GraphError.rank(operation: name, expected: "a tensor of rank \(rank) or more", got: type.shape)
        }
    }

    func sameDType(_ types: [TensorType]) throws {
        guard types.dropFirst().allSatisfy({ $0.dtype == types[0].dtype }) else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: types.map(\.dtype), rule: "its operands have one element type")
        }
    }

    func sameShape(_ types: [TensorType]) throws {
        guard types.dropFirst().allSatisfy({ $0.shape == types[0].shape }) else {
            throw GraphError.shapeMismatch(operation: name, shapes: types.map(\.shape), rule: "its operands have one shape")
        }
    }

    func shape(_ type: TensorType, is shape: [Int], _ rule: @autoclosure () -> String) throws {
        guard type.shape == shape else {
            throw GraphError.shapeMismatch(operation: name, shapes: [type.shape, shape], rule: rule())
        }
    }

    /// The element types that an operation computes with.
    enum Kind: String {
        case numbers = "it computes with integers and floating-point numbers"
        case floats = "it computes with floating-point numbers"
        case integers = "it computes with integers"
        case bits = "it computes with bool and integers"
        case bools = "it computes with bool"

        func contains(_ dtype: DType) -> Bool {
            switch self {
            case .numbers: dtype != .bool
            case .floats: dtype.isFloatingPoint
            case .integers: dtype.isInteger
            case .bits: !dtype.isFloatingPoint
            case .bools: dtype == .bool
            }
        }
    }

    func dtype(_ type: TensorType, _ kind: Kind) throws {
        guard kind.contains(type.dtype) else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: [type.dtype], rule: kind.rawValue)
        }
    }

    func dtype(_ type: TensorType, is dtype: DType, _ what: String) throws {
        guard type.dtype == dtype else {
            throw GraphError.dtypeMismatch(operation: name, dtypes: [type.dtype], rule: "\(what) \(dtype)")
        }
    }

    func result(_ shape: [Int], _ dtype: DType) throws -> TensorType { try TensorType(checking: shape, dtype) }
}

/// Integer arithmetic in which an overflow sticks: `nil` once any step leaves `Int`.
struct Checked {
    var value: Int?
    init(_ value: Int?) { self.value = value }

    private static func apply(_ a: Checked, _ b: Checked, _ operation: (Int, Int) -> (Int, Bool)) -> Checked {
        guard let x = a.value, let y = b.value else { return Checked(nil) }
        let (result, overflow) = operation(x, y)
        return Checked(overflow ? nil : result)
    }

    static func + (a: Checked, b: Checked) -> Checked { apply(a, b) { let r = $0.addingReportingOverflow($1); return (r.partialValue, r.overflow) } }
    static func - (a: Checked, b: Checked) -> Checked { apply(a, b) { let r = $0.subtractingReportingOverflow($1); return (r.partialValue, r.overflow) } }
    static func * (a: Checked, b: Checked) -> Checked { apply(a, b) { let r = $0.multipliedReportingOverflow(by: $1); return (r.partialValue, r.overflow) } }
}
