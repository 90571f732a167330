import Testing

@testable import Tensors

@Suite("Slicing")
struct SlicingTests {
    let x: Tensor

    init() throws { x = try ops.reshape(ops.arange(24), [2, 3, 4]) }

    @Test func numbersAndRanges() throws {
        let row = 1
        #expect(try x[0].shape == [3, 4])
        #expect(try x[row, -1].array(Int.self) == [20, 21, 22, 23])
        #expect(try x[0, 1, 2].item(Int.self) == 6)
        #expect(try x[.all, 0..<2, 3].array(Int.self) == [3, 7, 15, 19])
        #expect(try x[1, 1..., ..<2].array(Int.self) == [16, 17, 20, 21])
        #expect(try x[.ellipsis, (-1)...].shape == [2, 3, 1])
        #expect(try x[0, .ellipsis, 1].array(Int.self) == [1, 5, 9])
        #expect(try x[.newAxis, 0, .newAxis].shape == [1, 1, 3, 4])
        #expect(try x[0, 0...1, 0].array(Int.self) == [0, 4])
    }

    @Test func stepsAndReversal() throws {
        #expect(try x[0, 0, .every(2)].array(Int.self) == [0, 2])
        #expect(try x[0, 0, .every(-1)].array(Int.self) == [3, 2, 1, 0])
        #expect(try x[0, 0, .every(-2)].array(Int.self) == [3, 1])
        #expect(try x[0, 0, .every(-2, from: 2)].array(Int.self) == [2, 0])
        #expect(try x[0, 0, .every(1, from: -2, to: -1)].array(Int.self) == [2])
        #expect(try x[0, 0, .every(100)].array(Int.self) == [0])
    }

    @Test func rangesAreCutAsInPython() throws {
        #expect(try x[0, 0, 2..<100].array(Int.self) == [2, 3])
        #expect(try x[5..<9].shape == [0, 3, 4])
        #expect(try x[0, 0, .every(1, from: 3, to: 1)].count == 0)
        #expect(try x[0, 0, .every(-1, from: 0, to: 3)].count == 0)
        #expect(try x[0, 0, .every(.max, from: .min, to: .max)].array(Int.self) == [0])
    }

    @Test func errors() throws {
        #expect(throws: TensorError.indexOutOfRange(index: 2, axis: 0, size: 2)) { try x[2] }
        #expect(throws: TensorError.indexOutOfRange(index: -3, axis: 0, size: 2)) { try x[-3] }
        #expect(throws: TensorError.tooManyIndices(rank: 3, got: 4)) { try x[0, 0, 0, 0] }
        #expect(throws: TensorError.self) { try x[.every(0)] }
        #expect(throws: TensorError.self) { try x[.ellipsis, .ellipsis] }
    }

    @Test func gradientsFlowToTheirPlaces() throws {
        let v = try Tensor([1, 2, 3, 4], dtype: .float32)
        let g = try gradient(of: { try ops.sum($0[.every(-2)] * Tensor([10.0, 20])) }, at: v)
        #expect(try g.array(Float.self) == [0, 20, 0, 10])
    }
}
