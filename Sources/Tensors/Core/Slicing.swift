/// What can stand between the brackets of `x[…]`: a number, a range, `.all`, `.ellipsis`, `.newAxis`, `.every(2)`.
public protocol SliceIndex: Sendable {
    var selection: AxisSelection { get }
}

/// What an index takes of an axis.
public enum AxisSelection: Hashable, Sendable {
    /// One slice; the axis goes away. Negative: from the end.
    case at(Int)
    /// From `from` up to but not including `to`, in steps; nil: the end of the axis. Negative: from the end.
    /// Ends are cut to the axis, as in Python. A negative step runs backwards.
    case range(from: Int?, to: Int?, step: Int)
    /// As many whole axes as are left: `.ellipsis`.
    case rest
    /// A new axis of size 1: `.newAxis`.
    case added
}

extension AxisSelection: SliceIndex {
    public var selection: AxisSelection { self }
}

extension Int: SliceIndex { public var selection: AxisSelection { .at(self) } }
extension Range: SliceIndex where Bound == Int {
    public var selection: AxisSelection { .range(from: lowerBound, to: upperBound, step: 1) }
}
extension ClosedRange: SliceIndex where Bound == Int {
    public var selection: AxisSelection {
        .range(from: lowerBound, to: upperBound == -1 || upperBound == .max ? nil : upperBound + 1, step: 1)
    }
}
extension PartialRangeFrom: SliceIndex where Bound == Int {
    public var selection: AxisSelection { .range(from: lowerBound, to: nil, step: 1) }
}
extension PartialRangeUpTo: SliceIndex where Bound == Int {
    public var selection: AxisSelection { .range(from: nil, to: upperBound, step: 1) }
}
extension PartialRangeThrough: SliceIndex where Bound == Int {
    public var selection: AxisSelection { .range(from: nil, to: upperBound == -1 || upperBound == .max ? nil : upperBound + 1, step: 1) }
}

extension SliceIndex where Self == AxisSelection {
    /// The whole axis.
    public static var all: AxisSelection { .range(from: nil, to: nil, step: 1) }
    /// Every `step`-th slice, backwards for a negative step.
    public static func every(_ step: Int, from: Int? = nil, to: Int? = nil) -> AxisSelection { .range(from: from, to: to, step: step) }
    /// As many whole axes as are left.
    public static var ellipsis: AxisSelection { .rest }
    /// A new axis of size 1.
    public static var newAxis: AxisSelection { .added }
}

extension Tensor {
    /// A part of the tensor, as in NumPy.
    ///
    /// ```swift
    /// try x[0]                 // the first slice of axis 0
    /// try x[0..<3, .all, 2]    // three slices of axis 0, all of axis 1, number 2 of axis 2
    /// try x[.ellipsis, (-1)...]
    /// ```
    ///
    /// - Throws: `TensorError.indexOutOfRange`, `.tooManyIndices`.
    public subscript(_ indices: any SliceIndex...) -> Tensor {
        get throws { try sliced(indices.map(\.selection)) }
    }

    /// A part of the tensor, by selections in an array.
    public func sliced(_ selections: [AxisSelection]) throws -> Tensor {
        let plan = try SlicePlan(selections, shape: shape)
        return try plan.apply(to: self)
    }
}

/// Where the parts of a slice lie. Also says the shape of a slice of something without numbers.
package struct SlicePlan {
    var slice: Slice
    var reversed: [Int]
    package var resultShape: [Int]

    package init(_ selections: [AxisSelection], shape: [Int]) throws {
        let taken = selections.filter { $0 != .rest && $0 != .added }.count
        let ellipses = selections.filter { $0 == .rest }.count
        guard taken <= shape.count, ellipses <= 1 else { throw TensorError.tooManyIndices(rank: shape.count, got: taken + max(0, ellipses - 1)) }
        var starts: [Int] = [], limits: [Int] = [], strides: [Int] = []
        reversed = []
        resultShape = []
        var axis = 0
        func whole(_ count: Int, _ result: inout [Int]) {
            for _ in 0..<count {
                starts.append(0)
                limits.append(shape[axis])
                strides.append(1)
                result.append(shape[axis])
                axis += 1
            }
        }
        for selection in selections {
            switch selection {
            case .added: resultShape.append(1)
            case .rest: whole(shape.count - taken, &resultShape)
            case .at(let index):
                let size = shape[axis]
                guard index >= -size, index < size else { throw TensorError.indexOutOfRange(index: index, axis: axis, size: size) }
                let start = index < 0 ? index + size : index
                starts.append(start)
                limits.append(start + 1)
                strides.append(1)
                axis += 1
            case .range(let from, let to, let step):
                let size = shape[axis]
                guard step != 0, step != .min else { throw TensorError.argument(operation: "slicing", detail: "the step on axis \(axis) is \(step)") }
                func place(_ index: Int?, _ otherwise: Int, _ low: Int, _ high: Int) -> Int {
                    guard let index else { return otherwise }
                    return min(max(index < 0 ? max(index, -size - 1) + size : index, low), high)
                }
                if step > 0 {
                    let start = place(from, 0, 0, size)
                    let limit = max(place(to, size, 0, size), start)
                    starts.append(start)
                    limits.append(limit)
                    strides.append(min(step, max(size, 1)))
                    resultShape.append((limit - start + min(step, max(size, 1)) - 1) / min(step, max(size, 1)))
                } else {
                    // From `first` down to above `last`: the same slices upwards, then turned round.
                    let first = place(from, size - 1, -1, size - 1)
                    let last = place(to, -1, -1, size - 1)
                    let stride = min(-step, max(size, 1))
                    let count = first > last ? (first - last + stride - 1) / stride : 0
                    starts.append(count == 0 ? 0 : first - (count - 1) * stride)
                    limits.append(count == 0 ? 0 : first + 1)
                    strides.append(stride)
                    reversed.append(axis)
                    resultShape.append(count)
                }
                axis += 1
            }
        }
        if ellipses == 0 { whole(shape.count - taken, &resultShape) }
        slice = Slice(starts: starts, limits: limits, strides: strides)
    }

    func apply(to tensor: Tensor) throws -> Tensor {
        let whole = slice.starts.allSatisfy { $0 == 0 } && slice.limits == tensor.shape && slice.strides.allSatisfy { $0 == 1 }
        var result = whole ? tensor : try .apply(.slice(slice), tensor)
        if !reversed.isEmpty { result = try .apply(.reverse(axes: reversed), result) }
        return try result.reshaped(resultShape)
    }
}
