import Graph

/// One result of one instruction, as a number: an index into tables over all values of a graph.
typealias ValueID = Int

/// A graph's values numbered, with what the planner asks of them.
///
/// Reshapes are not seen by the planner: a reshaped value *is* its operand (`canonical`), since tensors lie in row-major order.
struct ValueTable {
    let graph: Graph
    private let first: [Int]
    private(set) var canonical: [ValueID]
    private(set) var instruction: [Int]
    private(set) var type: [TensorType]
    /// How many operands of instructions, and outputs, are this canonical value.
    private(set) var useCount: [Int]

    init(_ graph: Graph) {
        self.graph = graph
        var first: [Int] = []
        var canonical: [ValueID] = []
        var instruction: [Int] = []
        var type: [TensorType] = []
        for (index, entry) in graph.instructions.enumerated() {
            first.append(canonical.count)
            for result in entry.results {
                if case .reshape = entry.primitive {
                    let operand = entry.operands[0]
                    canonical.append(canonical[first[Int(operand.instruction)] + Int(operand.result)])
                } else {
                    canonical.append(canonical.count)
                }
                instruction.append(index)
                type.append(result)
            }
        }
        self.first = first
        self.canonical = canonical
        self.instruction = instruction
        self.type = type
        useCount = Array(repeating: 0, count: canonical.count)
        for entry in graph.instructions {
            if case .reshape = entry.primitive { continue }
            for operand in entry.operands { useCount[id(operand)] += 1 }
        }
        for output in graph.outputs { useCount[id(output)] += 1 }
    }

    var count: Int { canonical.count }

    /// The canonical value of an operand.
    func id(_ operand: Graph.Operand) -> ValueID { canonical[first[Int(operand.instruction)] + Int(operand.result)] }

    func result(_ instruction: Int, _ index: Int = 0) -> ValueID { first[instruction] + index }

    func primitive(of value: ValueID) -> Primitive { graph.instructions[instruction[value]].primitive }

    /// Whether the kernel that makes the value can leave it out.
    func isOptional(_ value: ValueID) -> Bool {
        guard case .composite(.lstm) = primitive(of: value), type[value].dtype == .float32 else { return false }
        return value - result(instruction[value]) >= 3
    }

    func operands(of value: ValueID) -> [Graph.Operand] { graph.instructions[instruction[value]].operands }
}

extension Primitive {
    /// Computed element by element over one index space, so that chains of such operations make one loop.
    var isElementwise: Bool {
        switch self {
        case .unary, .binary, .compare, .select, .convert, .bitcast: true
        default: false
        }
    }
}

/// Elementwise instructions that run as one loop over `count` elements.
final class FusedGroup {
    let count: Int
    /// Values computed, in order.
    var members: [ValueID] = []
    /// Members that somebody outside reads.
    var outputs: Set<ValueID> = []
    /// Values from outside, as inputs of the loop.
    var inputs: Set<ValueID> = []

    init(count: Int) { self.count = count }

    static let memberLimit = 192
    static let portLimit = 40
}

extension Primitive {
    fileprivate var takesEpilogue: Bool {
        switch self {
        case .matmul, .convolution: true
        default: false
        }
    }
}

/// What a matrix product or convolution does with its result while that is in registers: adds a bias, applies a ReLU.
struct Epilogue {
    var bias: ValueID
    var relu: Bool
    /// The value that the whole makes.
    var result: ValueID
}

/// The order of work: fused groups and single kernels.
struct Schedule {
    enum Step {
        case fused(FusedGroup)
        case kernel(instruction: Int)
        /// A broadcast that somebody needs in memory.
        case broadcast(ValueID)
    }

    let values: ValueTable
    private(set) var steps: [Step] = []
    /// The step that makes each value; -1: there from the start; nil: not placed (elementwise, not yet asked for).
    private(set) var position: [Int?]
    private(set) var epilogues: [Int: Epilogue] = [:]
    private var groupsByCount: [Int: [Int]] = [:]

    init(_ graph: Graph) {
        values = ValueTable(graph)
        position = Array(repeating: nil, count: values.count)
        findEpilogues()
        for index in graph.instructions.indices { placeInstruction(index) }
        for output in graph.outputs { materialize(values.id(output)) }
    }

    func group(at step: Int) -> FusedGroup? {
        if case .fused(let group) = steps[step] { group } else { nil }
    }

    // MARK: Kernels

    private mutating func placeInstruction(_ index: Int) {
        let entry = values.graph.instructions[index]
        let first = values.result(index)
        switch entry.primitive {
        case .parameter, .constant:
            position[first] = -1
        case .reshape, .broadcast:
            break
        case let primitive where primitive.isElementwise:
            break
        case .iota, .randomBits:
            break
        default:
            for operand in entry.operands { materialize(values.id(operand)) }
            if let epilogue = epilogues[index] { materialize(epilogue.bias) }
            steps.append(.kernel(instruction: index))
            for result in entry.results.indices { position[first + result] = steps.count - 1 }
            if let epilogue = epilogues[index] { position[epilogue.result] = steps.count - 1 }
        }
    }

    /// Sees to it that the value is in memory at the end of its step.
    private mutating func materialize(_ value: ValueID) {
        switch values.primitive(of: value) {
        case .broadcast:
            guard position[value] == nil else { return }
            materialize(values.id(values.operands(of: value)[0]))
            steps.append(.broadcast(value))
            position[value] = steps.count - 1
        case .iota, .randomBits:
            guard position[value] == nil else { return }
            for operand in values.operands(of: value) { materialize(values.id(operand)) }
            steps.append(.kernel(instruction: values.instruction[value]))
            position[value] = steps.count - 1
        case let primitive where primitive.isElementwise:
            if position[value] == nil { placeElementwise(value) }
            if let step = position[value], let group = group(at: step), values.canonical[value] == value { group.outputs.insert(value) }
        default:
            break
        }
    }

