import CPUKernels
import Graph

/// Kernels of single primitives: movement, reductions, indexing, sorting, random bits.
extension Lowering {
    mutating func lower(_ site: KernelSite) throws {
        if let type = (site.operandTypes + site.resultTypes).first(where: { $0.rank > Int(CK_MAX_RANK) }) {
            throw GraphError.rank(operation: site.primitive.name, expected: "a tensor of rank \(CK_MAX_RANK) or less", got: type.shape)
        }
        let (operand, result, out) = (site.operandTypes.first, site.result, site.out)
        let size = result.dtype.byteCount
        switch site.primitive {
        case .iota(let type, let axis): try lowerIota(type, axis: axis, out: out)
        case .transpose(let permutation):
            emitCopy(.transpose(operand!, permutation, result: result), elementSize: size, from: site.slot(0), to: out)
        case .slice(let slice):
            emitCopy(.slice(operand!, slice, result: result), elementSize: size, from: site.slot(0), to: out)
        case .reverse(let axes):
            emitCopy(.reverse(operand!, axes: axes), elementSize: size, from: site.slot(0), to: out)
        case .concatenate(let axis):
            var start = 0
            for (index, part) in site.operandTypes.enumerated() {
                emitCopy(.part(part, of: result, axis: axis, at: start), elementSize: size, from: site.slot(index), to: out)
                start += part.shape[axis]
            }
        case .pad(let padding): lowerPad(site, padding)
        case .dynamicSlice: lowerDynamicSlice(site)
        case .dynamicUpdate: lowerDynamicUpdate(site)
        case .reduce(let reduction, let axes): lowerReduce(site, reduction, axes: axes)
        case .argReduce(let reduction, let axis): lowerArgReduce(site, reduction, axis: axis)
        case .cumulative(let operation, let axis, let reverse):
            let (outer, n, inner) = result.split(at: axis)
            let op = Int32(Cumulative.allCases.firstIndex(of: operation)!)
            let (dtype, from) = (result.dtype.ck, site.slot(0))
            let threads = threads(for: Self.cost(bytes: result.byteCount) * 10)
            emit { frame in ck_cumulative(op, dtype, frame[from], frame[out], outer, n, inner, reverse, threads) }
        case .matmul(let a, let b): try lowerMatmul(site, transposeA: a, transposeB: b)
        case .convolution(let geometry):
            try lowerConvolution(
                site, kind: CK_CONV_FORWARD, geometry, input: operand!.shape, kernel: site.operand(1).shape, output: result.shape)
        case .reduceWindow(let reduction, let window):
            let op = Int32(WindowReduction.allCases.firstIndex(of: reduction)!)
            let geometry = ck_window(window, operand!)
            let (dtype, from) = (result.dtype.ck, site.slot(0))
            let threads = threads(for: Self.windowCost(window, result))
            emit { frame in withUnsafePointer(to: geometry) { ck_reduce_window(op, dtype, frame[from], frame[out], $0, threads) } }
        case .maxWindowGradient(let window):
            let geometry = ck_window(window, operand!)
            let (dtype, x, dy) = (result.dtype.ck, site.slot(0), site.slot(1))
            let threads = threads(for: Self.windowCost(window, site.operand(1)))
            emit { frame in withUnsafePointer(to: geometry) { ck_max_window_gradient(dtype, frame[x], frame[dy], frame[out], $0, threads) } }
        case .gather(let axis, let batchAxes): lowerGather(site, axis: axis, batchAxes: batchAxes)
        case .scatter(let reduction, let axis, let batchAxes): lowerScatter(site, reduction, axis: axis, batchAxes: batchAxes)
        case .sort(let axis, let descending):
            let (outer, n, inner) = operand!.split(at: axis)
            let (dtype, from, indices) = (operand!.dtype.ck, site.slot(0), site.resultSlots[1])
            let threads = threads(for: Double(operand!.elementCount) * 50)
            emit { frame in
                ck_sort(dtype, frame[from], frame[out], frame[indices].assumingMemoryBound(to: Int32.self), outer, n, inner, descending, threads)
            }
        case .topK(let k):
            let (outer, n) = operand!.rows(trailing: 1)
            let (dtype, from, indices) = (operand!.dtype.ck, site.slot(0), site.resultSlots[1])
            let threads = threads(for: Double(operand!.elementCount) * 5)
            emit { frame in
                ck_topk(dtype, frame[from], frame[out], frame[indices].assumingMemoryBound(to: Int32.self), outer, n, Int64(k), threads)
            }
        case .randomBits:
            let (key, count) = (site.slot(0), Int64(result.elementCount))
            let threads = threads(for: Double(count) * 3)
            emit { frame in
                ck_random_bits(frame[key].assumingMemoryBound(to: UInt32.self), frame[out].assumingMemoryBound(to: UInt32.self), count, threads)
            }
        case .scan(let scan): try lowerScan(site, scan)
        case .conditional(let first, let second): try lowerConditional(site, first, second)
        case .composite(let composite): try lowerComposite(site, composite)
        case .identity, .stopGradient:
            preconditionFailure("\(site.primitive.name) does not appear in graphs")
        case .parameter, .constant, .unary, .binary, .compare, .select, .convert, .bitcast, .reshape, .broadcast:
            preconditionFailure("\(site.primitive.name) is not a kernel of its own")
        }
    }

