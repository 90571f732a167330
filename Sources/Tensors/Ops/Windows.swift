/// How a window runs over the borders of its input.
public enum PaddingMode: String, CaseIterable, Hashable, Sendable {
    /// Windows lie inside the input.
    case valid
    /// The output has `⌈size / stride⌉` elements; what is added goes to both sides, one more at the end.
    case same
    /// Each output sees only its own place and those before it; for one spatial axis.
    case causal
}

/// A size for each spatial axis; one number stands for all.
public struct SpatialSizes: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// The sizes as given: one, or one for each axis.
    public let sizes: [Int]
    public init(_ sizes: [Int]) { self.sizes = sizes }
    public init(_ size: Int) { sizes = [size] }
    public init(integerLiteral value: Int) { sizes = [value] }
    public init(arrayLiteral elements: Int...) { sizes = elements }

    /// One positive size for each of `count` axes.
    func expanded(_ count: Int, _ operation: String, _ name: String) throws -> [Int] {
        let result = sizes.count == 1 ? [Int](repeating: sizes[0], count: count) : sizes
        guard result.count == count, result.allSatisfy({ $0 > 0 && $0 < Int(Int32.max) }) else {
            throw TensorError.argument(operation: operation, detail: "\(name) is one positive size for each of \(count) spatial axes, not \(sizes)")
        }
        return result
    }
}

/// Windows along one axis.
struct WindowPlan {
    let low, high, count: Int

    /// - Parameter window: the size with dilation.
    init(_ size: Int, window: Int, stride: Int, _ padding: PaddingMode) {
        switch padding {
        case .valid: (low, high) = (0, 0)
        case .causal: (low, high) = (window - 1, 0)
        case .same:
            let wanted = (size + stride - 1) / stride
            let total = Swift.max(0, (wanted - 1) * stride + window - size)
            (low, high) = (total / 2, total - total / 2)
        }
        let room = size + low + high - window
        count = room < 0 ? 0 : room / stride + 1
    }
}