    // MARK: Elementwise

    /// Puts a value, and the elementwise values that it needs, into fused groups. Without recursion: chains may be long.
    private mutating func placeElementwise(_ root: ValueID) {
        var stack = [(value: root, expanded: false)]
        while let (value, expanded) = stack.popLast() {
            guard position[value] == nil else { continue }
            if expanded { join(value); continue }
            stack.append((value, true))
            for operand in values.operands(of: value) {
                let id = values.id(operand)
                if position[id] == nil, values.primitive(of: id).isElementwise { stack.append((id, false)) }
            }
        }
    }

    private mutating func join(_ value: ValueID) {
        let count = values.type[value].elementCount
        var after = -1  // the group must come after this step
        var from = -1  // or be this step itself
        var outside: [ValueID] = []
        for operand in values.operands(of: value) {
            let id = values.id(operand)
            switch values.primitive(of: id) {
            case .broadcast where position[id] == nil:
                let source = values.id(values.operands(of: id)[0])
                materialize(source)
                after = max(after, position[source] ?? -1)
                outside.append(id)
            case .iota where position[id] == nil:
                outside.append(id)
            case .randomBits where position[id] == nil:
                let key = values.id(values.operands(of: id)[0])
                materialize(key)
                after = max(after, position[key] ?? -1)
                outside.append(id)
            case let primitive where primitive.isElementwise && group(of: id)?.count == count:
                from = max(from, position[id]!)
            default:
                after = max(after, position[id] ?? -1)
                outside.append(id)
            }
        }
        let step = groupStep(count: count, after: after, from: from, inputs: outside)
        guard case .fused(let group) = steps[step] else { return }
        for operand in values.operands(of: value) {
            let id = values.id(operand)
            if outside.contains(id) {
                group.inputs.insert(id)
            } else if position[id] != step {
                self.group(at: position[id]!)?.outputs.insert(id)
                group.inputs.insert(id)
            }
        }
        group.members.append(value)
        position[value] = step
    }

    private func group(of value: ValueID) -> FusedGroup? {
        guard let step = position[value], step >= 0 else { return nil }
        return group(at: step)
    }

    /// The group to join: the one that makes the operands if it can be, else a later one that shares an input (or any, for
    /// short loops, where a step's own cost counts), else a new one.
    private mutating func groupStep(count: Int, after: Int, from: Int, inputs: [ValueID]) -> Int {
        func fits(_ group: FusedGroup) -> Bool {
            group.members.count < FusedGroup.memberLimit
                && group.inputs.count + inputs.count < FusedGroup.portLimit
                && group.outputs.count < FusedGroup.portLimit - 2
        }
        if from > after, let group = group(at: from), group.count == count, fits(group) { return from }
        for step in (groupsByCount[count] ?? []).suffix(8).reversed() where step > after && step >= from {
            guard let group = group(at: step), fits(group) else { continue }
            if count <= 4096 || !group.inputs.isDisjoint(with: inputs) { return step }
        }
        steps.append(.fused(FusedGroup(count: count)))
        groupsByCount[count, default: []].append(steps.count - 1)
        return steps.count - 1
    }

    // MARK: Epilogues

    /// Finds matrix products and convolutions whose only reader adds a vector to each row, and that sum's only reader, if a ReLU.
    private mutating func findEpilogues() {
        let graph = values.graph
        var reader = [Int](repeating: -1, count: values.count)
        for (index, entry) in graph.instructions.enumerated() {
            if case .reshape = entry.primitive { continue }
            for operand in entry.operands { reader[values.id(operand)] = index }
        }
        func soleReader(_ value: ValueID) -> Int? { values.useCount[value] == 1 && reader[value] >= 0 ? reader[value] : nil }

        for (index, entry) in graph.instructions.enumerated() {
            guard entry.primitive.takesEpilogue, entry.results[0].dtype == .float32 else { continue }
            let product = values.result(index)
            guard let sumIndex = soleReader(product), case .binary(.add) = graph.instructions[sumIndex].primitive,
                let bias = rowBias(of: sumIndex, besides: product, columns: entry.results[0].shape.last ?? 1, before: index)
            else { continue }
            let sum = values.result(sumIndex)
            var epilogue = Epilogue(bias: bias, relu: false, result: sum)
            if let reluIndex = soleReader(sum), case .binary(.maximum) = graph.instructions[reluIndex].primitive,
                graph.instructions[reluIndex].operands.contains(where: { isZero(values.id($0)) })
            {
                epilogue.relu = true
                epilogue.result = values.result(reluIndex)
            }
            epilogues[index] = epilogue
        }
    }

    /// The other operand of a sum if it is a vector repeated along the rows, known before `index`.
    private func rowBias(of sum: Int, besides product: ValueID, columns: Int, before index: Int) -> ValueID? {
        for operand in values.graph.instructions[sum].operands where values.id(operand) != product {
            let other = values.id(operand)
            guard case .broadcast(let shape, let axes) = values.primitive(of: other), let source = values.operands(of: other).first,
                values.graph.type(source).elementCount == columns, columns > 1, axes.last == shape.count - 1, shape.last == columns
            else { return nil }
            let id = values.id(source)
            return values.instruction[id] < index ? id : nil
        }
        return nil
    }

    private func isZero(_ value: ValueID) -> Bool {
        switch values.primitive(of: value) {
        case .constant(let literal): literal.scalar == 0
        case .broadcast: isZero(values.id(values.operands(of: value)[0]))
        default: false
        }
    }
}
