import CPUKernels
import Graph

/// Owns a compiled elementwise program.
///
/// `@unchecked Sendable`: programs are immutable and may run on several threads at once (ck_core.h).
final class ProgramHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ program: FusedProgram) throws {
        let pointer = ck_program_create(
            program.sources, Int32(program.sources.count), program.instructions, Int32(program.instructions.count),
            program.outputs, program.aliases, Int32(program.outputs.count))
        guard let pointer else { throw GraphError.engine("There is not enough memory to plan an elementwise program.") }
        self.pointer = pointer
    }

    deinit { ck_program_destroy(pointer) }
}

/// An elementwise program and the slots of its ports.
struct FusedProgram {
    var sources: [ck_source] = []
    var instructions: [ck_instruction] = []
    var outputs: [Int32] = []
    var aliases: [Int32] = []
    var inputSlots: [Int] = []
    var outputSlots: [Int] = []
    var count = 0
}

extension FusedProgram {
    /// Whether two programs differ in nothing but their length and ports.
    func isSameCode(as other: FusedProgram) -> Bool {
        func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
        return outputs == other.outputs && aliases == other.aliases
            && bytes(instructions) == bytes(other.instructions) && bytes(sources) == bytes(other.sources)
    }
}

/// Fused groups in a row that run the same code on different memory: one piece of parallel work.
struct FusedBatch {
    var programs: [FusedProgram] = []
    var steps: [Int] = []
    var memory: [MemoryUse] = []
}

extension Lowering {
    /// Adds a group's program to the batch if it runs the same code and touches nothing that the batch writes; else starts anew.
    mutating func lower(_ group: FusedGroup, step: Int) throws {
        guard group.count > 0 else { return }
        let program = try program(for: group, step: step, overwriting: storage.overwrites[step] ?? [:])
        let memory = storage.memoryUse(of: program, group, values)
        if let first = batch.programs.first, !(first.isSameCode(as: program) && !batch.memory.contains { $0.conflicts(with: memory) }) {
            try flushBatch()
        }
        batch.programs.append(program)
        batch.steps.append(step)
        batch.memory.append(memory)
    }

