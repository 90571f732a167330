import CPUKernels
import Graph

/// Elements moved from one grid of addresses to another: what transposes, slices, broadcasts, reversals, concatenations and
/// interior padding all are. Strides and offsets count elements.
struct StridedCopy {
    var shape: [Int]
    var inOffset = 0
    var inStrides: [Int]
    var outOffset = 0
    var outStrides: [Int]

    var count: Int { shape.reduce(1, *) }

    /// Without axes of size 1, with neighbours joined that both sides step through evenly.
    func simplified() -> StridedCopy {
        var result = StridedCopy(shape: [], inOffset: inOffset, inStrides: [], outOffset: outOffset, outStrides: [])
        for axis in shape.indices where shape[axis] != 1 {
            if let last = result.shape.indices.last,
                result.inStrides[last] == inStrides[axis] * shape[axis], result.outStrides[last] == outStrides[axis] * shape[axis]
            {
                result.shape[last] *= shape[axis]
                result.inStrides[last] = inStrides[axis]
                result.outStrides[last] = outStrides[axis]
            } else {
                result.shape.append(shape[axis])
                result.inStrides.append(inStrides[axis])
                result.outStrides.append(outStrides[axis])
            }
        }
        return result
    }

    /// Operand axis `i` becomes result axis `axes[i]`; other axes repeat.
    static func broadcast(_ operand: TensorType, to shape: [Int], axes: [Int]) -> StridedCopy {
        var strides = [Int](repeating: 0, count: shape.count)
        for (axis, place) in axes.enumerated() where operand.shape[axis] != 1 { strides[place] = operand.strides[axis] }
        return StridedCopy(shape: shape, inStrides: strides, outStrides: TensorType(shape, operand.dtype).strides)
    }

    static func transpose(_ operand: TensorType, _ permutation: [Int], result: TensorType) -> StridedCopy {
        let strides = operand.strides
        return StridedCopy(shape: result.shape, inStrides: permutation.map { strides[$0] }, outStrides: result.strides)
    }

    static func slice(_ operand: TensorType, _ slice: Slice, result: TensorType) -> StridedCopy {
        let strides = operand.strides
        return StridedCopy(
            shape: result.shape,
            inOffset: zip(slice.starts, strides).map(*).reduce(0, +),
            inStrides: zip(slice.strides, strides).map(*),
            outStrides: result.strides)
    }

    static func reverse(_ operand: TensorType, axes: [Int]) -> StridedCopy {
        var strides = operand.strides
        var offset = 0
        for axis in axes where operand.shape[axis] > 0 {
            offset += (operand.shape[axis] - 1) * strides[axis]
            strides[axis] = -strides[axis]
        }
        return StridedCopy(shape: operand.shape, inOffset: offset, inStrides: strides, outStrides: operand.strides)
    }

    /// One operand's part of a concatenation.
    static func part(_ operand: TensorType, of result: TensorType, axis: Int, at start: Int) -> StridedCopy {
        StridedCopy(
            shape: operand.shape, inStrides: operand.strides,
            outOffset: start * result.strides[axis], outStrides: result.strides)
    }

    /// The operand's elements that stay within the padded result. Negative amounts cut elements off.
    static func pad(_ operand: TensorType, _ padding: Padding, result: TensorType) -> StridedCopy {
        var copy = StridedCopy(shape: operand.shape, inStrides: operand.strides, outStrides: result.strides)
        for axis in operand.shape.indices {
            let step = padding.interior[axis] + 1
            let low = padding.low[axis]
            let first = low >= 0 ? 0 : (-low + step - 1) / step
            // Elements whose place `low + i·step` is inside the result.
            let lastPlace = result.shape[axis] - 1
            let end = lastPlace < low ? 0 : min(operand.shape[axis], (lastPlace - low) / step + 1)
            copy.shape[axis] = max(end - first, 0)
            copy.inOffset += first * operand.strides[axis]
            copy.outOffset += (low + first * step) * result.strides[axis]
            copy.outStrides[axis] = result.strides[axis] * step
        }
        return copy
    }
}

extension Lowering {
    /// A kernel's work that copies elements between two slots.
    mutating func copyKernel(_ copy: StridedCopy, elementSize: Int, from: Int, to: Int) -> Kernel? {
        let copy = copy.simplified()
        guard copy.count > 0 else { return nil }
        let threads = threads(for: Self.cost(bytes: copy.count * elementSize) * 2)
        let inBytes = copy.inOffset * elementSize
        let outBytes = copy.outOffset * elementSize
        let shape = copy.shape.map(Int64.init)
        let inStrides = copy.inStrides.map(Int64.init)
        let outStrides = copy.outStrides.map(Int64.init)
        return { frame in
            ck_copy_strided(
                Int64(elementSize), Int32(shape.count), shape, frame[from] + inBytes, inStrides, frame[to] + outBytes, outStrides, threads)
        }
    }

    mutating func emitCopy(_ copy: StridedCopy, elementSize: Int, from: Int, to: Int) {
        if let kernel = copyKernel(copy, elementSize: elementSize, from: from, to: to) { emit(kernel) }
    }

    mutating func lowerBroadcast(_ value: ValueID) {
        guard case .broadcast(let shape, let axes) = values.primitive(of: value) else { return }
        let operand = values.operands(of: value)[0]
        let type = values.graph.type(operand)
        emitCopy(
            .broadcast(type, to: shape, axes: axes), elementSize: type.dtype.byteCount,
            from: storage.slot[values.id(operand)]!, to: storage.slot[value]!)
    }
}
