import Foundation
import Graph

/// A tensor of the reference interpreter: any element type, held as `Double`.
struct Numbers: Equatable {
    let type: TensorType
    var values: [Double]
    private let strides: [Int]

    init(_ type: TensorType, _ values: [Double]) {
        precondition(values.count == type.elementCount)
        self.type = type
        self.values = values
        strides = type.strides
    }

    init(_ type: TensorType, filled value: Double) { self.init(type, Array(repeating: value, count: type.elementCount)) }

    /// One value for each index.
    init(_ type: TensorType, at element: ([Int]) -> Double) { self.init(type, indices(of: type.shape).map(element)) }

    var shape: [Int] { type.shape }

    subscript(index: [Int]) -> Double {
        get { values[offset(index)] }
        set { values[offset(index)] = newValue }
    }

    private func offset(_ index: [Int]) -> Int {
        var offset = 0
        for axis in strides.indices { offset += index[axis] * strides[axis] }
        return offset
    }

    /// Numbers without a pattern, reproducible, in -1 ..< 1.
    static func random(_ type: TensorType, seed: Int) -> Numbers {
        var state = UInt64(truncatingIfNeeded: seed &+ 1) &* 0x9e37_79b9_7f4a_7c15
        return Numbers(type, (0..<type.elementCount).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 52) - 1
        })
    }
}

/// All indices into a shape, in row-major order.
func indices(of shape: [Int]) -> [[Int]] {
    let count = shape.reduce(1, *)
    guard count > 0 else { return [] }
    var result: [[Int]] = []
    result.reserveCapacity(count)
    var index = shape.map { _ in 0 }
    for _ in 0..<count {
        result.append(index)
        for axis in shape.indices.reversed() {
            index[axis] += 1
            if index[axis] < shape[axis] { break }
            index[axis] = 0
        }
    }
    return result
}

/// The index with some of its axes taken out or put in.
extension [Int] {
    func dropping(_ axes: [Int]) -> [Int] { enumerated().filter { !axes.contains($0.offset) }.map(\.element) }
    func replacing(_ axis: Int, by value: Int) -> [Int] {
        var copy = self
        copy[axis] = value
        return copy
    }
}