    // MARK: Movement

    private mutating func lowerIota(_ type: TensorType, axis: Int, out: Int) throws {
        guard type.elementCount > 0 else { return }
        var program = FusedProgram()
        var source = ck_source()
        source.kind = Int32(CK_IOTA)
        source.dtype = type.dtype.ck
        source.inner = type.split(at: axis).inner
        source.period = type.split(at: axis).n
        program.sources = [source]
        program.outputs = [0]
        program.aliases = [-1]
        let handle = try ProgramHandle(program)
        let count = Int64(type.elementCount)
        emit { frame in
            var input: UnsafeRawPointer?
            var output: UnsafeMutableRawPointer? = frame[out]
            ck_program_run(handle.pointer, count, &input, &output, 1)
        }
    }

    private mutating func lowerPad(_ site: KernelSite, _ padding: Padding) {
        let (result, out, value) = (site.result, site.out, site.slot(1))
        let size = result.dtype.byteCount
        let copy = StridedCopy.pad(site.operand(0), padding, result: result)
        if copy.count < result.elementCount {
            let threads = threads(for: Self.cost(bytes: result.byteCount))
            let count = Int64(result.elementCount)
            emit { frame in ck_fill(Int64(size), frame[value], frame[out], count, threads) }
        }
        emitCopy(copy, elementSize: size, from: site.slot(0), to: out)
    }

    private mutating func lowerDynamicSlice(_ site: KernelSite) {
        let (operand, result) = (site.operand(0), site.result)
        let size = result.dtype.byteCount
        let clamp = StartClamp(operand: operand, window: result.shape, elementSize: size)
        guard let copy = windowCopy(result.shape, operand.strides, result.strides, size) else { return }
        let (from, starts, out) = (site.slot(0), site.slot(1), site.out)
        emit { frame in copy(frame[from] + clamp.byteOffset(frame[starts]), frame[out]) }
    }

    private mutating func lowerDynamicUpdate(_ site: KernelSite) {
        let (operand, update) = (site.operand(0), site.operand(1))
        let size = operand.dtype.byteCount
        let clamp = StartClamp(operand: operand, window: update.shape, elementSize: size)
        let (base, from, starts, out, bytes) = (site.slot(0), site.slot(1), site.slot(2), site.out, operand.byteCount)
        let copy = windowCopy(update.shape, update.strides, operand.strides, size)
        emit { frame in
            if frame[base] != frame[out] { ck_copy(frame[out], frame[base], Int64(bytes), 1) }
            copy?(frame[from], frame[out] + clamp.byteOffset(frame[starts]))
        }
    }

