/// The gradient of a loop: a loop in the other direction.
///
/// The step backwards needs values of the step forwards. Those that are cheap (constants, moves, what hangs on the loop's
/// constants alone) are computed again; the others are stacked by a twin of the loop that has them as further results,
/// with which `Graph.simplified()` merges the loop itself. What the constants get is summed up step by step, except
/// products: their factors are stacked and multiplied once after the loop.
struct ScanPullback {
    let scan: Scan
    let rule: PullbackRule

    /// The body as an expression.
    private let parameters: [Value]
    private let values: [[Value]]
    private let outputs: [Value]
    private var places: [ObjectIdentifier: Int] = [:]
    private var parameterNumbers: [Value: Int] = [:]
    private let isInvariant: [Bool]

    /// Values of the step forwards that the step backwards reads, one stack each.
    private var residuals: [Value] = []
    private var isResidual: Set<Value> = []
    private var seen: Set<Value> = []
    /// Numbers of the sequences and constants that the step backwards reads.
    private var readSequences: [Int] = []
    private var readConstants: [Int] = []
    /// Results of the step backwards that are stacked.
    private var stacked: [Value] = []

    init(_ scan: Scan, _ rule: PullbackRule) {
        self.scan = scan
        self.rule = rule
        let body = scan.body
        parameters = body.parameterTypes.map { Value.placeholder($0) }
        values = body.instantiateAll(parameters)
        outputs = body.outputs.map { [values] in values[Int($0.instruction)][Int($0.result)] }
        for (number, parameter) in parameters.enumerated() { parameterNumbers[parameter] = number }
        let constants = scan.carries..<(scan.carries + scan.constants)
        var isInvariant: [Bool] = []
        for (place, instruction) in body.instructions.enumerated() {
            if case .parameter = instruction.primitive {
                isInvariant.append(parameterNumbers[values[place][0]].map(constants.contains) ?? false)
            } else {
                if let node = values[place].first?.node { places[ObjectIdentifier(node)] = place }
                isInvariant.append(instruction.operands.allSatisfy { isInvariant[Int($0.instruction)] })
            }
        }
        self.isInvariant = isInvariant
    }

    private var constantNumbers: Range<Int> { scan.carries..<(scan.carries + scan.constants) }
    private var sequenceNumbers: Range<Int> { constantNumbers.upperBound..<(constantNumbers.upperBound + scan.sequences) }

    mutating func apply() throws -> [Value?] {
        let carries = activeCarries()
        let asked = (scan.carries..<outputs.count).filter { rule.cotangents[$0] != nil && outputs[$0].dtype.isFloatingPoint }
        let constants = constantNumbers.filter { rule.needed[$0] }
        let sequences = sequenceNumbers.filter { rule.needed[$0] }

        // One step backwards, as an expression.
        let carrySeeds = carries.map { Value.placeholder(parameters[$0].type) }
        let slices = asked.map { Value.placeholder(outputs[$0].type) }
        let inputs = (carries + constants + sequences).map { parameters[$0] }
        // An output that is a parameter itself, or stands twice, gets a name of its own.
        let gradients = try vectorJacobian(
            of: (carries + asked).map { outputs[$0].renamed() }, cotangents: carrySeeds + slices, withRespectTo: inputs)
        let carryGradients = try zip(gradients, inputs).prefix(carries.count).map { try $0 ?? .zeros(like: $1) }
        let constantGradients = Array(gradients[carries.count..<(carries.count + constants.count)])
        let sequenceGradients = Array(gradients[(carries.count + constants.count)...])

        // What is summed in the loop, and what is stacked for after it.
        var sums: [(seed: Value, next: Value, constant: Int)] = []
        var afterwards: [(constant: Int, term: Term)] = []
        for (constant, gradient) in zip(constants, constantGradients) {
            for term in gradient.map(terms) ?? [] {
                guard case .plain(let value) = term else {
                    afterwards.append((constant, term))
                    continue
                }
                let seed = Value.placeholder(value.type)
                sums.append((seed, try seed + value, constant))
            }
        }
        for (_, term) in afterwards { for value in term.factors { keep(value) } }
        for case let gradient? in sequenceGradients { stack(gradient) }
        for value in carryGradients + sums.map(\.next) + stacked { collect(value) }

        // The loops.
        let forward = try twin()
        let loop = try Scan(
            body: Graph.capture(
                carryGradients + sums.map(\.next) + stacked,
                parameters: carrySeeds + sums.map(\.seed) + readConstants.map { parameters[$0] }
                    + slices + readSequences.map { parameters[$0] } + residuals, keepingStops: true).graph,
            carries: carries.count + sums.count, constants: readConstants.count,
            sequences: slices.count + readSequences.count + residuals.count, length: scan.length, reverse: !scan.reverse)
        var operands = try carries.map { try rule.cotangents[$0] ?? .zeros(rule.y[$0].type) }
        operands += try sums.map { try .zeros($0.seed.type) }
        operands += readConstants.map { rule.x[$0] }
        operands += asked.compactMap { rule.cotangents[$0] }
        operands += readSequences.map { rule.x[$0] }
        operands += residuals.map { forward[$0] ?? $0 }
        let results = try Value.makeAll(.scan(loop), operands)
        let stacks = results.dropFirst(carries.count + sums.count)

        // The operands' cotangents.
        var passed = [Value?](repeating: nil, count: rule.x.count)
        func add(_ value: Value, to operand: Int) throws { passed[operand] = try passed[operand].map { try $0 + value } ?? value }
        func stackOf(_ value: Value) -> Value? {
            if let number = parameterNumbers[value], sequenceNumbers.contains(number) { return rule.x[number] }
            if let stack = forward[value] { return stack }
            return zip(stacked, stacks).first { $0.0 == value }?.1
        }
        for (number, carry) in carries.enumerated() where rule.needed[carry] { try add(results[number], to: carry) }
        for (number, sum) in sums.enumerated() { try add(results[carries.count + number], to: sum.constant) }
        for (constant, term) in afterwards {
            let factors = term.factors.compactMap(stackOf)
            try add(term.total(factors), to: constant)
        }
        for (sequence, gradient) in zip(sequences, sequenceGradients) {
            if let stack = gradient.flatMap(stackOf) { try add(stack, to: sequence) }
        }
        return passed
    }

