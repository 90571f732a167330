@testable import Graph

/// Right calls of every primitive on small operands, at points where functions are smooth.
struct Sample: CustomStringConvertible {
    let primitive: Primitive
    let operands: [Numbers]

    init(_ primitive: Primitive, _ operands: Numbers...) {
        self.primitive = primitive
        self.operands = operands
    }

    var description: String { "\(primitive.kind) on \(operands.map { $0.type.description }.joined(separator: ", "))" }

    static let all: [Sample] = elementwise + movement + reductions + products + windows + indexing + control + composites

    /// float64 numbers between two bounds.
    static func floats(_ shape: [Int], _ range: ClosedRange<Double> = -1...1, seed: Int = 1) -> Numbers {
        let unit = Numbers.random(TensorType(shape, .float64), seed: seed + shape.reduce(7) { $0 &* 31 &+ $1 })
        return Numbers(unit.type, unit.values.map { range.lowerBound + ($0 + 1) / 2 * (range.upperBound - range.lowerBound) })
    }

    /// Distinct float64 numbers, far enough apart for differences not to change their order.
    static func distinct(_ shape: [Int], seed: Int = 1) -> Numbers {
        let noise = floats(shape, 0...0.02, seed: seed)
        let count = noise.values.count
        return Numbers(noise.type, noise.values.enumerated().map { Double(($0.offset * 7 + seed * 3) % count) * 0.06 - 1 + $0.element })
    }

    static func ints(_ values: [Double], _ shape: [Int]? = nil, _ dtype: DType = .int32) -> Numbers {
        Numbers(TensorType(shape ?? [values.count], dtype), values)
    }

    static func bools(_ values: [Double], _ shape: [Int]? = nil) -> Numbers { ints(values, shape, .bool) }

    // MARK: Elementwise

    private static func domain(_ operation: Unary) -> ClosedRange<Double> {
        switch operation {
        case .log, .sqrt, .rsqrt, .reciprocal: 0.3...3
        case .log1p: -0.5...2
        case .asin, .acos, .atanh, .erfInv: -0.8...0.8
        case .acosh: 1.3...3
        case .logGamma, .digamma: 0.2...12
        case .floor, .ceil, .round: 0.1...0.4
        case .negate, .abs, .sign, .exp, .expm1, .sin, .cos, .tan, .atan, .sinh, .cosh, .tanh, .asinh, .sigmoid, .erf,
             .not, .isNaN, .isFinite, .isInfinite: -1.4...1.4
        }
    }

    private static let unary: [Sample] = Unary.allCases.map { operation in
        operation == .not ? Sample(.unary(.not), bools([0, 1, 1])) : Sample(.unary(operation), floats([2, 3], domain(operation), seed: 3))
    }

    private static let binary: [Sample] = Binary.allCases.map { operation in
        switch operation {
        case .and, .or, .xor: Sample(.binary(operation), bools([0, 0, 1, 1]), bools([0, 1, 0, 1]))
        case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic: Sample(.binary(operation), ints([1, 5, 100]), ints([1, 2, 3]))
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .maximum, .minimum, .atan2:
            Sample(.binary(operation), floats([2, 3], 0.4...2, seed: 1), floats([2, 3], 0.5...2.3, seed: 2))
        }
    }

    static let elementwise: [Sample] = [
        Sample(.parameter(0, TensorType([2], .float64))),
        Sample(.constant(Literal(2.0, .float64))),
        Sample(.iota(TensorType([2, 3], .float64), axis: 1)),
        Sample(.select, bools([0, 1, 1]), floats([3]), floats([3], seed: 2)),
        Sample(.convert(.float64), floats([3])),
        Sample(.convert(.int32), floats([3], 1.2...1.8)),
        Sample(.bitcast(.int64), floats([3])),
        Sample(.unary(.digamma), floats([4], -0.9 ... -0.2)),
        Sample(.unary(.digamma), floats([4], -2.8 ... -2.2)),
    ] + unary + binary + Comparison.allCases.map { Sample(.compare($0), floats([3]), floats([3], seed: 2)) }