    private func windowCopy(
        _ shape: [Int], _ inStrides: [Int], _ outStrides: [Int], _ size: Int
    ) -> (@Sendable (UnsafeRawPointer, UnsafeMutableRawPointer) -> Void)? {
        let copy = StridedCopy(shape: shape, inStrides: inStrides, outStrides: outStrides).simplified()
        guard copy.count > 0 else { return nil }
        let (sizes, from, to) = (copy.shape.map(Int64.init), copy.inStrides.map(Int64.init), copy.outStrides.map(Int64.init))
        return { source, target in ck_copy_strided(Int64(size), Int32(sizes.count), sizes, source, from, target, to, 1) }
    }

    // MARK: Reductions

    /// Reduces the axes in runs of neighbours, the innermost run first: a reduction kernel takes one run.
    private mutating func lowerReduce(_ site: KernelSite, _ reduction: Reduction, axes: [Int]) {
        let operand = site.operand(0)
        let op = Int32(Reduction.allCases.firstIndex(of: reduction)!)
        let reduced = Set(axes)
        // Sizes, joined: runs of reduced and of kept axes in turn.
        var runs: [(size: Int, reduced: Bool)] = []
        for axis in operand.shape.indices where operand.shape[axis] != 1 || operand.elementCount == 0 {
            let isReduced = reduced.contains(axis)
            if let last = runs.indices.last, runs[last].reduced == isReduced { runs[last].size *= operand.shape[axis] }
            else { runs.append((operand.shape[axis], isReduced)) }
        }
        let dtype = operand.dtype.ck
        let size = operand.dtype.byteCount
        let (from, out) = (site.slot(0), site.out)
        let threads = threads(for: Self.cost(bytes: operand.byteCount))
        let places = runs.indices.filter { runs[$0].reduced }
        guard places.count > 1 else {
            let place = places.first ?? runs.count
            let outer = Int64(runs[..<place].reduce(1) { $0 * $1.size })
            let n = place < runs.count ? Int64(runs[place].size) : 1
            let inner = place < runs.count ? Int64(runs[(place + 1)...].reduce(1) { $0 * $1.size }) : 1
            emit { frame in ck_reduce(op, dtype, frame[from], frame[out], outer, n, inner, threads) }
            return
        }
        // Several runs: the reduced axes are brought to the end, then reduced as one.
        let kept = runs.indices.filter { !runs[$0].reduced }
        let type = TensorType(runs.map(\.size), operand.dtype)
        let permuted = TensorType((kept + places).map { runs[$0].size }, operand.dtype)
        let copy = StridedCopy.transpose(type, kept + places, result: permuted).simplified()
        let (shape, inStrides, outStrides) = (copy.shape.map(Int64.init), copy.inStrides.map(Int64.init), copy.outStrides.map(Int64.init))
        let scratch = ScratchPool(byteCount: operand.byteCount)
        let outer = Int64(kept.reduce(1) { $0 * runs[$1].size })
        let n = Int64(places.reduce(1) { $0 * runs[$1].size })
        emit { frame in
            let arena = try scratch.take()
            defer { scratch.giveBack(arena) }
            if outer * n > 0 { ck_copy_strided(Int64(size), Int32(shape.count), shape, frame[from], inStrides, arena.memory, outStrides, threads) }
            ck_reduce(op, dtype, arena.memory, frame[out], outer, n, 1, threads)
        }
    }

    private mutating func lowerArgReduce(_ site: KernelSite, _ reduction: ArgReduction, axis: Int) {
        let operand = site.operand(0)
        let (outer, n, inner) = operand.split(at: axis)
        let op = Int32(ArgReduction.allCases.firstIndex(of: reduction)!)
        let (dtype, from, out) = (operand.dtype.ck, site.slot(0), site.out)
        let threads = threads(for: Self.cost(bytes: operand.byteCount) * 4)
        emit { frame in ck_arg_reduce(op, dtype, frame[from], frame[out].assumingMemoryBound(to: Int32.self), outer, n, inner, threads) }
    }

