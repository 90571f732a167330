@testable import Graph

extension ShapeRuleTests {
    static let rows: [Row] = elementwise + movement + reductions + windows + indexing + control + composites

    static func f32(_ shape: Int...) -> TensorType { TensorType(shape, .float32) }
    static func i32(_ shape: Int...) -> TensorType { TensorType(shape, .int32) }
    static func bool(_ shape: Int...) -> TensorType { TensorType(shape, .bool) }

    // MARK: Elementwise

    private static func wrongType(_ operation: Unary) -> (TensorType, String) {
        switch operation {
        case .negate, .abs, .sign: (bool(2), "bool, but it computes with integers and floating-point numbers.")
        case .not: (f32(2), "float32, but it computes with bool and integers.")
        case .exp, .expm1, .log, .log1p, .sqrt, .rsqrt, .reciprocal, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh,
             .asinh, .acosh, .atanh, .sigmoid, .erf, .erfInv, .logGamma, .digamma, .floor, .ceil, .round, .isNaN, .isFinite, .isInfinite:
            (i32(2), "int32, but it computes with floating-point numbers.")
        }
    }

    private static func wrongType(_ operation: Binary) -> (TensorType, String) {
        switch operation {
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .maximum, .minimum:
            (bool(2), "bool, but it computes with integers and floating-point numbers.")
        case .atan2: (i32(2), "int32, but it computes with floating-point numbers.")
        case .and, .or, .xor: (f32(2), "float32, but it computes with bool and integers.")
        case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic: (bool(2), "bool, but it computes with integers.")
        }
    }

    private static let unary: [Row] = Unary.allCases.map { operation in
        let (type, text) = wrongType(operation)
        return Row(.unary(operation), [type], "\(operation.rawValue) got \(text)")
    }

    private static let binary: [Row] = Binary.allCases.map { operation in
        let (type, text) = wrongType(operation)
        return Row(.binary(operation), [type, type], "\(operation.rawValue) got \(text)")
    }

    static let elementwise: [Row] = unary + binary + Comparison.allCases.map { comparison in
        Row(.compare(comparison), [f32(2), i32(2)], "\(comparison.rawValue) got float32 and int32, but its operands have one element type.")
    } + [
        Row(.parameter(0, f32(2)), [f32(2)], "parameter(0) takes 0 operands; it got 1."),
        Row(.parameter(0, f32(-2)), [], "The shape [-2] has a negative size. Sizes are 0 or more."),
        Row(.constant(Literal(1.0, .float32)), [f32()], "constant(1.0) takes 0 operands; it got 1."),
        Row(.iota(f32(2), axis: 1), [], "iota(axis: 1) got axis 1, but its operand has 1 axis (-1 … 0)."),
        Row(.unary(.exp), [], "exp takes 1 operand; it got 0."),
        Row(.binary(.add), [f32(2), f32(3)], "add got shapes [2] and [3], but its operands have one shape."),
        Row(.binary(.add), [f32(2), i32(2)], "add got float32 and int32, but its operands have one element type."),
        Row(.select, [f32(2), f32(2), f32(2)], "select got float32, but the condition is bool."),
        Row(.select, [bool(), f32(2), f32(2)], "select got shapes [] and [2] and [2], but its operands have one shape."),
        Row(.convert(.int8), [f32(2), f32(2)], "convert(int8) takes 1 operand; it got 2."),
        Row(.convert(.float64), [f32(1 << 44)], "A tensor of shape [17592186044416] and type float64 does not fit any memory. Check the sizes that led to it."),
        Row(.bitcast(.int64), [f32(2)], "bitcast(int64) got float32 and int64, but only types of one size share their bits, and bool shares with none."),
    ]

    // MARK: Movement