    // MARK: Movement

    static let movement: [Sample] = [
        Sample(.reshape([3, 2]), floats([2, 3])),
        Sample(.transpose([2, 0, 1]), floats([2, 3, 4])),
        Sample(.broadcast([2, 3, 4], axes: [1, 2]), floats([3, 1])),
        Sample(.broadcast([2, 1], axes: [0, 1]), floats([1, 1])),
        Sample(.slice(Slice(starts: [1, 0], limits: [4, 5], strides: [1, 2])), floats([5, 6])),
        Sample(.slice(Slice(starts: [3, 2], limits: [3, 3], strides: [1, 4])), floats([5, 6])),
        Sample(.dynamicSlice(sizes: [2, 2]), floats([3, 4]), ints([1, 7])),
        Sample(.dynamicUpdate, floats([3, 4]), floats([2, 2]), ints([-3, 2])),
        Sample(.concatenate(axis: 1), floats([2, 1]), floats([2, 3]), floats([2, 2])),
        Sample(.pad(Padding(low: [1, 0], high: [0, 2])), floats([2, 3]), floats([])),
        Sample(.pad(Padding(low: [-1, 2], high: [1, -4], interior: [1, 2])), floats([3, 3]), floats([])),
        Sample(.pad(Padding(low: [5], high: [-6])), floats([3]), floats([])),
        Sample(.reverse(axes: [0, 2]), floats([2, 2, 3])),
    ]

    // MARK: Reductions and products

    static let reductions: [Sample] = Reduction.allCases.map { reduction in
        switch reduction {
        case .any, .all: Sample(.reduce(reduction, axes: [1]), bools([0, 1, 1, 1, 0, 0], [2, 3]))
        case .sum, .product, .max, .min: Sample(.reduce(reduction, axes: [2, 0]), floats([2, 3, 2]))
        }
    } + ArgReduction.allCases.map { Sample(.argReduce($0, axis: 1), floats([2, 3])) }
        + Cumulative.allCases.flatMap { operation in
            [false, true].map { Sample(.cumulative(operation, axis: 1, reverse: $0), floats([2, 4, 2])) }
        } + [
            Sample(.reduce(.product, axes: [0]), Numbers(TensorType([4], .float64), [2, 0, 3, -1])),
            Sample(.cumulative(.product, axis: 0, reverse: false), Numbers(TensorType([4], .float64), [2, 0, 3, -1])),
        ]

    static let products: [Sample] = [
        Sample(.matmul(transposeA: false, transposeB: false), floats([2, 3]), floats([3, 4])),
        Sample(.matmul(transposeA: true, transposeB: false), floats([2, 3, 2]), floats([2, 3, 4])),
        Sample(.matmul(transposeA: false, transposeB: true), floats([2, 3]), floats([4, 3])),
        Sample(.matmul(transposeA: true, transposeB: true), floats([3, 2]), floats([4, 3])),
    ] + convolutions.map { Sample(.convolution($0.0), floats($0.1), floats($0.2)) }

    /// A geometry, an input's shape, a kernel's shape.
    static let convolutions: [(Convolution, [Int], [Int])] = [
        (Convolution(strides: [1], low: [0], high: [0]), [2, 5, 2], [3, 2, 3]),
        (Convolution(strides: [2, 1], low: [1, 0], high: [1, 2]), [1, 5, 4, 2], [3, 2, 2, 2]),
        (Convolution(strides: [2], low: [2], high: [1], kernelDilation: [2]), [2, 6, 4], [2, 2, 4]),
        (Convolution(strides: [1], low: [1], high: [2], inputDilation: [3]), [1, 3, 2], [3, 2, 2]),
        (Convolution(strides: [3], low: [-1], high: [-1], inputDilation: [2], kernelDilation: [2], groups: 2), [2, 7, 4], [2, 2, 6]),
        (Convolution(strides: [2], low: [0], high: [0], groups: 3), [1, 6, 3], [2, 1, 6]),
    ].map { geometry, input, kernel in
        var geometry = geometry
        if kernel[kernel.count - 2] != input[input.count - 1] { geometry.groups = input[input.count - 1] / kernel[kernel.count - 2] }
        return (geometry, input, kernel)
    }