    /// Makes the pending batch a kernel.
    mutating func flushBatch() throws {
        defer { batch = FusedBatch() }
        let programs = batch.programs
        guard let first = programs.first else { return }
        let handle = try ProgramHandle(first)
        let total = programs.reduce(0) { $0 + $1.count }
        let threads = ck_program_threads(handle.pointer, Int64(total), Int32(settings.threads))
        if threads > 1 { markParallel() }
        origin = KernelOrigin(steps: batch.steps, threads: Int(threads))
        let inputCount = first.inputSlots.count
        let outputCount = first.outputSlots.count
        let inputSlots = programs.flatMap(\.inputSlots)
        let outputSlots = programs.flatMap(\.outputSlots)
        let counts = programs.map { Int64($0.count) }
        emit { frame in
            withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: inputSlots.count + 1) { inputs in
                withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: outputSlots.count) { outputs in
                    for index in inputSlots.indices {
                        inputs.initializeElement(at: index, to: inputSlots[index] < 0 ? nil : UnsafeRawPointer(frame[inputSlots[index]]))
                    }
                    for index in outputSlots.indices { outputs.initializeElement(at: index, to: frame[outputSlots[index]]) }
                    guard counts.count > 1 else {
                        ck_program_run(handle.pointer, counts[0], inputs.baseAddress, outputs.baseAddress, threads)
                        return
                    }
                    withUnsafeTemporaryAllocation(of: ck_segment.self, capacity: counts.count) { segments in
                        for index in counts.indices {
                            segments.initializeElement(
                                at: index,
                                to: ck_segment(
                                    n: counts[index], inputs: inputs.baseAddress! + index * inputCount,
                                    outputs: outputs.baseAddress! + index * outputCount))
                        }
                        ck_program_run_many(handle.pointer, segments.baseAddress, Int32(counts.count), threads)
                    }
                }
            }
        }
    }

    /// A group's program: its sources, then an instruction for each member, in an order that lets it write over its inputs.
    private func program(for group: FusedGroup, step: Int, overwriting: [ValueID: ValueID]) throws -> FusedProgram {
        var program = FusedProgram()
        program.count = group.count
        var number: [ValueID: Int32] = [:]
        for input in group.inputs.sorted() {
            let (source, slot) = try self.source(of: input, count: group.count, step: step)
            number[input] = Int32(program.sources.count)
            program.sources.append(source)
            program.inputSlots.append(slot)
        }
        for member in group.order(overwriting: overwriting, values) ?? group.members {
            let operands = values.operands(of: member).map { number[values.id($0)]! }
            number[member] = Int32(program.sources.count + program.instructions.count)
            program.instructions.append(program.asMacro(instruction(member, operands)))
        }
        for output in group.outputs.sorted() {
            guard let slot = storage.slot[output] else { continue }
            program.outputs.append(number[output]!)
            program.outputSlots.append(slot)
            program.aliases.append(overwriting[output].flatMap { number[$0] } ?? -1)
        }
        return program
    }

    private func instruction(_ member: ValueID, _ operands: [Int32]) -> ck_instruction {
        let primitive = values.primitive(of: member)
        let operandTypes = values.operands(of: member).map { values.graph.type($0) }
        var dtype = operandTypes[0].dtype
        let op: Int
        switch primitive {
        case .unary(let operation): op = Int(CK_UNARY) + Unary.allCases.firstIndex(of: operation)!
        case .binary(let operation): op = Int(CK_BINARY) + Binary.allCases.firstIndex(of: operation)!
        case .compare(let operation): op = Int(CK_COMPARE) + Comparison.allCases.firstIndex(of: operation)!
        case .select:
            op = Int(CK_SELECT)
            dtype = operandTypes[1].dtype
        case .convert: op = Int(CK_CONVERT)
        case .bitcast: op = Int(CK_BITCAST)
        default: preconditionFailure("\(primitive.name) is not elementwise")
        }
        func operand(_ index: Int) -> Int32 { index < operands.count ? operands[index] : -1 }
        return ck_instruction(
            op: ck_op(op), dtype: dtype.ck, result: values.type[member].dtype.ck, operands: (operand(0), operand(1), operand(2)))
    }

    // MARK: Sources

    /// How the loop reads an input, and from which slot (-1: none).
    private func source(of input: ValueID, count: Int, step: Int) throws -> (ck_source, slot: Int) {
        var source = ck_source()
        source.dtype = values.type[input].dtype.ck
        if !schedule.isInMemory(input, at: step) {
            switch values.primitive(of: input) {
            case .iota(let type, let axis):
                source.kind = Int32(CK_IOTA)
                source.inner = type.split(at: axis).inner
                source.period = type.split(at: axis).n
                return (source, -1)
            case .randomBits:
                source.kind = Int32(CK_RANDOM)
                return (source, storage.slot[values.id(values.operands(of: input)[0])]!)
            case .broadcast(let shape, let axes):
                return try broadcastSource(source, values.operands(of: input)[0], shape: shape, axes: axes)
            default:
                break
            }
        }
        if count == 1, case .constant(let literal) = values.primitive(of: input) {
            return (immediate(source, literal), -1)
        }
        source.kind = Int32(CK_DIRECT)
        return (source, storage.slot[input]!)
    }

    private func immediate(_ source: ck_source, _ literal: Literal) -> ck_source {
        var source = source
        source.kind = Int32(CK_IMMEDIATE)
        for (index, byte) in literal.bytes.prefix(8).enumerated() { source.bits |= UInt64(byte) << (8 * index) }
        return source
    }

    private func broadcastSource(_ source: ck_source, _ operand: Graph.Operand, shape: [Int], axes: [Int]) throws -> (ck_source, slot: Int) {
        var source = source
        let id = values.id(operand)
        let type = values.graph.type(operand)
        if type.elementCount == 1 {
            if case .constant(let literal) = values.primitive(of: id) { return (immediate(source, literal), -1) }
            source.kind = Int32(CK_SCALAR)
            return (source, storage.slot[id]!)
        }
        let grid = StridedCopy.broadcast(type, to: shape, axes: axes).simplified()
        if let modular = grid.asModular {
            source.kind = modular.inner == 1 && modular.period == grid.count ? Int32(CK_DIRECT) : Int32(CK_MODULAR)
            source.inner = Int64(modular.inner)
            source.period = Int64(modular.period)
            return (source, storage.slot[id]!)
        }
        guard grid.shape.count <= 8 else {
            throw GraphError.attribute(operation: "broadcast", detail: "a repetition over \(grid.shape.count) separate axes cannot be computed; at most 8 can")
        }
        source.kind = Int32(CK_STRIDED)
        source.rank = Int32(grid.shape.count)
        withUnsafeMutableBytes(of: &source.shape) { $0.bindMemory(to: Int64.self).fill(grid.shape) }
        withUnsafeMutableBytes(of: &source.strides) { $0.bindMemory(to: Int64.self).fill(grid.inStrides) }
        return (source, storage.slot[id]!)
    }
}

