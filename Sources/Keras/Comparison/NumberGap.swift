/// How far numbers are apart.
struct NumberGap {
    private(set) var largest = 0.0
    private(set) var differing = 0
    let count: Int

    /// - Precondition: the shapes are equal.
    init(_ first: Tensor, _ second: Tensor, tolerance: Double) throws {
        count = first.count
        if first.dtype == second.dtype {
            let isSame = try first.withUnsafeBytes { a in try second.withUnsafeBytes { b in a.elementsEqual(b) } }
            if isSame { return }
        }
        if first.dtype == .float32, second.dtype == .float32 {
            try first.withUnsafeBytes { a in
                try second.withUnsafeBytes { b in add(a.bindMemory(to: Float.self), b.bindMemory(to: Float.self), tolerance) }
            }
        } else {
            add(try first.array(Double.self), try second.array(Double.self), tolerance)
        }
    }

    private mutating func add<Numbers: Sequence>(_ first: Numbers, _ second: Numbers, _ tolerance: Double)
    where Numbers.Element: BinaryFloatingPoint {
        for (a, b) in zip(first, second) where a != b && !(a.isNaN && b.isNaN) {
            let gap = (Double(a) - Double(b)).magnitude
            if gap <= tolerance { continue }
            differing += 1
            largest = gap.isNaN || largest.isNaN ? .nan : max(largest, gap)
        }
    }
}
