// `ops` on places in a graph: movements, joins, repetitions. Each call makes a node; what it computes is said at the function of the same
// name on tensors.

extension ops {
    /// One size may be -1: what is left. An unknown batch stays unknown there.
    public static func reshape(_ x: KerasTensor, _ shape: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Reshape", x, settings: ["newshape": shape.configValue], at: fileID, line)
    }

    public static func ravel(_ x: KerasTensor, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Ravel", x, at: fileID, line)
    }

    public static func transpose(_ x: KerasTensor, axes: [Int]? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Transpose", x, settings: ["axes": axes.configValue], at: fileID, line)
    }

    public static func swapaxes(
        _ x: KerasTensor, _ axis1: Int, _ axis2: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Swapaxes", x, settings: ["axis1": .int(axis1), "axis2": .int(axis2)], at: fileID, line)
    }

    public static func moveaxis(
        _ x: KerasTensor, _ source: [Int], _ destination: [Int], fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Moveaxis", x, settings: ["source": source.configValue, "destination": destination.configValue], at: fileID, line)
    }

    public static func moveaxis(
        _ x: KerasTensor, _ source: Int, _ destination: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Moveaxis", x, settings: ["source": .int(source), "destination": .int(destination)], at: fileID, line)
    }

    public static func squeeze(_ x: KerasTensor, axis: Int? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Squeeze", x, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func squeeze(_ x: KerasTensor, axes: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Squeeze", x, settings: ["axis": axes.configValue], at: fileID, line)
    }

    public static func expandDims(_ x: KerasTensor, axis: Int, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("ExpandDims", x, settings: ["axis": .int(axis)], at: fileID, line)
    }

    public static func expandDims(_ x: KerasTensor, axes: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("ExpandDims", x, settings: ["axis": axes.configValue], at: fileID, line)
    }

    public static func broadcastTo(_ x: KerasTensor, _ shape: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("BroadcastTo", x, settings: ["shape": shape.configValue], at: fileID, line)
    }

    public static func flip(_ x: KerasTensor, axis: Int? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Flip", x, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func flip(_ x: KerasTensor, axes: [Int]?, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Flip", x, settings: ["axis": axes.configValue], at: fileID, line)
    }

    public static func roll(
        _ x: KerasTensor, shift: Int, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Roll", x, settings: ["shift": .int(shift), "axis": axis.configValue], at: fileID, line)
    }

    public static func tril(_ x: KerasTensor, k: Int = 0, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Tril", x, settings: ["k": .int(k)], at: fileID, line)
    }

    public static func triu(_ x: KerasTensor, k: Int = 0, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Triu", x, settings: ["k": .int(k)], at: fileID, line)
    }

    public static func diag(_ x: KerasTensor, k: Int = 0, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Diag", x, settings: ["k": .int(k)], at: fileID, line)
    }

    public static func diagonal(
        _ x: KerasTensor, offset: Int = 0, axis1: Int = 0, axis2: Int = 1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Diagonal", x, settings: ["offset": .int(offset), "axis1": .int(axis1), "axis2": .int(axis2)], at: fileID, line)
    }

    public static func trace(
        _ x: KerasTensor, offset: Int = 0, axis1: Int = 0, axis2: Int = 1, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Trace", x, settings: ["offset": .int(offset), "axis1": .int(axis1), "axis2": .int(axis2)], at: fileID, line)
    }

    public static func tile(_ x: KerasTensor, _ repeats: [Int], fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Tile", x, settings: ["repeats": repeats.configValue], at: fileID, line)
    }

    public static func `repeat`(
        _ x: KerasTensor, _ count: Int, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Repeat", x, settings: ["repeats": .int(count), "axis": axis.configValue], at: fileID, line)
    }

    public static func `repeat`(
        _ x: KerasTensor, _ counts: [Int], axis: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Repeat", x, settings: ["repeats": counts.configValue, "axis": .int(axis)], at: fileID, line)
    }

    public static func pad(
        _ x: KerasTensor, _ widths: [(Int, Int)], mode: PadMode = .constant, constantValue: Double? = nil, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "Pad", x, keywords: ["constant_values": constantValue],
            settings: ["pad_width": widths.map { [$0.0, $0.1] }.configValue, "mode": .string(mode.rawValue)], at: fileID, line)
    }

    /// Joined along an axis; some may be constants.
    @_disfavoredOverload
    public static func concatenate(
        _ tensors: [any GraphOperand], axis: Int = 0, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Concatenate", tensors.graphList, settings: ["axis": .int(axis)], at: fileID, line)
    }

    /// Joined along a new axis; some may be constants.
    @_disfavoredOverload
    public static func stack(
        _ tensors: [any GraphOperand], axis: Int = 0, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Stack", tensors.graphList, settings: ["axis": .int(axis)], at: fileID, line)
    }

    public static func append(
        _ a: KerasTensor, _ b: some GraphOperand, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Append", a, b, settings: ["axis": axis.configValue], at: fileID, line)
    }

    /// The slices along an axis, whose size must be known.
    public static func unstack(
        _ x: KerasTensor, axis: Int = 0, fileID: String = #fileID, line: Int = #line
    ) throws -> [KerasTensor] {
        try KerasOperation.draw(
            "Unstack", [x], settings: ["axis": .int(axis)],
            at: CallPlace(fileID: fileID, line: line))
    }

    /// Equal parts along an axis.
    public static func split(
        _ x: KerasTensor, _ sections: Int, axis: Int = 0, fileID: String = #fileID, line: Int = #line
    ) throws -> [KerasTensor] {
        try KerasOperation.draw(
            "Split", [x], settings: ["indices_or_sections": .int(sections), "axis": .int(axis)],
            at: CallPlace(fileID: fileID, line: line))
    }

    /// Parts along an axis, which end at the given places.
    public static func split(
        _ x: KerasTensor, at indices: [Int], axis: Int = 0, fileID: String = #fileID, line: Int = #line
    ) throws -> [KerasTensor] {
        try KerasOperation.draw(
            "Split", [x], settings: ["indices_or_sections": indices.configValue, "axis": .int(axis)],
            at: CallPlace(fileID: fileID, line: line))
    }

    /// The coordinates of a grid, one array for each vector.
    @_disfavoredOverload
    public static func meshgrid(
        _ vectors: [any GraphOperand], matrixIndexing: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> [KerasTensor] {
        try KerasOperation.draw(
            "Meshgrid", vectors, settings: ["indexing": .string(matrixIndexing ? "ij" : "xy")],
            at: CallPlace(fileID: fileID, line: line))
    }
}