    static let movement: [Row] = [
        Row(.reshape([4]), [f32(2, 3)], "reshape got shapes [2, 3] and [4], but 6 elements cannot fill 4 places."),
        Row(.reshape([-1]), [f32(2, 3)], "The shape [-1] has a negative size. Sizes are 0 or more."),
        Row(.transpose([0, 0]), [f32(2, 3)], "transpose([0, 0]): axis 0 is given twice."),
        Row(.transpose([0]), [f32(2, 3)], "transpose([0]): the permutation [0] does not name each of 2 axes once."),
        Row(.broadcast([2, 3], axes: [0]), [f32(3)], "broadcast(axes: [0]) got shapes [3] and [2, 3], but only an axis of size 1 can be repeated."),
        Row(.broadcast([2, 3], axes: [1, 0]), [f32(3, 2)], "broadcast(axes: [1, 0]): the axes [1, 0] do not ascend."),
        Row(.slice(Slice(starts: [0], limits: [5], strides: [1])), [f32(4)], "slice: 0 ..< 5 does not lie in axis 0 of size 4."),
        Row(.slice(Slice(starts: [0], limits: [2], strides: [0])), [f32(4)], "slice: the stride 0 is less than 1."),
        Row(.slice(Slice(starts: [0], limits: [2, 3], strides: [1])), [f32(4)], "slice: [2, 3] needs one entry for each of 1 axes."),
        Row(.dynamicSlice(sizes: [5]), [f32(4), i32(1)], "dynamicSlice: a window of 5 does not fit axis 0 of size 4."),
        Row(.dynamicSlice(sizes: [2]), [f32(4), i32(2)], "dynamicSlice got shapes [2] and [1], but there is one start index for each axis."),
        Row(.dynamicUpdate, [f32(4), f32(5), i32(1)], "dynamicUpdate got shapes [4] and [5], but the update has to fit into the operand."),
        Row(.concatenate(axis: 0), [], "concatenate(axis: 0) takes 1 operand; it got 0."),
        Row(.concatenate(axis: 0), [f32(2, 3), f32(2, 4)], "concatenate(axis: 0) got shapes [2, 3] and [2, 4], but all sizes but axis 0's have to be equal."),
        Row(.pad(Padding(low: [-3], high: [0])), [f32(2), f32()], "The shape [-1] has a negative size. Sizes are 0 or more."),
        Row(.pad(Padding(low: [0], high: [0])), [f32(2), f32(1)], "pad needs a scalar to pad with; it got a tensor of shape [1]."),
        Row(.pad(Padding(low: [0], high: [0], interior: [-1])), [f32(2), f32()], "pad: the interior padding -1 is negative."),
        Row(.reverse(axes: [2]), [f32(2, 3)], "reverse(axes: [2]) got axis 2, but its operand has 2 axes (-2 … 1)."),
    ]

    // MARK: Reductions and products

    static let reductions: [Row] = Reduction.allCases.map { reduction in
        Row(.reduce(reduction, axes: [1]), [reduction == .any || reduction == .all ? bool(2) : f32(2)],
            "reduce(\(reduction), axes: [1]) got axis 1, but its operand has 1 axis (-1 … 0).")
    } + ArgReduction.allCases.map { reduction in
        Row(.argReduce(reduction, axis: 0), [f32(0, 2)], "argReduce(\(reduction), axis: 0): an axis without elements has no extreme one.")
    } + Cumulative.allCases.map { operation in
        Row(.cumulative(operation, axis: -1, reverse: false), [f32(2)], "cumulative(\(operation), axis: -1) got axis -1, but its operand has 1 axis (-1 … 0).")
    } + [
        Row(.reduce(.max, axes: [0]), [f32(0, 2)], "reduce(max, axes: [0]): an axis without elements has no extreme one."),
        Row(.reduce(.all, axes: [0]), [f32(2)], "reduce(all, axes: [0]) got float32, but it computes with bool."),
        Row(.matmul(transposeA: false, transposeB: false), [f32(2, 3), f32(2, 3)], "matmul got shapes [2, 3] and [2, 3], but the contracted sizes 3 and 2 differ."),
        Row(.matmul(transposeA: true, transposeB: false), [f32(2, 3), f32(3, 3)], "matmul aᵀ got shapes [2, 3] and [3, 3], but the contracted sizes 2 and 3 differ."),
        Row(.matmul(transposeA: false, transposeB: false), [f32(4, 2, 3), f32(3, 2)], "matmul got shapes [4, 2, 3] and [3, 2], but the leading dimensions have to be equal."),
        Row(.matmul(transposeA: false, transposeB: false), [f32(3), f32(3, 2)], "matmul needs a tensor of rank 2 or more; it got a tensor of shape [3]."),
        Row(.convolution(Convolution(strides: [1], low: [0], high: [0])), [f32(1, 5, 3), f32(2, 2, 4)],
            "convolution got shapes [1, 5, 3] and [2, 2, 4], but a kernel for 3 channels in 1 group has them as its last axis but one."),
        Row(.convolution(Convolution(strides: [0], low: [0], high: [0])), [f32(1, 5, 3), f32(2, 3, 4)], "convolution: the stride 0 is less than 1."),
        Row(.convolution(Convolution(strides: [1], low: [0], high: [0], groups: 0)), [f32(1, 5, 3), f32(2, 3, 4)], "convolution: the number of groups is 0."),
        Row(.convolution(Convolution(strides: [1], low: [0], high: [0], groups: 3)), [f32(1, 5, 3), f32(2, 1, 4)], "convolution: 4 filters cannot be shared out to 3 groups."),
        Row(.convolution(Convolution(strides: [1], low: [0], high: [0])), [f32(1, 5, 3), f32(0, 3, 4)], "convolution: the kernel is empty along its axis 0."),
    ]

