import Graph

extension Lowering {
    // MARK: Slices at computed places

    /// A vector's elements, each a scalar.
    private func elements(_ vector: Term) -> [Term] {
        (0..<vector.shape[0]).map { text.reshape(text.slice(vector, axis: 0, $0, $0 + 1), []) }
    }

    func dynamicSlice(_ x: Term, at starts: Term, sizes: [Int]) -> Term { dynamicSlice(x, at: elements(starts), sizes: sizes) }

    func dynamicSlice(_ x: Term, at starts: [Term], sizes: [Int]) -> Term {
        if starts.isEmpty { return x }
        return text.apply("stablehlo.dynamic_slice", [x] + starts, "slice_sizes = \(Attribute.array(sizes))", to: [x.type.with(shape: sizes)])[0]
    }

    func dynamicUpdate(_ x: Term, with update: Term, at starts: Term) -> Term { dynamicUpdate(x, with: update, at: elements(starts)) }

    func dynamicUpdate(_ x: Term, with update: Term, at starts: [Term]) -> Term {
        if starts.isEmpty { return update }
        return text.apply("stablehlo.dynamic_update_slice", [x, update] + starts, to: [x.type])[0]
    }

    // MARK: Gathering and scattering

    /// Indices as int32 or int64, negative ones counted from the end. Those out of range stay out of range.
    private func places(_ indices: Term, size: Int) -> Term {
        let isNarrow = indices.dtype.byteCount < 4 || indices.dtype == .int32
        var wide = indices
        // What int64 cannot hold is out of every range.
        if indices.dtype == .uint64 { wide = text.binary("minimum", wide, text.full(Double(1 << 62), like: wide)) }
        wide = text.convert(wide, isNarrow && size <= Int(Int32.max) ? .int32 : .int64)
        guard indices.dtype.isSigned else { return wide }
        return text.select(text.compare("LT", wide, 0), text.add(wide, text.full(Double(size), like: wide)), wide)
    }

    func gather(_ x: Term, _ indices: Term, axis: Int, batchAxes: Int, to type: TensorType) -> Term {
        let nothing = text.full(x.dtype.outOfRange, type)
        if type.elementCount == 0 || x.type.elementCount == 0 { return nothing }
        let places = places(indices, size: x.shape[axis])
        let new = indices.type.rank - batchAxes
        let batch = Array(0..<batchAxes)
        let kept = Array(batchAxes..<axis) + Array((axis + new)..<type.rank)
        var sizes = x.shape
        for axis in batch + [axis] { sizes[axis] = 1 }
        let numbers = Attribute.named([
            ("offset_dims", kept), ("collapsed_slice_dims", [axis]), ("operand_batching_dims", batch), ("start_indices_batching_dims", batch),
            ("start_index_map", [axis]),
        ])
        let taken = text.apply("stablehlo.gather", x, places, to: type, attributes: """
            dimension_numbers = #stablehlo.gather<\(numbers), index_vector_dim = \(indices.type.rank)>, slice_sizes = \(Attribute.array(sizes)), \
            indices_are_sorted = false
            """)
        let isInside = text.and(text.compare("GE", places, 0), text.compare("LT", places, Double(x.shape[axis])))
        let spread = text.broadcast(isInside, type.shape, axes: batch + Array(axis..<(axis + new)))
        return text.select(spread, taken, nothing)
    }

    func scatter(_ reduction: ScatterReduction, _ x: Term, _ indices: Term, _ updates: Term, axis: Int, batchAxes: Int) -> Term {
        if updates.type.elementCount == 0 || x.type.elementCount == 0 { return x }
        let places = places(indices, size: x.shape[axis])
        let new = indices.type.rank - batchAxes
        let batch = Array(0..<batchAxes)
        let numbers = Attribute.named([
            ("update_window_dims", Array(batchAxes..<axis) + Array((axis + new)..<updates.type.rank)), ("inserted_window_dims", [axis]),
            ("input_batching_dims", batch), ("scatter_indices_batching_dims", batch), ("scatter_dims_to_operand_dims", [axis]),
        ])
        // Sums of half types add up in float32.
        let isSum = reduction == .add || reduction == .multiply
        let (base, changes) = isSum ? (text.widened(x), text.widened(updates)) : (x, updates)
        let scalar = TensorType([], base.dtype)
        let body = text.region([scalar, scalar]) { p in
            switch reduction {
            case .set: [p[1]]
            case .add: [text.add(p[0], p[1])]
            case .multiply: [text.multiply(p[0], p[1])]
            case .max: [text.binary("maximum", p[0], p[1])]
            case .min: [text.binary("minimum", p[0], p[1])]
            }
        }
        // Negative places are out of range too.
        let result = text.apply("stablehlo.scatter", [base, places, changes], """
            scatter_dimension_numbers = #stablehlo.scatter<\(numbers), index_vector_dim = \(indices.type.rank)>, indices_are_sorted = false, \
            unique_indices = false
            """, regions: [body], to: [base.type])[0]
        return text.convert(result, x.dtype)
    }

    // MARK: Sorting

    enum Order { case ascending, descending, greatestFirst }

    /// The sorted elements and their indices. NaN comes last; of the greatest first, it is the greatest.
    func sort(_ x: Term, axis: Int, order: Order) -> [Term] {
        let indices = text.iota(x.type.with(dtype: .int32), axis: axis)
        if x.type.elementCount == 0 { return [x, indices] }
        let (value, index) = (TensorType([], x.dtype), TensorType([], .int32))
        let comes = text.region([value, value, index, index]) { p in
            let (a, b) = (p[0], p[1])
            let isBefore = text.compare(order == .ascending ? "LT" : "GT", a, b)
            guard x.dtype.isFloatingPoint else { return [isBefore] }
            let (aIsNaN, bIsNaN) = (text.compare("NE", a, a), text.compare("NE", b, b))
            if order == .greatestFirst { return [text.or(isBefore, text.and(aIsNaN, text.not(bIsNaN)))] }
            return [text.or(isBefore, text.and(text.not(aIsNaN), bIsNaN))]
        }
        return text.apply("stablehlo.sort", [x, indices], "dimension = \(axis) : i64, is_stable = true", regions: [comes],
                          to: [x.type, x.type.with(dtype: .int32)])
    }

    func topK(_ x: Term, _ count: Int) -> [Term] {
        let axis = x.type.rank - 1
        return sort(x, axis: axis, order: .greatestFirst).map { text.slice($0, axis: axis, 0, count) }
    }
}

extension DType {
    /// What gathering out of range gives.
    fileprivate var outOfRange: Double {
        if isFloatingPoint { return .nan }
        return isSigned ? -.infinity : .infinity
    }
}
