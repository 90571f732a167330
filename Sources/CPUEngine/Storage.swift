import Graph

/// Where each value that somebody reads from memory lies.
///
/// A plan has one table of addresses (slots): first the parameters, then the outputs, then one slot for each other value in the
/// arena or among the constants. Kernels know slots; a run fills in the addresses.
struct Storage {
    /// The slot of each canonical value in memory.
    private(set) var slot: [ValueID: Int] = [:]
    let parameterCount: Int
    let outputCount: Int
    /// The arena's offset of each slot after parameters and outputs; -1 for constants.
    private(set) var offsets: [Int] = []
    private(set) var constants: [(slot: Int, literal: Literal)] = []
    private(set) var arenaByteCount = 0
    /// Copies of whole values between slots, before the first and after the last step.
    private(set) var copiesBefore: [Copy] = []
    private(set) var copiesAfter: [Copy] = []
    /// Outputs that are the memory of a parameter.
    private(set) var outputParameter: [Int: Int] = [:]

    struct Copy {
        var from, to, byteCount: Int
    }

    /// For each fused step: results that are written where an input lies.
    private(set) var overwrites: [Int: [ValueID: ValueID]] = [:]

    private var lastUse: [ValueID: Int] = [:]

    init(_ schedule: Schedule, aliases: [Int: Int]) {
        let values = schedule.values
        let graph = values.graph
        parameterCount = graph.parameters.count
        outputCount = graph.outputs.count

        for (index, instruction) in graph.parameters.enumerated() { slot[values.result(instruction)] = index }
        findLastUses(schedule)
        placeOutputs(schedule, aliases: aliases)
        placeConstants(schedule)
        placeArena(schedule)
    }

    var slotCount: Int { parameterCount + outputCount + offsets.count }

    private mutating func newSlot(offset: Int) -> Int {
        offsets.append(offset)
        return slotCount - 1
    }

    // MARK: Uses

    private mutating func findLastUses(_ schedule: Schedule) {
        for (step, entry) in schedule.steps.enumerated() {
            for value in schedule.reads(entry, at: step) { lastUse[value] = step }
        }
    }

    // MARK: Outputs

    private mutating func placeOutputs(_ schedule: Schedule, aliases: [Int: Int]) {
        let values = schedule.values
        for (output, operand) in values.graph.outputs.enumerated() {
            let value = values.id(operand)
            let bytes = values.type[value].byteCount
            let outputSlot = parameterCount + output
            if let parameter = aliases[output] {
                outputParameter[output] = parameter
                if slot[value] == parameter { continue }
                if slot[value] == nil, isSafe(value, over: parameter, schedule) {
                    slot[value] = parameter
                } else if let from = slot[value], values.primitive(of: value).isParameter, aliases.values.contains(from) {
                    // A parameter that is overwritten too: its old value is kept aside first.
                    let aside = newSlot(offset: reserve(bytes))
                    copiesBefore.append(Copy(from: from, to: aside, byteCount: bytes))
                    copiesAfter.append(Copy(from: aside, to: parameter, byteCount: bytes))
                } else {
                    let from = place(value, schedule)
                    copiesAfter.append(Copy(from: from, to: parameter, byteCount: bytes))
                }
            } else if let from = slot[value] {
                let copy = Copy(from: from, to: outputSlot, byteCount: bytes)
                if from < parameterCount, values.primitive(of: value).isParameter {
                    copiesBefore.append(copy)
                } else {
                    copiesAfter.append(copy)
                }
            } else if case .constant = values.primitive(of: value) {
                copiesBefore.append(Copy(from: place(value, schedule), to: outputSlot, byteCount: bytes))
            } else {
                slot[value] = outputSlot
            }
        }
    }

    /// The slot of a value that is not to be shared with others: among the constants, or reserved.
    private mutating func place(_ value: ValueID, _ schedule: Schedule) -> Int {
        if let known = slot[value] { return known }
        let place: Int
        if case .constant(let literal) = schedule.values.primitive(of: value) {
            place = newSlot(offset: -1)
            constants.append((place, literal))
        } else {
            place = newSlot(offset: reserve(schedule.values.type[value].byteCount))
        }
        slot[value] = place
        return place
    }