extension FusedProgram {
    /// `maximum(x, 0)` and `select(y > 0, dy, 0)` as the one instruction that the kernels have for them.
    fileprivate func asMacro(_ instruction: ck_instruction) -> ck_instruction {
        guard instruction.dtype == DType.float32.ck || instruction.dtype == DType.float64.ck else { return instruction }
        var macro = instruction
        let (a, b, c) = instruction.operands
        switch Int(instruction.op) {
        case Int(CK_MAXIMUM) where isZero(b):
            macro.op = ck_op(CK_RELU)
            macro.operands = (a, -1, -1)
        case Int(CK_MAXIMUM) where isZero(a):
            macro.op = ck_op(CK_RELU)
            macro.operands = (b, -1, -1)
        case Int(CK_SELECT) where isZero(c):
            let index = Int(a) - sources.count
            guard index >= 0, instructions[index].op == ck_op(CK_GREATER), instructions[index].dtype == instruction.dtype,
                isZero(instructions[index].operands.1)
            else { return instruction }
            macro.op = ck_op(CK_RELU_GRADIENT)
            macro.operands = (instructions[index].operands.0, b, -1)
        default:
            break
        }
        return macro
    }

    private func isZero(_ number: Int32) -> Bool {
        guard number >= 0, Int(number) < sources.count else { return false }
        let source = sources[Int(number)]
        return source.kind == Int32(CK_IMMEDIATE) && source.bits == 0
    }
}

/// The memory that a fused group reads and writes.
struct MemoryUse {
    var reads: [Range<Int>] = []
    var writes: [Range<Int>] = []

    func conflicts(with other: MemoryUse) -> Bool {
        func overlap(_ a: [Range<Int>], _ b: [Range<Int>]) -> Bool { a.contains { one in b.contains { one.overlaps($0) } } }
        return overlap(writes, other.reads) || overlap(writes, other.writes) || overlap(reads, other.writes)
    }
}

extension Storage {
    /// The arena's bytes, and for parameters, outputs and constants a number of their own below zero.
    fileprivate func memoryUse(of program: FusedProgram, _ group: FusedGroup, _ values: ValueTable) -> MemoryUse {
        func range(_ slot: Int, _ bytes: Int) -> Range<Int> {
            let offset = slot < parameterCount + outputCount ? -1 : offsets[slot - parameterCount - outputCount]
            return offset < 0 ? (-slot - 1)..<(-slot) : offset..<(offset + max(bytes, 1))
        }
        var use = MemoryUse()
        for slot in program.inputSlots where slot >= 0 { use.reads.append(range(slot, group.count * 8)) }
        for value in group.outputs {
            if let slot = slot[value] { use.writes.append(range(slot, values.type[value].byteCount)) }
        }
        return use
    }
}

extension StridedCopy {
    /// The grid as element `(i / inner) % period` of a contiguous operand, if it is that.
    fileprivate var asModular: (inner: Int, period: Int)? {
        let moving = inStrides.indices.filter { inStrides[$0] != 0 }
        guard moving.count == 1, let axis = moving.first, inStrides[axis] == 1 else { return nil }
        return (shape[(axis + 1)...].reduce(1, *), shape[axis])
    }
}

extension UnsafeMutableBufferPointer<Int64> {
    fileprivate func fill(_ values: [Int]) {
        for (index, value) in values.enumerated() { self[index] = Int64(value) }
    }
}
