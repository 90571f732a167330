import Graph

/// Short forms: lowerings read as the arithmetic they are.
extension ProgramText {
    // MARK: Constants

    /// A tensor filled with a number.
    func full(_ number: Double, _ type: TensorType) -> Term { splat(type.dtype.bytes(of: number), type) }
    func full(_ number: Double, like term: Term) -> Term { full(number, term.type) }
    func scalar(_ number: Double, _ dtype: DType) -> Term { full(number, TensorType([], dtype)) }

    private func splat(_ bytes: [UInt8], _ type: TensorType) -> Term {
        let value = type.elementCount == 0 ? "" : element(bytes[...], type.dtype)
        return constant("dense<\(value)>", type)
    }

    private func constant(_ value: String, _ type: TensorType) -> Term {
        apply("stablehlo.constant", [], "value = \(value) : \(type.text)", to: [type])[0]
    }

    /// Numbers of the program's own.
    func constant(_ literal: Literal) -> Term {
        let (type, width) = (literal.type, literal.type.dtype.byteCount)
        let first = literal.bytes.prefix(width)
        if stride(from: 0, to: literal.bytes.count, by: width).allSatisfy({ literal.bytes[$0..<($0 + width)] == first }) {
            return splat(Array(first), type)
        }
        if type.dtype == .bool {
            // MLIR packs bool in its own way: bytes are compared with zero instead.
            let numbers = Literal(type: type.with(dtype: .uint8), bytes: literal.bytes)
            return convert(constant(numbers), .bool)
        }
        let digits = Array("0123456789ABCDEF".utf8)
        let hexadecimal = String(unsafeUninitializedCapacity: 2 * literal.bytes.count) { target in
            for (index, byte) in literal.bytes.enumerated() {
                target[2 * index] = digits[Int(byte >> 4)]
                target[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * literal.bytes.count
        }
        return constant("dense<\"0x\(hexadecimal)\">", type)
    }

    /// One element: a whole number, or the bits of a float.
    private func element(_ bytes: ArraySlice<UInt8>, _ dtype: DType) -> String {
        let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if dtype == .bool { return bits == 0 ? "false" : "true" }
        if dtype.isFloatingPoint {
            let digits = String(bits, radix: 16, uppercase: true)
            return "0x" + String(repeating: "0", count: 2 * dtype.byteCount - digits.count) + digits
        }
        guard dtype.isSigned else { return "\(bits)" }
        let unused = 64 - 8 * dtype.byteCount
        return "\(Int64(bitPattern: bits << UInt64(unused)) >> Int64(unused))"
    }

    /// What a maximum over nothing is, or a minimum: the lowest or the greatest number.
    func extreme(_ dtype: DType, greatest: Bool) -> Term { scalar(greatest ? .infinity : -.infinity, dtype) }

    func iota(_ type: TensorType, axis: Int) -> Term {
        apply("stablehlo.iota", to: type, attributes: "iota_dimension = \(axis) : i64")
    }

    // MARK: Elementwise

    func binary(_ operation: String, _ a: Term, _ b: Term) -> Term { apply("stablehlo.\(operation)", a, b, to: a.type) }
    func unary(_ operation: String, _ a: Term) -> Term { apply("stablehlo.\(operation)", a, to: a.type) }
    func add(_ a: Term, _ b: Term) -> Term { binary("add", a, b) }
    func subtract(_ a: Term, _ b: Term) -> Term { binary("subtract", a, b) }
    func multiply(_ a: Term, _ b: Term) -> Term { binary("multiply", a, b) }
    func divide(_ a: Term, _ b: Term) -> Term { binary("divide", a, b) }
    func and(_ a: Term, _ b: Term) -> Term { binary("and", a, b) }
    func or(_ a: Term, _ b: Term) -> Term { binary("or", a, b) }
    func not(_ a: Term) -> Term { unary("not", a) }

    /// - Parameter direction: `EQ`, `NE`, `LT`, `LE`, `GT`, `GE`.
    func compare(_ direction: String, _ a: Term, _ b: Term) -> Term {
        apply("stablehlo.compare", a, b, to: a.type.with(dtype: .bool),
              attributes: "comparison_direction = #stablehlo<comparison_direction \(direction)>")
    }

    func compare(_ direction: String, _ a: Term, _ number: Double) -> Term { compare(direction, a, full(number, like: a)) }

    func select(_ condition: Term, _ a: Term, _ b: Term) -> Term { apply("stablehlo.select", condition, a, b, to: a.type) }

    func convert(_ a: Term, _ dtype: DType) -> Term {
        if a.dtype == dtype { return a }
        if dtype == .bool { return compare("NE", a, 0) }
        return apply("stablehlo.convert", a, to: a.type.with(dtype: dtype))
    }

    // MARK: Shape

    func reshape(_ a: Term, _ shape: [Int]) -> Term {
        a.shape == shape ? a : apply("stablehlo.reshape", a, to: a.type.with(shape: shape))
    }

    func transpose(_ a: Term, _ permutation: [Int]) -> Term {
        if permutation == Array(permutation.indices) { return a }
        return apply("stablehlo.transpose", a, to: a.type.with(shape: permutation.map { a.shape[$0] }), attributes: "permutation = \(Attribute.array(permutation))")
    }

    func broadcast(_ a: Term, _ shape: [Int], axes: [Int]) -> Term {
        if a.shape == shape { return a }
        return apply("stablehlo.broadcast_in_dim", a, to: a.type.with(shape: shape), attributes: "broadcast_dimensions = \(Attribute.array(axes))")
    }

    func slice(_ a: Term, _ slice: Slice) -> Term {
        let shape = zip(zip(slice.starts, slice.limits), slice.strides).map { range, stride in (range.1 - range.0 + stride - 1) / stride }
        return apply("stablehlo.slice", a, to: a.type.with(shape: shape), attributes: """
            start_indices = \(Attribute.array(slice.starts)), limit_indices = \(Attribute.array(slice.limits)), strides = \(Attribute.array(slice.strides))
            """)
    }

    /// The part of one axis from `start` up to `limit`.
    func slice(_ a: Term, axis: Int, _ start: Int, _ limit: Int) -> Term {
        var slice = Slice(starts: a.shape.map { _ in 0 }, limits: a.shape, strides: a.shape.map { _ in 1 })
        slice.starts[axis] = start
        slice.limits[axis] = limit
        return self.slice(a, slice)
    }

    func pad(_ a: Term, _ padding: Padding, with filling: Term, shape: [Int]) -> Term {
        apply("stablehlo.pad", a, filling, to: a.type.with(shape: shape), attributes: """
            edge_padding_low = \(Attribute.array(padding.low)), edge_padding_high = \(Attribute.array(padding.high)), \
            interior_padding = \(Attribute.array(padding.interior))
            """)
    }

    func reverse(_ a: Term, axes: [Int]) -> Term {
        axes.isEmpty ? a : apply("stablehlo.reverse", a, to: a.type, attributes: "dimensions = \(Attribute.array(axes))")
    }

    // MARK: Reductions

    /// Reduces axes away, starting from `start`.
    func reduce(_ a: Term, _ operation: String, from start: Term, axes: [Int]) -> Term {
        if axes.isEmpty { return a }
        let shape = a.shape.indices.filter { !axes.contains($0) }.map { a.shape[$0] }
        return apply("stablehlo.reduce", [a, start], "dimensions = \(Attribute.array(axes))", regions: [combiner(operation, a.dtype)],
                     to: [a.type.with(shape: shape)])[0]
    }

    /// In float32 where the type is a half one.
    func widened(_ a: Term) -> Term { a.dtype.isHalf ? convert(a, .float32) : a }
}

extension DType {
    var isHalf: Bool { self == .float16 || self == .bfloat16 }
}