    /// Whether the step that makes `value` may write it over the parameter: nobody reads the parameter later, and a fused
    /// group reads it, if at all, element by element in step with the writing.
    private mutating func isSafe(_ value: ValueID, over parameter: Int, _ schedule: Schedule) -> Bool {
        let values = schedule.values
        let parameterValue = values.result(values.graph.parameters[parameter])
        guard let step = schedule.position[value], step >= 0 else { return false }
        // Somebody else's result may already be bound for this memory.
        guard !slot.contains(where: { $0.value == parameter && $0.key != parameterValue }) else { return false }
        // The parameter itself may be wanted as an output.
        guard !values.graph.outputs.contains(where: { values.id($0) == parameterValue }) else { return false }
        let last = lastUse[parameterValue] ?? -1
        if last < step { return true }
        guard last == step else { return false }
        switch schedule.steps[step] {
        case .fused(let group):
            var all = overwrites[step] ?? [:]
            all[value] = parameterValue
            guard group.order(overwriting: all, values) != nil else { return false }
            overwrites[step] = all
            return true
        case .kernel(let instruction):
            let entry = values.graph.instructions[instruction]
            switch entry.primitive {
            case .scatter, .dynamicUpdate:
                return values.id(entry.operands[0]) == parameterValue
                    && !entry.operands.dropFirst().contains { values.id($0) == parameterValue }
            default: return false
            }
        case .broadcast: return false
        }
    }

    // MARK: Constants

    private mutating func placeConstants(_ schedule: Schedule) {
        let values = schedule.values
        for value in lastUse.keys.sorted() where slot[value] == nil {
            guard case .constant(let literal) = values.primitive(of: value) else { continue }
            let place = newSlot(offset: -1)
            slot[value] = place
            constants.append((place, literal))
        }
    }

    // MARK: Arena

    /// Memory that is not shared with any other value.
    private mutating func reserve(_ byteCount: Int) -> Int {
        defer { arenaByteCount += byteCount.roundedToLines }
        return arenaByteCount
    }

    private mutating func placeArena(_ schedule: Schedule) {
        var free = FreeList(start: arenaByteCount)
        var dying: [Int: [(offset: Int, bytes: Int)]] = [:]
        let values = schedule.values
        for (step, entry) in schedule.steps.enumerated() {
            for value in schedule.writes(entry) where slot[value] == nil {
                let bytes = values.type[value].byteCount.roundedToLines
                let offset = free.take(bytes)
                slot[value] = newSlot(offset: offset)
                dying[max(lastUse[value] ?? step, step), default: []].append((offset, bytes))
            }
            for (offset, bytes) in dying.removeValue(forKey: step) ?? [] { free.give(offset, bytes) }
        }
        arenaByteCount = free.end
    }
}

extension Schedule {
    /// The canonical values that a step reads from memory.
    func reads(_ step: Step, at index: Int) -> [ValueID] {
        switch step {
        case .fused(let group):
            group.inputs.sorted().compactMap { memorySource($0, at: index) }
        case .broadcast(let value):
            [values.id(values.operands(of: value)[0])]
        case .kernel(let instruction):
            values.graph.instructions[instruction].operands.map { values.id($0) } + (epilogues[instruction].map { [$0.bias] } ?? [])
        }
    }

    /// The canonical values that a step leaves in memory.
    func writes(_ step: Step) -> [ValueID] {
        switch step {
        case .fused(let group): group.outputs.sorted()
        case .broadcast(let value): [value]
        case .kernel(let instruction):
            if let epilogue = epilogues[instruction] { [epilogue.result] } else {
                values.graph.instructions[instruction].results.indices.map { values.result(instruction, $0) }
                    .filter { values.useCount[$0] > 0 || !values.isOptional($0) }
            }
        }
    }

    /// Whether a step finds the value in memory. A repetition or a count that a later step writes for others is not there yet.
    func isInMemory(_ value: ValueID, at step: Int) -> Bool { position[value].map { $0 < step } ?? false }

