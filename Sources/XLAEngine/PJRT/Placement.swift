import Graph

/// Where the parts of a tensor lie: whole on the first device, or dealt out over a grid of devices.
struct Placement: Hashable, Sendable {
    /// nil: the first device alone.
    let grid: DeviceGrid?
    /// For each axis of the tensor the grid's axis that it is split by; nil: whole. As long as the tensor's rank, or empty: not split.
    let axes: [String?]

    static let single = Placement(grid: nil, axes: [])

    init(grid: DeviceGrid?, axes: [String?] = []) {
        self.grid = grid
        self.axes = axes.allSatisfy { $0 == nil } ? [] : axes
    }

    var deviceCount: Int { grid?.deviceCount ?? 1 }

    /// A part of a tensor.
    struct Block {
        let type: TensorType
        let whole: TensorType
        let starts: [Int]
        var isWhole: Bool { type == whole }
    }

    /// What a device holds of a tensor.
    func block(of type: TensorType, device: Int) throws -> Block {
        guard let grid, !axes.isEmpty else { return Block(type: type, whole: type, starts: type.shape.map { _ in 0 }) }
        try check(type)
        let place = grid.coordinates(of: device)
        var (shape, starts) = (type.shape, type.shape.map { _ in 0 })
        for (axis, name) in axes.enumerated() {
            guard let name, let position = grid.axes.firstIndex(where: { $0.name == name }) else { continue }
            shape[axis] /= grid.axes[position].size
            starts[axis] = place[position] * shape[axis]
        }
        return Block(type: type.with(shape: shape), whole: type, starts: starts)
    }

    /// Whether no device before holds the same part.
    func isFirst(device: Int) -> Bool {
        guard let grid else { return device == 0 }
        let used = Set(axes.compactMap { $0 })
        return zip(grid.axes, grid.coordinates(of: device)).allSatisfy { used.contains($0.name) || $1 == 0 }
    }

    /// - Throws: `XLAError.layout` if the tensor cannot be split so.
    func check(_ type: TensorType) throws {
        guard let grid, !axes.isEmpty else { return }
        func fail(_ detail: String) -> XLAError { .layout(type, detail: detail) }
        var used: Set<String> = []
        for (size, name) in zip(type.shape, axes) {
            guard let name else { continue }
            guard let axis = grid.axes.first(where: { $0.name == name }) else { throw fail("the devices have no axis \"\(name)\"") }
            guard used.insert(name).inserted else { throw fail("two of its axes are split by \"\(name)\"") }
            guard size % axis.size == 0 else { throw fail("\(size) elements cannot be dealt out evenly to \(axis.size) devices") }
        }
    }
}

extension Placement.Block {
    /// Copies the part out of the whole tensor.
    func copyOut(of source: UnsafeMutableRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
        eachRun { inWhole, inPart, count in
            guard let from = source.baseAddress, let to = target.baseAddress else { return }
            (to + inPart).copyMemory(from: from + inWhole, byteCount: count)
        }
    }

    /// Copies the part into its place in the whole tensor.
    func copyIn(_ source: UnsafeMutableRawBufferPointer, to target: UnsafeMutableRawBufferPointer) {
        eachRun { inWhole, inPart, count in
            guard let from = source.baseAddress, let to = target.baseAddress else { return }
            (to + inWhole).copyMemory(from: from + inPart, byteCount: count)
        }
    }

    /// Each stretch that lies together in both: its byte offset in the whole and in the part, and its length.
    private func eachRun(_ body: (Int, Int, Int) -> Void) {
        if type.elementCount == 0 { return }
        let width = type.dtype.byteCount
        // Axes at the end that are not split lie together, with the part of the axis before them.
        let last = type.shape.indices.last { type.shape[$0] != whole.shape[$0] } ?? 0
        let inner = type.shape[last...].reduce(1, *)
        let strides = whole.strides
        for run in 0..<(type.elementCount / inner) {
            var (rest, offset) = (run, starts[last] * strides[last])
            for axis in stride(from: last - 1, through: 0, by: -1) {
                offset += (starts[axis] + rest % type.shape[axis]) * strides[axis]
                rest /= type.shape[axis]
            }
            body(offset * width, run * inner * width, inner * width)
        }
    }
}
