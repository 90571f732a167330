// `ops` on places in a graph: reductions, and what runs along an axis. Each call makes a node; what it computes is said at the function of
// the same name on tensors. Without an axis, all of them are taken.

extension ops {
    public static func sum(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Sum", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func sum(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Sum", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func prod(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Prod", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func prod(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Prod", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func mean(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Mean", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func mean(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Mean", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func max(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Max", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func max(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Max", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func min(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Min", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func min(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Min", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func any(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Any", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func any(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Any", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func all(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("All", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func all(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("All", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func `var`(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Var", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func `var`(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Var", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func std(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Std", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func std(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Std", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func logsumexp(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Logsumexp", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func logsumexp(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Logsumexp", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func variance(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Var", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func variance(
        _ x: KerasTensor, axes: [Int]?, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Var", x, settings: ["axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func countNonzero(_ x: KerasTensor, axis: Int? = nil, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("CountNonzero", x, settings: ["axis": axis.configValue], at: fileID, line)
    }

    public static func average(
        _ x: KerasTensor, axis: Int? = nil, weights: (any GraphOperand)? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Average", x, keywords: ["weights": weights], settings: ["axis": axis.configValue], at: fileID, line)
    }

    /// Mean and variance over axes together.
    public static func moments(
        _ x: KerasTensor, axes: [Int], keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> (mean: KerasTensor, variance: KerasTensor) {
        try pair("Moments", [x], settings: ["axes": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func norm(
        _ x: KerasTensor, order: NormOrder = .euclidean, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID,
        line: Int = #line
    ) throws -> KerasTensor {
        try node("Norm", x, settings: ["ord": order.configValue, "axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func norm(
        _ x: KerasTensor, order: NormOrder = .euclidean, axes: [Int], keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Norm", x, settings: ["ord": order.configValue, "axis": axes.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func argmax(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Argmax", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func argmin(
        _ x: KerasTensor, axis: Int? = nil, keepdims: Bool = false, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Argmin", x, settings: ["axis": axis.configValue, "keepdims": .bool(keepdims)], at: fileID, line)
    }

    public static func sort(_ x: KerasTensor, axis: Int = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Sort", x, settings: ["axis": .int(axis)], at: fileID, line)
    }

    public static func argsort(_ x: KerasTensor, axis: Int = -1, fileID: String = #fileID, line: Int = #line) throws -> KerasTensor {
        try node("Argsort", x, settings: ["axis": .int(axis)], at: fileID, line)
    }

    /// The `k` greatest elements along the last axis, `[…, k]`, and their places.
    public static func topK(
        _ x: KerasTensor, _ k: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> (values: KerasTensor, indices: KerasTensor) {
        try pair("TopK", [x], settings: ["k": .int(k)], at: fileID, line)
    }

    public static func inTopK(
        _ targets: KerasTensor, _ predictions: some GraphOperand, k: Int, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("InTopK", targets, predictions, settings: ["k": .int(k)], at: fileID, line)
    }

    public static func cumsum(
        _ x: KerasTensor, axis: Int? = nil, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Cumsum", x, settings: ["axis": axis.configValue, "dtype": dtype.configValue], at: fileID, line)
    }

    public static func cumprod(
        _ x: KerasTensor, axis: Int? = nil, dtype: DType? = nil, fileID: String = #fileID, line: Int = #line
    ) throws -> KerasTensor {
        try node("Cumprod", x, settings: ["axis": axis.configValue, "dtype": dtype.configValue], at: fileID, line)
    }
}