    /// What a fused group's input is read from: itself, what a broadcast repeats, or nothing (counting).
    func memorySource(_ input: ValueID, at step: Int) -> ValueID? {
        guard !isInMemory(input, at: step) else { return input }
        return switch values.primitive(of: input) {
        case .broadcast, .randomBits: values.id(values.operands(of: input)[0])
        case .iota: nil
        default: input
        }
    }
}

extension FusedGroup {
    /// The members in an order in which nothing is overwritten before its last reader, or nil if there is none.
    func order(overwriting: [ValueID: ValueID], _ values: ValueTable) -> [ValueID]? {
        guard !overwriting.isEmpty else { return members }
        for (value, input) in overwriting {
            guard values.type[value].dtype.byteCount == values.type[input].dtype.byteCount, inputs.contains(input) else { return nil }
            // Read otherwise than in step: not possible.
            for port in inputs where port != input {
                if values.primitive(of: port).isReadOtherwise, values.id(values.operands(of: port)[0]) == input { return nil }
            }
        }
        var readersLeft: [ValueID: Int] = [:]
        for member in members {
            for input in Set(values.operands(of: member).map(values.id)) { readersLeft[input, default: 0] += 1 }
        }
        let own = Set(members)
        var placed: Set<ValueID> = []
        var pending = members
        var result: [ValueID] = []
        while !pending.isEmpty {
            var left: [ValueID] = []
            for member in pending {
                let operands = Set(values.operands(of: member).map(values.id))
                let ready = operands.allSatisfy { !own.contains($0) || placed.contains($0) }
                let blocked = overwriting[member].map { (readersLeft[$0] ?? 0) > (operands.contains($0) ? 1 : 0) } ?? false
                guard ready, !blocked else { left.append(member); continue }
                for input in operands { readersLeft[input]! -= 1 }
                placed.insert(member)
                result.append(member)
            }
            if left.count == pending.count { return nil }
            pending = left
        }
        return result
    }
}

/// Offsets of free memory, neighbours joined; the smallest that fits is taken.
private struct FreeList {
    private var blocks: [(offset: Int, bytes: Int)] = []
    private(set) var end: Int

    init(start: Int) { end = start }

    mutating func take(_ bytes: Int) -> Int {
        var best: Int?
        for (index, block) in blocks.enumerated() where block.bytes >= bytes {
            if best == nil || block.bytes < blocks[best!].bytes { best = index }
        }
        if let best {
            let offset = blocks[best].offset
            if blocks[best].bytes == bytes {
                blocks.remove(at: best)
            } else {
                blocks[best] = (offset + bytes, blocks[best].bytes - bytes)
            }
            return offset
        }
        // Grow from the last block if it reaches the end.
        if let last = blocks.last, last.offset + last.bytes == end {
            blocks.removeLast()
            end = last.offset + bytes
            return last.offset
        }
        defer { end += bytes }
        return end
    }

    mutating func give(_ offset: Int, _ bytes: Int) {
        guard bytes > 0 else { return }
        let index = blocks.firstIndex { $0.offset > offset } ?? blocks.count
        blocks.insert((offset, bytes), at: index)
        if index + 1 < blocks.count, offset + bytes == blocks[index + 1].offset {
            blocks[index].bytes += blocks[index + 1].bytes
            blocks.remove(at: index + 1)
        }
        if index > 0, blocks[index - 1].offset + blocks[index - 1].bytes == offset {
            blocks[index - 1].bytes += blocks[index].bytes
            blocks.remove(at: index)
        }
    }
}

extension Int {
    /// Rounded up to whole cache lines.
    var roundedToLines: Int { (self + CPUBuffer.alignment - 1) & ~(CPUBuffer.alignment - 1) }
}


extension Primitive {
    /// A fused group reads the operand in its place, and not element by element.
    fileprivate var isReadOtherwise: Bool {
        switch self {
        case .broadcast, .randomBits: true
        default: false
        }
    }
    var isParameter: Bool { if case .parameter = self { true } else { false } }
}