    /// The carries that depend on what gradients are asked for.
    private func activeCarries() -> [Int] {
        var active = Set(parameters.indices.filter { rule.needed[$0] })
        while true {
            let dependence = Dependence(outputs: Array(outputs.prefix(scan.carries)), inputs: active.map { parameters[$0] })
            let found = (0..<scan.carries).filter { !active.contains($0) && dependence.contains(outputs[$0]) }
            if found.isEmpty { break }
            active.formUnion(found)
        }
        return (0..<scan.carries).filter(active.contains)
    }

    // MARK: What the step backwards reads

    /// Finds the values of the step forwards that `root` hangs on.
    private mutating func collect(_ root: Value) {
        var pending = [root]
        while let value = pending.popLast() {
            guard seen.insert(value).inserted, !isResidual.contains(value) else { continue }
            if let number = parameterNumbers[value] {
                read(number, value)
            } else if let place = places[ObjectIdentifier(value.node)], !isRecomputed(place) {
                save(value)
            } else {
                pending += value.node.operands
            }
        }
    }

    private mutating func read(_ number: Int, _ value: Value) {
        if number < scan.carries {
            save(value)
        } else if constantNumbers.contains(number) {
            if !readConstants.contains(number) { readConstants.append(number) }
        } else if !readSequences.contains(number) {
            readSequences.append(number)
        }
    }

    private mutating func save(_ value: Value) {
        if isResidual.insert(value).inserted { residuals.append(value) }
    }

    private func isRecomputed(_ place: Int) -> Bool {
        if isInvariant[place] { return true }
        return switch scan.body.instructions[place].primitive {
        case .broadcast, .reshape, .transpose, .stopGradient, .identity: true
        default: false
        }
    }

    private mutating func stack(_ value: Value) {
        if !stacked.contains(value) { stacked.append(value) }
    }

    /// Sees to it that a factor of what is computed after the loop is stacked.
    private mutating func keep(_ value: Value) {
        if let number = parameterNumbers[value] {
            if sequenceNumbers.contains(number) { return }
            if number < scan.carries { save(value) } else { stack(value) }
        } else if let place = places[ObjectIdentifier(value.node)], !isRecomputed(place) {
            save(value)
        } else {
            stack(value)
        }
    }

    /// The loop with the residuals as further results: the stack of each.
    private func twin() throws -> [Value: Value] {
        guard !residuals.isEmpty else { return [:] }
        var loop = scan
        for value in residuals {
            let place = parameterNumbers[value].map { scan.body.parameters[$0] } ?? places[ObjectIdentifier(value.node)]
            if let place { loop.body.outputs.append(Graph.Operand(place, parameterNumbers[value] == nil ? value.index : 0)) }
        }
        let results = try Value.makeAll(.scan(loop), rule.x)
        return Dictionary(uniqueKeysWithValues: zip(residuals, results.dropFirst(outputs.count)))
    }

    // MARK: What constants get

    /// A part of a constant's cotangent.
    private enum Term {
        /// Summed in the loop.
        case plain(Value)
        /// `A · B` of matrices.
        case product(Value, transposeA: Bool, Value, transposeB: Bool)
        /// A sum over axes.
        case sum(Value, axes: [Int])

        var factors: [Value] {
            switch self {
            case .plain: []
            case .product(let a, _, let b, _): [a, b]
            case .sum(let value, _): [value]
            }
        }

        /// The sum over all steps, from the factors' stacks.
        func total(_ stacks: [Value]) throws -> Value {
            switch self {
            case .plain(let value):
                return value
            case .product(_, let transposeA, _, let transposeB):
                // Steps and the contracted axis become one axis, the first.
                func rows(_ stack: Value, _ isReady: Bool) throws -> Value {
                    let ordered = try isReady ? stack : stack.transposed([0, 2, 1])
                    return try ordered.reshaped([ordered.shape[0] * ordered.shape[1], ordered.shape[2]])
                }
                return try rows(stacks[0], transposeA).matmul(rows(stacks[1], !transposeB), transposeA: true)
            case .sum(_, let axes):
                return try stacks[0].sum(axes: [0] + axes.map { $0 + 1 })
            }
        }
    }

    private func terms(_ value: Value) -> [Term] {
        var terms: [Term] = []
        var pending = [value]
        while let value = pending.popLast() {
            // A value of the step forwards, or a seed, stays whole.
            guard places[ObjectIdentifier(value.node)] == nil else {
                terms.append(.plain(value))
                continue
            }
            let operands = value.node.operands
            switch value.node.primitive {
            case .binary(.add): pending += operands
            case .matmul(let a, let b) where value.type.rank == 2: terms.append(.product(operands[0], transposeA: a, operands[1], transposeB: b))
            case .reduce(.sum, let axes): terms.append(.sum(operands[0], axes: axes))
            default: terms.append(.plain(value))
            }
        }
        return terms
    }
}

extension PullbackRule {
    func scan(_ scan: Scan) throws -> [Value?] {
        var pullback = ScanPullback(scan, self)
        return try pullback.apply()
    }
}