    // MARK: Windows

    static let windows: [Row] = WindowReduction.allCases.map { reduction in
        Row(.reduceWindow(reduction, Window(sizes: [0], strides: [1])), [f32(4)], "reduceWindow(\(reduction)): the window is empty along axis 0.")
    } + [
        Row(.reduceWindow(.max, Window(sizes: [2], strides: [1], low: [-1])), [f32(4)], "reduceWindow(max): the padding of axis 0 is negative."),
        Row(.maxWindowGradient(Window(sizes: [2], strides: [2])), [f32(4), f32(3)], "maxWindowGradient got shapes [3] and [2], but there is one gradient for each window."),
    ]

    // MARK: Indexing

    static let indexing: [Row] = ScatterReduction.allCases.map { reduction in
        Row(.scatter(reduction, axis: 0, batchAxes: 0), [f32(4, 2), i32(3), f32(3)],
            "scatter(\(reduction), axis: 0) got shapes [3] and [3, 2], but the updates have the shape that gathering with the indices gives.")
    } + [
        Row(.scatter(.add, axis: 0, batchAxes: 0), [bool(4), i32(3), bool(3)], "scatter(add, axis: 0) got bool, but it computes with integers and floating-point numbers."),
        Row(.gather(axis: 0, batchAxes: 0), [f32(4), f32(3)], "gather(axis: 0) got float32, but indices are integers."),
        Row(.gather(axis: 1, batchAxes: 1), [f32(4, 2), i32(3, 2)], "gather(axis: 1) got shapes [4, 2] and [3, 2], but the first 1 sizes have to be equal."),
        Row(.gather(axis: 0, batchAxes: 1), [f32(4), i32(3)], "gather(axis: 0): 1 batch axes do not precede axis 0 of both [4] and [3]."),
        Row(.sort(axis: 1, descending: false), [f32(4)], "sort(axis: 1) got axis 1, but its operand has 1 axis (-1 … 0)."),
        Row(.topK(5), [f32(4)], "topK(5): the last axis has 4 elements, not 5."),
        Row(.topK(1), [f32()], "topK(1) needs a tensor of rank 1 or more; it got a tensor of shape []."),
        Row(.randomBits([2]), [i32(2)], "randomBits got int32, but the key is uint32."),
        Row(.randomBits([2]), [TensorType([3], .uint32)], "randomBits got shapes [3] and [2], but a key is two numbers."),
    ]

    // MARK: Control

    private static func graph(_ parameters: [TensorType], outputs: [Int]) -> Graph {
        var graph = Graph()
        for (number, type) in parameters.enumerated() { graph.append(.parameter(number, type), [], results: [type]) }
        graph.outputs = outputs.map { Graph.Operand($0) }
        return graph
    }

    static let control: [Row] = [
        Row(.scan(Scan(body: graph([f32(2), f32(3)], outputs: [0]), carries: 1, constants: 0, sequences: 1, length: 4)), [f32(2), f32(5, 3)],
            "scan(length: 4) needs sequences of 4 slices along axis 0; it got a tensor of shape [5, 3]."),
        Row(.scan(Scan(body: graph([f32(2), f32(3)], outputs: [1]), carries: 1, constants: 0, sequences: 1, length: 4)), [f32(2), f32(4, 3)],
            "scan(length: 4) got shapes [3] and [2], but the body's next carries are of the carries' types."),
        Row(.scan(Scan(body: graph([f32(2)], outputs: [0]), carries: 1, constants: 1, sequences: 0, length: 4)), [f32(2), f32(3)],
            "scan(length: 4): the body's parameters are the carries, the constants and one slice of each sequence; there are 1, not 2."),
        Row(.scan(Scan(body: graph([], outputs: []), carries: 0, constants: 0, sequences: 0, length: -1)), [], "scan(length: -1): its length -1 is negative."),
        Row(.conditional(graph([f32()], outputs: [0]), graph([i32()], outputs: [0])), [bool(), f32()],
            "conditional got int32 and float32, but both branches take the operands."),
        Row(.conditional(graph([], outputs: []), graph([], outputs: [])), [bool(1)], "conditional needs a scalar condition; it got a tensor of shape [1]."),
        Row(.identity(count: 2), [f32()], "identity: it passes 2 of its 1 operands through."),
        Row(.stopGradient, [], "stopGradient takes 1 operand; it got 0."),
    ]

