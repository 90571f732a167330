// `ops` on places in a graph: elements by their places. Each call makes a node; what it computes is said at the function of the same name
// on tensors.

extension ops {
    public static func take(
        _ x: KerasTensor, _ indices: some GraphOperand, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Take", x, indices, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func take(
        _ x: some GraphConstant, _ indices: KerasTensor, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Take", x, indices, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func takeAlongAxis(
        _ x: KerasTensor, _ indices: some GraphOperand, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("TakeAlongAxis", x, indices, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func takeAlongAxis(
        _ x: some GraphConstant, _ indices: KerasTensor, axis: Int? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("TakeAlongAxis", x, indices, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func oneHot(
        _ x: KerasTensor, _ numClasses: Int, axis: Int = -1, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "OneHot", x,
            settings: ["num_classes": .int(numClasses), "axis": .int(axis), "dtype": (dtype ?? floatx()).configValue], at: fileID, line)
    }

    public static func multiHot(
        _ x: KerasTensor, _ numClasses: Int, axis: Int = -1, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node(
            "MultiHot", x,
            settings: ["num_classes": .int(numClasses), "axis": .int(axis), "dtype": (dtype ?? floatx()).configValue], at: fileID, line)
    }

    public static func scatter(
        _ indices: KerasTensor, _ values: some GraphOperand, shape: [Int], fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Scatter", indices, values, settings: ["shape": shape.configValue], at: fileID, line)
    }

    public static func scatter(
        _ indices: some GraphConstant, _ values: KerasTensor, shape: [Int], fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Scatter", indices, values, settings: ["shape": shape.configValue], at: fileID, line)
    }

    public static func scatterUpdate(
        _ inputs: KerasTensor, _ indices: some GraphOperand, _ updates: some GraphOperand, reduction: ScatterReduction = .set,
        fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("ScatterUpdate", inputs, indices, updates, settings: ["reduction": reduction.configValue], at: fileID, line)
    }

    public static func slice(
        _ x: KerasTensor, _ startIndices: some GraphOperand, shape: [Int], fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Slice", x, startIndices, settings: ["shape": shape.configValue], at: fileID, line)
    }

    public static func sliceUpdate(
        _ x: KerasTensor, _ startIndices: some GraphOperand, _ updates: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SliceUpdate", x, startIndices, updates, at: fileID, line)
    }

    public static func segmentSum(
        _ data: KerasTensor, _ segmentIDs: some GraphOperand, numSegments: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SegmentSum", data, segmentIDs, settings: ["num_segments": .int(numSegments)], at: fileID, line)
    }

    public static func segmentMax(
        _ data: KerasTensor, _ segmentIDs: some GraphOperand, numSegments: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SegmentMax", data, segmentIDs, settings: ["num_segments": .int(numSegments)], at: fileID, line)
    }

    public static func searchsorted(
        _ sorted: KerasTensor, _ values: some GraphOperand, right: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SearchSorted", sorted, values, settings: ["side": .string(right ? "right" : "left")], at: fileID, line)
    }

    public static func searchsorted(
        _ sorted: some GraphConstant, _ values: KerasTensor, right: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("SearchSorted", sorted, values, settings: ["side": .string(right ? "right" : "left")], at: fileID, line)
    }

    public static func digitize(
        _ x: KerasTensor, bins: some GraphOperand, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Digitize", x, bins, at: fileID, line)
    }
}
