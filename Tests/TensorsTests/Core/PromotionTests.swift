import Testing

@testable import Tensors

@Suite("Element types meet as in Keras")
struct PromotionTests {
    @Test func everyPairOfTypes() throws {
        let table = try Fixture.load("promotion.json", as: [String: String].self)
        for a in DType.allCases {
            for b in DType.allCases {
                #expect(Promotion.join([a, b]).rawValue == table["\(a),\(b)"], "\(a) and \(b)")
            }
            #expect(Promotion.join([a], [.integer]).rawValue == table["\(a),int"], "\(a) and Int")
            #expect(Promotion.join([a], [.floatingPoint]).rawValue == table["\(a),float"], "\(a) and Double")
        }
    }

    @Test func swiftNumbersTakeTheTensorsType() throws {
        let half = try Tensor([1, 2], dtype: .float16), small = try Tensor([1, 2], dtype: .uint8), flags = try Tensor([true, false])
        #expect(try (half * 2).dtype == .float16)
        #expect(try (half + 0.5).dtype == .float16)
        #expect(try (small + 1).dtype == .uint8)
        #expect(try (small + 0.5).dtype == .float32)
        #expect(try (flags + 1).dtype == .int32)
        #expect(try (2.0 - half).dtype == .float16)
        #expect(try ops.add(1, 2).dtype == .int32)
        #expect(try ops.add(1, 2.5).dtype == .float32)
    }

    @Test func aSwiftNumberBeyondTheTypeIsAnError() throws {
        let small = try Tensor([1, 2], dtype: .uint8)
        #expect(throws: TensorError.integerOverflow(value: 300, dtype: .uint8)) { try small + 300 }
    }

    @Test func resultTypesOfOperations() throws {
        let whole = try Tensor([1, 2, 3]), flags = try Tensor([true, false, true]), byte = try Tensor([1, 2, 3], dtype: .uint8)
        #expect(try (whole / whole).dtype == .float32)
        #expect(try ops.floorDivide(whole, 2).dtype == .int32)
        #expect(try ops.mean(whole).dtype == .float32)
        #expect(try ops.mean(Tensor([1.0], dtype: .float16)).dtype == .float16)
        #expect(try ops.sum(flags).dtype == .int32)
        #expect(try ops.sum(byte).dtype == .uint32)
        #expect(try ops.cumsum(flags).dtype == .int32)
        #expect(try ops.argmax(whole).dtype == .int32)
        #expect(try ops.equal(whole, 2).dtype == .bool)
        #expect(try ops.exp(whole).dtype == .float32)
        #expect(try ops.sqrt(Tensor([4], dtype: .int64)).dtype == .float32)
        #expect(try ops.add(Tensor([4], dtype: .int64), whole).dtype == .int64)
        #expect(try ops.matmul(Tensor([1, 2], dtype: .int8), Tensor([1, 2], dtype: .int8)).dtype == .int32)
        #expect(try ops.where(flags, 1, 0.5).dtype == .float32)
        #expect(try ops.clip(flags, 0, 1).dtype == .int32)
        #expect(try ops.square(flags).dtype == .int32)
    }
}
