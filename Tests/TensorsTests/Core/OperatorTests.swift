import Testing

@testable import Tensors

@Suite("Operators")
struct OperatorTests {
    @Test func arithmetic() throws {
        let x = try Tensor([1, 2, 3], dtype: .float32), v = try Variable(Tensor([2.0, 2, 2]), name: "v")
        #expect(try (x * 2 + 1).array(Float.self) == [3, 5, 7])
        #expect(try (1 - x / 2).array(Float.self) == [0.5, 0, -0.5])
        #expect(try (v * x - v).array(Float.self) == [0, 2, 4])
        #expect(try (2.0 / v + x * v).array(Float.self) == [3, 5, 7])
        #expect(try (-x).array(Float.self) == [-1, -2, -3])
        #expect(try (-v + v).array(Float.self) == [0, 0, 0])
        let factor: Float = 3
        #expect(try (factor * x).array(Float.self) == [3, 6, 9])
    }

    @Test func broadcasting() throws {
        let column = try Tensor([[1], [2]]), row = try Tensor([10, 20, 30])
        #expect(try (column + row).array(Int.self) == [11, 21, 31, 12, 22, 32])
        #expect(throws: GraphError.self) { try Tensor([1, 2]) + Tensor([1, 2, 3]) }
    }

    @Test func wholeNumbersDivideToRealOnes() throws {
        #expect(try (Tensor([7, 8]) / Tensor([2, 0])).array(Float.self) == [3.5, .infinity])
        #expect(try ops.floorDivide(Tensor([7, -7]), 2).array(Int.self) == [3, -4])
        #expect(try ops.mod(Tensor([7, -7]), 3).array(Int.self) == [1, 2])
    }

    @Test func boolsAddAsOr() throws {
        let a = try Tensor([true, true, false, false]), b = try Tensor([true, false, true, false])
        #expect(try (a + b).array(Bool.self) == [true, true, true, false])
        #expect(try (a * b).array(Bool.self) == [true, false, false, false])
    }
}
