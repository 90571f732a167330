import Graph
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Loops and branches: plans that run inside a plan.
extension Lowering {
    mutating func lowerScan(_ site: KernelSite, _ scan: Scan) throws {
        let body = try innerPlan(scan.body)
        let carries = (0..<scan.carries).map { index in
            Carry(initial: site.slot(index), result: site.resultSlots[index], byteCount: site.resultTypes[index].byteCount)
        }
        let constantSlots = (0..<scan.constants).map { site.slot(scan.carries + $0) }
        let firstSequence = scan.carries + scan.constants
        let sequences = (0..<scan.sequences).map { index in
            Slices(slot: site.slot(firstSequence + index), byteCount: body.parameterTypes[firstSequence + index].byteCount)
        }
        let stacked = (scan.carries..<site.resultSlots.count).map { index in
            Slices(slot: site.resultSlots[index], byteCount: body.outputTypes[index].byteCount)
        }
        let offsets = carries.reduce(into: [0]) { $0.append($0.last! + $1.byteCount.roundedToLines) }
        let scratch = ScratchPool(byteCount: offsets.last!)
        let length = scan.length
        let reverse = scan.reverse

        emit { frame in
            guard length > 0 else {
                for carry in carries { memcpy(frame[carry.result], frame[carry.initial], carry.byteCount) }
                return
            }
            let arena = try body.takeArena()
            let scratchArena = try scratch.take()
            defer {
                body.giveBack(arena)
                scratch.giveBack(scratchArena)
            }
            let slots = arena.slots
            let outputs = slots + body.parameterTypes.count
            for (index, slot) in constantSlots.enumerated() { slots[carries.count + index] = frame[slot] }
            for (index, carry) in carries.enumerated() { slots[index] = frame[carry.initial] }
            for turn in 0..<length {
                // Two places in turn, so that the last turn writes the result.
                let toResult = (length - 1 - turn).isMultiple(of: 2)
                let place = reverse ? length - 1 - turn : turn
                for (index, carry) in carries.enumerated() {
                    outputs[index] = toResult ? frame[carry.result] : scratchArena.memory + offsets[index]
                }
                for (index, slices) in sequences.enumerated() { slots[firstSequence + index] = frame[slices.slot] + place * slices.byteCount }
                for (index, slices) in stacked.enumerated() { outputs[carries.count + index] = frame[slices.slot] + place * slices.byteCount }
                try body.execute(Frame(slots: slots))
                for index in carries.indices { slots[index] = outputs[index] }
            }
        }
    }

    mutating func lowerConditional(_ site: KernelSite, _ first: Graph, _ second: Graph) throws {
        let branches = [try innerPlan(second), try innerPlan(first)]
        let operands = Array(site.operandSlots.dropFirst())
        let results = site.resultSlots
        let condition = site.slot(0)
        emit { frame in
            let branch = branches[frame[condition].load(as: UInt8.self) != 0 ? 1 : 0]
            let arena = try branch.takeArena()
            defer { branch.giveBack(arena) }
            for (index, slot) in operands.enumerated() { arena.slots[index] = frame[slot] }
            for (index, slot) in results.enumerated() { arena.slots[operands.count + index] = frame[slot] }
            try branch.execute(Frame(slots: arena.slots))
        }
    }

    /// A composite of an element type that its kernel does not know: its parts as a plan of their own.
    mutating func lowerDecomposition(_ site: KernelSite, _ composite: Composite) throws {
        let plan = try innerPlan(try composite.decomposition(site.operandTypes).preparedForCPU())
        let (operands, results) = (site.operandSlots, site.resultSlots)
        emit { frame in
            let arena = try plan.takeArena()
            defer { plan.giveBack(arena) }
            for (index, slot) in operands.enumerated() { arena.slots[index] = frame[slot] }
            for (index, slot) in results.enumerated() { arena.slots[operands.count + index] = frame[slot] }
            try plan.execute(Frame(slots: arena.slots))
        }
    }

    private mutating func innerPlan(_ graph: Graph) throws -> Plan {
        let plan = try Plan(graph, aliases: [:], settings: settings)
        if plan.isParallel { markParallel() }
        return plan
    }
}

private struct Carry {
    var initial, result, byteCount: Int
}

private struct Slices {
    var slot, byteCount: Int
}

/// Memory for a loop's carries, one piece for each run in progress.
final class ScratchPool: Sendable {
    private let byteCount: Int
    private let free = Mutex<[Arena]>([])

    init(byteCount: Int) { self.byteCount = byteCount }

    func take() throws -> Arena {
        try free.withLock { $0.popLast() } ?? Arena(slotCount: 0, byteCount: byteCount)
    }

    func giveBack(_ arena: Arena) {
        free.withLock { $0.append(arena) }
    }
}