    private static func windowCost(_ window: Window, _ windows: TensorType) -> Double {
        Double(windows.elementCount) * Double(window.sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }) * 0.5
    }

    // MARK: Indexing

    private mutating func lowerGather(_ site: KernelSite, axis: Int, batchAxes: Int) {
        let (operand, indices) = (site.operand(0), site.operand(1))
        guard site.result.elementCount > 0 else { return }
        let place = IndexedPlace(operand, indices, axis: axis, batchAxes: batchAxes)
        let fill = operand.dtype.outOfRangeBytes
        let (size, indexType) = (Int64(operand.dtype.byteCount), indices.dtype.ck)
        let (from, at, out) = (site.slot(0), site.slot(1), site.out)
        let threads = threads(for: Self.cost(bytes: site.result.byteCount) * 2)
        emit { frame in
            ck_gather(
                size, frame[from], frame[at], indexType, fill, frame[out], place.batch, place.pre, place.axis, place.count, place.inner, threads)
        }
    }

    private mutating func lowerScatter(_ site: KernelSite, _ reduction: ScatterReduction, axis: Int, batchAxes: Int) {
        let (base, indices, updates) = (site.operand(0), site.operand(1), site.operand(2))
        let place = IndexedPlace(base, indices, axis: axis, batchAxes: batchAxes)
        let op = Int32(ScatterReduction.allCases.firstIndex(of: reduction)!)
        let (dtype, indexType) = (base.dtype.ck, indices.dtype.ck)
        let (from, at, update, out) = (site.slot(0), site.slot(1), site.slot(2), site.out)
        let threads = threads(for: Self.cost(bytes: updates.byteCount * 3 + base.byteCount))
        emit { frame in
            ck_scatter(
                op, dtype, frame[from], frame[at], indexType, frame[update], frame[out], place.batch, place.pre, place.axis, place.count,
                place.inner, threads)
        }
    }
}

/// The sizes of a gather or scatter: operand `[batch, pre, axis, inner]`, indices `[batch, count]`.
private struct IndexedPlace {
    let batch, pre, axis, count, inner: Int64

    init(_ operand: TensorType, _ indices: TensorType, axis: Int, batchAxes: Int) {
        batch = Int64(operand.shape[..<batchAxes].reduce(1, *))
        pre = Int64(operand.shape[batchAxes..<axis].reduce(1, *))
        self.axis = Int64(operand.shape[axis])
        count = Int64(indices.shape[batchAxes...].reduce(1, *))
        inner = Int64(operand.shape[(axis + 1)...].reduce(1, *))
    }
}

/// Brings a window's start indices into the operand and makes them a byte offset.
private struct StartClamp {
    let limits, strides: [Int]

    init(operand: TensorType, window: [Int], elementSize: Int) {
        limits = zip(operand.shape, window).map(-)
        strides = operand.strides.map { $0 * elementSize }
    }

    func byteOffset(_ starts: UnsafeRawPointer) -> Int {
        var offset = 0
        for axis in limits.indices {
            let start = Int(starts.load(fromByteOffset: axis * 4, as: Int32.self))
            offset += min(max(start, 0), limits[axis]) * strides[axis]
        }
        return offset
    }
}

extension DType {
    /// What a gather yields for an index out of range: NaN, the lowest of signed integers, the greatest of unsigned ones.
    fileprivate var outOfRangeBytes: [UInt8] {
        if isFloatingPoint { return bytes(of: .nan) }
        return isSigned ? bytes(of: -.infinity) : bytes(of: .infinity)
    }
}

extension ck_window {
    init(_ window: Window, _ operand: TensorType) {
        self.init()
        rank = Int32(operand.rank)
        func set<T>(_ field: WritableKeyPath<ck_window, T>, _ values: [Int]) {
            withUnsafeMutableBytes(of: &self[keyPath: field]) { bytes in
                let numbers = bytes.bindMemory(to: Int64.self)
                for (index, value) in values.enumerated() { numbers[index] = Int64(value) }
            }
        }
        set(\.shape, operand.shape)
        set(\.sizes, window.sizes)
        set(\.strides, window.strides)
        set(\.low, window.low)
        set(\.high, window.high)
        set(\.dilation, window.dilation)
    }
}
