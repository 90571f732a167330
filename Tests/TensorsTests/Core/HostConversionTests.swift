import Testing

@testable import Tensors

@Suite("Numbers between Swift and tensors")
struct HostConversionTests {
    @Test func defaultsAreKeras() throws {
        #expect(try Tensor([1.5, 2]).dtype == .float32)
        #expect(try Tensor([1, 2]).dtype == .int32)
        #expect(try Tensor([true]).dtype == .bool)
        #expect(try Tensor([1, 2] as [UInt8]).dtype == .uint8)
        #expect(try Tensor([1, 2] as [Int64]).dtype == .int64)
        #expect(Tensor(3).dtype == .int32)
        #expect(Tensor(5_000_000_000).dtype == .int64)
        let one: Tensor = 1.0, two: Tensor = 2, flag: Tensor = true
        #expect(one.dtype == .float32 && two.dtype == .int32 && flag.dtype == .bool)
    }

    @Test(arguments: DType.allCases) func roundTrip(_ dtype: DType) throws {
        let numbers: [Double] = dtype == .bool ? [0, 1, 1] : dtype.isFloatingPoint && dtype != .bool ? [0, -1.5, 96] : [0, 1, 96]
        let tensor = try Tensor(numbers, dtype: dtype)
        #expect(tensor.dtype == dtype && tensor.shape == [3])
        #expect(try tensor.array(Double.self) == numbers)
        #expect(try tensor.array(Int.self) == numbers.map { Int($0) })
        #expect(try tensor.array(Float16.self) == numbers.map { Float16($0) })
        #expect(try tensor.array(Bool.self) == numbers.map { $0 != 0 })
    }

    @Test func conversionSaturates() throws {
        let x = try Tensor([300.7, -5, .nan, .infinity])
        #expect(try x.array(UInt8.self) == [255, 0, 0, 255])
        #expect(try x.array(Int32.self) == [300, -5, 0, .max])
        #expect(try Tensor([UInt64.max]).array(Int.self) == [.max])
    }

    @Test func nestedArrays() throws {
        let matrix = try Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.shape == [2, 3])
        #expect(try matrix.array(Int.self) == [1, 2, 3, 4, 5, 6])
        #expect(try Tensor([[[1.0], [2]], [[3], [4]]]).shape == [2, 2, 1])
        #expect(try ops.add([[1, 2], [3, 4]], [10, 20]).array(Int.self) == [11, 22, 13, 24])
        #expect(throws: TensorError.ragged(expected: [2], got: [1])) { try Tensor([[1, 2], [3]]) }
    }

    @Test func errors() throws {
        #expect(throws: TensorError.elementCount(shape: [2, 2], count: 3)) { try Tensor([1, 2, 3], shape: [2, 2]) }
        #expect(throws: GraphError.negativeSize(shape: [-1])) { try Tensor([1], shape: [-1]) }
        #expect(throws: TensorError.integerOverflow(value: 1 << 40, dtype: .int32)) { try Tensor([1 << 40]) }
        #expect(throws: TensorError.notOneElement(shape: [2])) { try Tensor([1, 2]).item(Int.self) }
        #expect(throws: GraphError.self) { try Tensor([1], shape: [.max, .max]) }
    }

    @Test func emptyTensors() throws {
        let empty = try Tensor([Float]())
        #expect(empty.shape == [0])
        #expect(try empty.array(Float.self).isEmpty)
        #expect(try ops.sum(empty).item(Float.self) == 0)
        #expect(try (empty + 1).array(Float.self).isEmpty)
        #expect(throws: GraphError.self) { try ops.max(empty) }
    }

    @Test func descriptions() throws {
        #expect(try "\(Tensor([[1, 2], [3, 4]]))" == "Tensor(int32[2, 2])\n[[1, 2],\n [3, 4]]")
        #expect("\(Tensor(1.5))" == "Tensor(float32[]) 1.5")
    }
}
