import CPUKernels
import Graph

/// Turns a schedule's steps into kernels on slots.
struct Lowering {
    let schedule: Schedule
    let storage: Storage
    let settings: CPUEngine.Settings
    private(set) var isParallel = false
    private(set) var kernels: [Kernel] = []
    /// For each kernel, what it does; for people.
    private(set) var origins: [KernelOrigin] = []
    /// Of the kernel that is emitted next.
    var origin = KernelOrigin(steps: [])
    var batch = FusedBatch()

    init(_ schedule: Schedule, _ storage: Storage, _ settings: CPUEngine.Settings) {
        self.schedule = schedule
        self.storage = storage
        self.settings = settings
    }

    var values: ValueTable { schedule.values }

    mutating func lower() throws -> [Kernel] {
        kernels.reserveCapacity(schedule.steps.count)
        for (index, step) in schedule.steps.enumerated() {
            switch step {
            case .fused(let group):
                try lower(group, step: index)
            case .broadcast(let value):
                try flushBatch()
                origin = KernelOrigin(steps: [index])
                lowerBroadcast(value)
            case .kernel(let instruction):
                try flushBatch()
                origin = KernelOrigin(steps: [index])
                try lower(KernelSite(instruction, schedule, storage))
            }
        }
        try flushBatch()
        return kernels
    }

    mutating func emit(_ kernel: @escaping Kernel) {
        kernels.append(kernel)
        origins.append(origin)
    }

    mutating func markParallel() { isParallel = true }

    /// The number of threads for work of about `cost` nanoseconds on one: one thread where waking the others costs more.
    mutating func threads(for cost: Double) -> Int32 {
        let useful = cost / Self.worthwhileNanoseconds
        let count = useful >= 2 ? min(settings.threads, Int(min(useful, 256))) : 1
        if count > 1 { isParallel = true }
        origin.threads = count
        return Int32(count)
    }

    /// Work that is worth a thread of its own: several times what a parallel region costs (1–2 µs while the pool is awake).
    private static let worthwhileNanoseconds = 5_000.0

    /// Nanoseconds to move a number of bytes within the caches.
    static func cost(bytes: Int) -> Double { Double(bytes) * 0.06 }
}

/// One kernel's operands and results: types and slots.
struct KernelSite {
    let primitive: Primitive
    let operandTypes: [TensorType]
    let operandSlots: [Int]
    let resultTypes: [TensorType]
    /// -1 for a result that is left out.
    let resultSlots: [Int]
    let epilogue: (biasSlot: Int, relu: Bool)?

    init(_ instruction: Int, _ schedule: Schedule, _ storage: Storage) {
        let values = schedule.values
        let entry = values.graph.instructions[instruction]
        primitive = entry.primitive
        operandTypes = entry.operands.map { values.graph.type($0) }
        operandSlots = entry.operands.map { storage.slot[values.id($0)]! }
        resultTypes = entry.results
        if let epilogue = schedule.epilogues[instruction] {
            self.epilogue = (storage.slot[epilogue.bias]!, epilogue.relu)
            resultSlots = [storage.slot[epilogue.result]!]
        } else {
            epilogue = nil
            resultSlots = entry.results.indices.map { storage.slot[values.result(instruction, $0)] ?? -1 }
        }
    }

    var result: TensorType { resultTypes[0] }
    var out: Int { resultSlots[0] }
    func operand(_ index: Int) -> TensorType { operandTypes[index] }
    func slot(_ index: Int) -> Int { operandSlots[index] }
}

extension DType {
    /// The number of the element type on the C side: its place among all cases.
    var ck: ck_dtype {
        switch self {
        case .bool: ck_dtype(CK_BOOL)
        case .uint8: ck_dtype(CK_U8)
        case .uint16: ck_dtype(CK_U16)
        case .uint32: ck_dtype(CK_U32)
        case .uint64: ck_dtype(CK_U64)
        case .int8: ck_dtype(CK_I8)
        case .int16: ck_dtype(CK_I16)
        case .int32: ck_dtype(CK_I32)
        case .int64: ck_dtype(CK_I64)
        case .float16: ck_dtype(CK_F16)
        case .bfloat16: ck_dtype(CK_BF16)
        case .float32: ck_dtype(CK_F32)
        case .float64: ck_dtype(CK_F64)
        }
    }
}