    // MARK: Windows

    static let geometries: [(Window, [Int])] = [
        (Window(sizes: [2, 2], strides: [2, 2]), [4, 5]),
        (Window(sizes: [3, 2], strides: [1, 2], low: [1, 0], high: [1, 1]), [4, 5]),
        (Window(sizes: [2, 3], strides: [3, 1], low: [0, 2], high: [2, 1], dilation: [2, 2]), [6, 5]),
    ]

    static let windows: [Sample] = geometries.flatMap { window, shape in
        WindowReduction.allCases.map { Sample(.reduceWindow($0, window), distinct(shape)) }
            + [maxGradient(window, shape)]
    }

    private static func maxGradient(_ window: Window, _ shape: [Int]) -> Sample {
        let result = (try? Primitive.reduceWindow(.max, window).resultTypes(of: [TensorType(shape, .float64)])) ?? []
        return Sample(.maxWindowGradient(window), distinct(shape), floats(result.first?.shape ?? [], seed: 2))
    }

    // MARK: Indexing

    static let indexing: [Sample] = [
        Sample(.gather(axis: 0, batchAxes: 0), floats([4, 3]), ints([1, 3, -1, 1])),
        Sample(.gather(axis: 1, batchAxes: 1), floats([2, 4, 3]), ints([1, 3, -1, 0], [2, 2])),
        Sample(.gather(axis: 1, batchAxes: 0), floats([2, 4]), ints([0, 2, 2, 1], [2, 2])),
        Sample(.sort(axis: 0, descending: false), floats([4, 3])),
        Sample(.sort(axis: 1, descending: true), floats([2, 4])),
        Sample(.topK(2), floats([2, 5])),
        Sample(.randomBits([2, 3]), ints([1, 2], nil, .uint32)),
    ] + ScatterReduction.allCases.flatMap { reduction in
        [
            // Repeated, negative and out-of-range indices.
            Sample(.scatter(reduction, axis: 0, batchAxes: 0), floats([4, 2]), ints([1, 3, -3, 9]), floats([4, 2], seed: 2)),
            Sample(.scatter(reduction, axis: 1, batchAxes: 1), distinct([2, 4]), ints([1, 2, -9, 0], [2, 2]), floats([2, 2], seed: 2)),
        ]
    }

    // MARK: Control

    static let control: [Sample] = ((try? makeControl()) ?? []) + [
        Sample(.identity(count: 1), floats([2]), floats([3])),
        Sample(.stopGradient, floats([2])),
    ]

    private static func makeControl() throws -> [Sample] {
        let matrix = TensorType([2, 2], .float64), number = TensorType([], .int32)
        func hold(_ type: TensorType) -> Value { .placeholder(type) }
        // state, count; weights, factor; input.
        let p = [hold(matrix), hold(number), hold(matrix), hold(matrix), hold(matrix)]
        let product = try (p[0].matmul(p[2]) + p[4]).tanh()
        let next = try product * p[3].exp() + p[4].matmul(p[2], transposeB: true)
        let body = try Graph.capture([next, p[1] + 1, product.squared(), p[4] + p[0].sum().broadcast([2, 2], axes: [])], parameters: p).graph
        let loops = [false, true].map { reverse in
            Sample(.scan(Scan(body: body, carries: 2, constants: 2, sequences: 1, length: 3, reverse: reverse)),
                   floats([2, 2]), ints([0], []), floats([2, 2], seed: 2), floats([2, 2], seed: 3), floats([3, 2, 2]))
        }
        let q = [hold(matrix), hold(matrix)], r = [hold(matrix), hold(matrix)]
        let first = try Graph.capture([q[0].matmul(q[1]), q[0].exp()], parameters: q).graph
        let second = try Graph.capture([r[1].squared(), .ones(like: r[0])], parameters: r).graph
        return loops + [0.0, 1.0].map { Sample(.conditional(first, second), bools([$0], []), floats([2, 2]), floats([2, 2], seed: 2)) }
    }

