import CPUKernels
import Graph
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The addresses of one run's values, by slot.
struct Frame {
    let slots: UnsafeMutablePointer<UnsafeMutableRawPointer>

    subscript(slot: Int) -> UnsafeMutableRawPointer { slots[slot] }
}

/// One step of a plan: work on addresses, everything else decided beforehand.
typealias Kernel = @Sendable (Frame) throws -> Void

/// A graph as a list of kernels over an arena. Immutable; every run takes an arena of its own.
///
/// `@unchecked Sendable`: all stored properties are constants but the pool of arenas, which a lock guards; the constants'
/// memory is written before the initialiser ends.
final class Plan: @unchecked Sendable {
    let settings: CPUEngine.Settings
    let parameterTypes: [TensorType]
    let outputTypes: [TensorType]
    let storage: Storage
    let kernels: [Kernel]
    /// What the plan was made from, and which part of it each kernel does: for people.
    let schedule: Schedule
    let origins: [KernelOrigin]
    let copiesBefore: [Storage.Copy]
    let copiesAfter: [Storage.Copy]
    /// Whether some kernel uses more than one thread.
    let isParallel: Bool
    private let constants: UnsafeMutableRawPointer
    private let constantOffsets: [(slot: Int, offset: Int)]
    private let arenas = Mutex<[Arena]>([])

    init(_ graph: Graph, aliases: [Int: Int], settings: CPUEngine.Settings) throws {
        self.settings = settings
        parameterTypes = graph.parameterTypes
        outputTypes = graph.outputTypes
        schedule = Schedule(graph)
        storage = Storage(schedule, aliases: aliases)
        var lowering = Lowering(schedule, storage, settings)
        kernels = try lowering.lower()
        origins = lowering.origins
        isParallel = lowering.isParallel
        copiesBefore = storage.copiesBefore.filter { $0.byteCount > 0 && $0.from != $0.to }
        copiesAfter = storage.copiesAfter.filter { $0.byteCount > 0 && $0.from != $0.to }

        var offsets: [(Int, Int)] = []
        var end = 0
        for (slot, literal) in storage.constants {
            offsets.append((slot, end))
            end += literal.bytes.count.roundedToLines
        }
        constants = try allocateAligned(end, for: "a model's constants")
        constantOffsets = offsets
        for ((_, literal), (_, offset)) in zip(storage.constants, offsets) {
            literal.bytes.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { memcpy(constants + offset, base, bytes.count) }
            }
        }
    }

    deinit { free(constants) }

    /// The most memory one run needs besides inputs and outputs.
    var arenaByteCount: Int { storage.arenaByteCount }
    var stepCount: Int { kernels.count }

    // MARK: Running

    func run(_ inputs: [any Buffer]) throws -> [any Buffer] {
        guard inputs.count == parameterTypes.count else {
            throw GraphError.engine("The graph takes \(parameterTypes.count) inputs; it was given \(inputs.count).")
        }
        let arena = try takeArena()
        defer { giveBack(arena) }

        // The inputs, copies in the place of foreign buffers.
        var resident = inputs
        for (index, input) in inputs.enumerated() {
            guard input.type == parameterTypes[index] else {
                throw GraphError.engine("The graph's input \(index) is \(parameterTypes[index]); it was given \(input.type).")
            }
            if let buffer = input as? CPUBuffer {
                arena.slots[index] = buffer.pointer
            } else {
                let copy = try CPUBuffer(uninitialized: input.type)
                try input.withUnsafeBytes { copy.mutableBytes.copyMemory(from: $0) }
                resident[index] = copy
                arena.slots[index] = copy.pointer
            }
        }
        var outputs: [any Buffer] = []
        outputs.reserveCapacity(outputTypes.count)
        for (index, type) in outputTypes.enumerated() {
            if let parameter = storage.outputParameter[index] {
                outputs.append(resident[parameter])
            } else {
                let buffer = try CPUBuffer(uninitialized: type)
                arena.slots[storage.parameterCount + index] = buffer.pointer
                outputs.append(buffer)
            }
        }
        let frame = Frame(slots: arena.slots)
        let start = Profile.isActive ? Profile.now : nil
        if isParallel {
            try ThreadPool.lease.withLock { _ in try execute(frame) }
        } else {
            try execute(frame)
        }
        if let start { Profile.note([Profile.Event(subject: .run(self), start: start, end: Profile.now, thread: Profile.thread)]) }
        withExtendedLifetime(resident) {}
        return outputs
    }

    /// Runs on addresses that the caller has filled in.
    func execute(_ frame: Frame) throws {
        if Profile.isActive { return try executeNoting(frame) }
        copy(copiesBefore, frame)
        for kernel in kernels { try kernel(frame) }
        copy(copiesAfter, frame)
    }

    func copy(_ copies: [Storage.Copy], _ frame: Frame) {
        for copy in copies { memcpy(frame[copy.to], frame[copy.from], copy.byteCount) }
    }

    // MARK: Arenas

    func takeArena() throws -> Arena {
        if let arena = arenas.withLock({ $0.popLast() }) { return arena }
        let arena = try Arena(slotCount: storage.slotCount, byteCount: storage.arenaByteCount)
        for (index, offset) in storage.offsets.enumerated() where offset >= 0 {
            arena.slots[storage.parameterCount + storage.outputCount + index] = arena.memory + offset
        }
        for (slot, offset) in constantOffsets { arena.slots[slot] = constants + offset }
        return arena
    }

    func giveBack(_ arena: Arena) { arenas.withLock { $0.append(arena) } }
}

/// The memory and the table of addresses of one run.
///
/// `@unchecked Sendable`: one run at a time holds an arena.
final class Arena: @unchecked Sendable {
    let slots: UnsafeMutablePointer<UnsafeMutableRawPointer>
    let memory: UnsafeMutableRawPointer

    init(slotCount: Int, byteCount: Int) throws {
        memory = try allocateAligned(byteCount, for: "a model's intermediate results")
        slots = .allocate(capacity: Swift.max(slotCount, 1))
        slots.initialize(repeating: memory, count: Swift.max(slotCount, 1))
    }

    deinit {
        slots.deallocate()
        free(memory)
    }
}

/// The one pool of threads: whoever runs a plan with parallel kernels holds the lease meanwhile, so that plans do not
/// fight for the cores. Plans without parallel kernels run beside each other.
enum ThreadPool {
    static let lease = Mutex<Void>(())
}