    // MARK: Composites

    private static let geometry = Convolution(strides: [1], low: [0], high: [0])

    static let composites: [Row] = [
        Row(.composite(.softmax(axis: 2)), [f32(2, 3)], "softmax got axis 2, but its operand has 2 axes (-2 … 1)."),
        Row(.composite(.logSoftmax(axis: 0)), [i32(2)], "logSoftmax got int32, but it computes with floating-point numbers."),
        Row(.composite(.gelu(approximate: true)), [], "gelu takes 1 operand; it got 0."),
        Row(.composite(.geluGradient(approximate: true)), [f32(2), f32(3)], "geluGradient got shapes [2] and [3], but its operands have one shape."),
        Row(.composite(.sparseCrossEntropy), [f32(2, 3), i32(3)], "sparseCrossEntropy got shapes [3] and [2], but there is one label for each row of logits."),
        Row(.composite(.sparseCrossEntropy), [f32(2, 3), f32(2)], "sparseCrossEntropy got float32, but labels are int32."),
        Row(.composite(.sparseCrossEntropyGradient), [f32(2, 3), i32(2), f32(3)], "sparseCrossEntropyGradient got shapes [3] and [2], but there is one gradient for each label."),
        Row(.composite(.softmaxCrossEntropy), [f32(), f32()], "softmaxCrossEntropy needs a tensor of rank 1 or more; it got a tensor of shape []."),
        Row(.composite(.layerNormalization(axes: 3, epsilon: 1e-3)), [f32(2, 3), f32(3), f32(3)], "layerNormalization: 3 axes of 2 are to be normalised."),
        Row(.composite(.layerNormalization(axes: 1, epsilon: 1e-3)), [f32(2, 3), f32(2), f32(3)],
            "layerNormalization got shapes [2] and [3], but gamma and beta have the normalised axes' shape."),
        Row(.composite(.layerNormalizationGradient(axes: 1)), [f32(2, 3), f32(3), f32(3), f32(2), f32(2, 3)],
            "layerNormalizationGradient got shapes [3] and [2], but mean and deviation have the leading axes' shape."),
        Row(.composite(.batchNormalization(epsilon: 1e-3)), [f32(2, 3), f32(2), f32(3)],
            "batchNormalization got shapes [2] and [3], but gamma and beta have one number for each channel."),
        Row(.composite(.batchNormalizationGradient(epsilon: 1e-3)), [f32(2, 3), f32(3), f32(3), f32(3), f32(3)],
            "batchNormalizationGradient got shapes [2, 3] and [3], but its operands have one shape."),
        Row(.composite(.convolutionInputGradient(geometry, inputSpatial: [5])), [f32(2, 3, 4), f32(1, 5, 4)],
            "convolutionInputGradient got shapes [1, 5, 4] and [1, 4, 4], but the gradient has the output's shape."),
        Row(.composite(.convolutionKernelGradient(geometry, kernelSpatial: [2])), [f32(1, 5, 3), f32(1, 5, 4)],
            "convolutionKernelGradient got shapes [1, 5, 4] and [1, 4, 4], but the gradient has the output's shape."),
        Row(.composite(.lstm(reverse: false)), [f32(2, 5, 12), f32(2, 4), f32(2, 4), f32(4, 16)],
            "lstm got shapes [2, 5, 12] and [2, 5, 16], but there are 4 gates for each unit."),
        Row(.composite(.lstm(reverse: false)), [f32(2, 5, 16), f32(2, 4), f32(2, 4), f32(4, 12)],
            "lstm got shapes [4, 12] and [4, 16], but the recurrent kernel is [units, 4 · units]."),
        Row(.composite(.lstmGradient(reverse: false)), [f32(4, 16), f32(2, 4), f32(2, 5, 16), f32(2, 4, 4), f32(2, 5, 4), f32(2, 4), f32(2, 4)],
            "lstmGradient got shapes [2, 4, 4] and [2, 5, 4], but cells and outputs are [batch, time, units]."),
        Row(.composite(.gru(reverse: false)), [f32(2, 5, 3), f32(2, 4), f32(3, 12), f32(4, 12), f32(12)],
            "gru got shapes [12] and [2, 12], but the bias has 3 · units entries."),
    ]
}