    // MARK: Composites

    static let composites: [Sample] = [
        Sample(.composite(.softmax(axis: 1)), floats([2, 3, 2])),
        Sample(.composite(.logSoftmax(axis: 0)), floats([3, 2])),
        Sample(.composite(.gelu(approximate: true)), floats([4], -2...2)),
        Sample(.composite(.gelu(approximate: false)), floats([4], -2...2)),
        Sample(.composite(.geluGradient(approximate: true)), floats([4], -2...2), floats([4], seed: 2)),
        Sample(.composite(.geluGradient(approximate: false)), floats([4], -2...2), floats([4], seed: 2)),
        Sample(.composite(.sparseCrossEntropy), floats([3, 4]), ints([1, 3, -1])),
        Sample(.composite(.sparseCrossEntropyGradient), floats([3, 4]), ints([1, 4, 0]), floats([3])),
        Sample(.composite(.softmaxCrossEntropy), floats([2, 3]), floats([2, 3], 0...1, seed: 2)),
        Sample(.composite(.layerNormalization(axes: 1, epsilon: 1e-3)), floats([2, 4]), floats([4]), floats([4], seed: 2)),
        Sample(.composite(.layerNormalization(axes: 2, epsilon: 1e-3)), floats([2, 2, 3]), floats([2, 3]), floats([2, 3], seed: 2)),
        Sample(.composite(.layerNormalizationGradient(axes: 1)), floats([2, 4]), floats([4]), floats([2]), floats([2], 0.5...1), floats([2, 4], seed: 2)),
        Sample(.composite(.batchNormalization(epsilon: 1e-3)), floats([2, 3, 2]), floats([2]), floats([2], seed: 2)),
        Sample(.composite(.batchNormalizationGradient(epsilon: 1e-3)), floats([4, 2]), floats([2]), floats([2], seed: 2), floats([2], 0.5...1), floats([4, 2], seed: 2)),
        Sample(.composite(.lstm(reverse: false)), floats([2, 3, 8]), floats([2, 2]), floats([2, 2], seed: 2), floats([2, 8])),
        Sample(.composite(.lstm(reverse: true)), floats([1, 2, 8]), floats([1, 2]), floats([1, 2], seed: 2), floats([2, 8])),
        Sample(.composite(.lstmGradient(reverse: false)), floats([2, 8]), floats([2, 2]), floats([2, 3, 8]), floats([2, 3, 2]), floats([2, 3, 2], seed: 2), floats([2, 2]), floats([2, 2], seed: 3)),
        Sample(.composite(.lstmGradient(reverse: true)), floats([2, 8]), floats([1, 2]), floats([1, 2, 8]), floats([1, 2, 2]), floats([1, 2, 2], seed: 2), floats([1, 2]), floats([1, 2], seed: 3)),
        Sample(.composite(.gru(reverse: false)), floats([2, 3, 2]), floats([2, 2]), floats([2, 6]), floats([2, 6], seed: 2), floats([2, 6], seed: 3)),
        Sample(.composite(.gru(reverse: true)), floats([1, 2, 3]), floats([1, 2]), floats([3, 6]), floats([2, 6], seed: 2), floats([2, 6], seed: 3)),
    ] + convolutions.flatMap { geometry, input, kernel -> [Sample] in
        let types = [TensorType(input, .float64), TensorType(kernel, .float64)]
        let output = ((try? Primitive.convolution(geometry).resultTypes(of: types)) ?? []).first?.shape ?? []
        return [
            Sample(.composite(.convolutionInputGradient(geometry, inputSpatial: Array(input.dropFirst().dropLast()))), floats(kernel), floats(output, seed: 2)),
            Sample(.composite(.convolutionKernelGradient(geometry, kernelSpatial: Array(kernel.dropLast(2)))), floats(input), floats(output, seed: 2)),
        ]
    }
}
