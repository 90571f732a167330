/// One operation of the closed vocabulary that every engine speaks.
///
/// Each case has one shape rule (`Primitive.resultTypes(of:)`) and one vector-Jacobian rule
/// (`Primitive.pullback(...)`). An engine switches over the cases without `default`, so that the compiler says what
/// it lacks. Operands of elementwise cases have one shape and one element type: broadcasts and conversions are written.
public indirect enum Primitive: Hashable, Sendable {
    // MARK: Leaves

    /// The graph's input number `index`. In an expression that is not yet a graph: a leaf, told apart by its identity.
    case parameter(Int, TensorType)
    /// Numbers that are part of the program.
    case constant(Literal)
    /// 0, 1, 2 … along `axis`.
    case iota(TensorType, axis: Int)

    // MARK: Elementwise

    case unary(Unary)
    case binary(Binary)
    /// `bool` from two operands of one type.
    case compare(Comparison)
    /// `condition ? a : b`; operands: condition (bool), a, b, of one shape.
    case select
    /// Changes the element type by value. Float to integer truncates towards zero, saturates, NaN becomes 0;
    /// anything to bool is `≠ 0`.
    case convert(DType)
    /// Reinterprets the bits as another type of the same size.
    case bitcast(DType)

    // MARK: Shape

    /// The same elements in row-major order under another shape.
    case reshape([Int])
    /// Result axis `i` is operand axis `permutation[i]`.
    case transpose([Int])
    /// Operand axis `i` becomes result axis `axes[i]` (ascending); an axis of size 1 is repeated, new axes are repeated.
    case broadcast([Int], axes: [Int])
    case slice(Slice)
    /// A window of `sizes` at the indices given by the second operand (int32 `[rank]`), clamped into the operand.
    case dynamicSlice(sizes: [Int])
    /// Operand 0 with operand 1 written at the indices of operand 2 (int32 `[rank]`), clamped into the operand.
    case dynamicUpdate
    case concatenate(axis: Int)
    /// Operand 0 surrounded by the scalar operand 1. Negative amounts cut.
    case pad(Padding)
    case reverse(axes: [Int])

    // MARK: Reductions

    /// Reduces the axes away. Sums of float16 and bfloat16 are taken in float32. `any`/`all` take bool.
    case reduce(Reduction, axes: [Int])
    /// The int32 index of the first extreme element along `axis`, which goes away. NaN wins.
    case argReduce(ArgReduction, axis: Int)
    case cumulative(Cumulative, axis: Int, reverse: Bool)

    // MARK: Linear algebra

    /// `[…, m, k] · […, k, n]` with equal leading dimensions; a transposed operand is given as `[…, k, m]`, `[…, n, k]`.
    case matmul(transposeA: Bool, transposeB: Bool)
    /// Operands: input `[batch, spatial…, channels]`, kernel `[spatial…, channels / groups, filters]`.
    case convolution(Convolution)

    // MARK: Windows

    /// Reduces windows over all axes (a window has one size for each axis of the operand).
    case reduceWindow(WindowReduction, Window)
    /// Operands: x, gradient of the windows' maxima. Each gradient goes to its window's first maximum.
    case maxWindowGradient(Window)

    // MARK: Indexing

    /// Takes slices along `axis` by integer indices. The first `batchAxes` axes of both operands run in step
    /// (`batchAxes <= axis`). Result: `operand[..<axis] + indices[batchAxes...] + operand[(axis+1)...]`.
    /// Negative indices count from the end; an index out of range yields NaN, or the lowest value of an integer type
    /// (the greatest of an unsigned one, `true` of bool), as in Keras on JAX.
    case gather(axis: Int, batchAxes: Int)
    /// Operands: base, indices, updates. The mirror of `gather`: combines updates into `base`. Indices out of range are
    /// dropped; repeated indices combine in order.
    case scatter(ScatterReduction, axis: Int, batchAxes: Int)
    /// Two results: the sorted elements (stable; NaN last) and their int32 indices.
    case sort(axis: Int, descending: Bool)
    /// Two results along the last axis: the `k` greatest elements in descending order, and their int32 indices.
    case topK(Int)

    // MARK: Random numbers

    /// uint32 bits from a uint32 `[2]` key: element `i` is `a ^ b` of Threefry-2x32 (20 rounds) on the counter
    /// `(i >> 32, i & 0xffffffff)`. The same numbers as JAX's partitionable generator.
    case randomBits([Int])

    // MARK: Control

    /// A loop over a body graph. Operands: carries, constants, sequences (stacked along axis 0);
    /// results: last carries, stacked outputs.
    case scan(Scan)
    /// Operands: bool scalar, then the branches' parameters; runs one of two graphs.
    case conditional(Graph, Graph)

    // MARK: Identities with a meaning for gradients

    /// Passes its first `count` operands through. A node with a custom gradient is one of these; gone from graphs.
    case identity(count: Int)
    /// Passes its operand through and stops gradients; gone from graphs.
    case stopGradient

    /// An operation that is made of others, which engines may do better as one.
    case composite(Composite)
}

public enum Unary: String, CaseIterable, Hashable, Sendable {
    case negate, abs, sign, exp, expm1, log, log1p, sqrt, rsqrt, reciprocal
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
    case sigmoid, erf, erfInv, logGamma, digamma
    /// `round` goes to the nearest, ties to even.
    case floor, ceil, round
    /// Logical for bool, bitwise for integers.
    case not
    /// Results are bool.
    case isNaN, isFinite, isInfinite
}

public enum Binary: String, CaseIterable, Hashable, Sendable {
    case add, subtract, multiply
    /// For integers: truncated; division by zero gives 0.
    case divide
    /// `floor(a / b)`; integer division by zero gives 0.
    case floorDivide
    /// The sign of the divisor, as in Python; integer remainder by zero gives 0.
    case modulo
    case power
    /// NaN if one of the two is.
    case maximum, minimum
    case atan2
    /// Logical for bool, bitwise for integers.
    case and, or, xor
    /// A shift by a bit width or more gives 0 (an arithmetic right shift: all sign bits).
    case shiftLeft, shiftRightLogical, shiftRightArithmetic
}

public enum Comparison: String, CaseIterable, Hashable, Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

public enum Reduction: String, CaseIterable, Hashable, Sendable { case sum, product, max, min, any, all }
public enum ArgReduction: String, CaseIterable, Hashable, Sendable { case max, min }
public enum Cumulative: String, CaseIterable, Hashable, Sendable { case sum, product, max, min }
public enum WindowReduction: String, CaseIterable, Hashable, Sendable { case sum, max, min }
public enum ScatterReduction: String, CaseIterable, Hashable, Sendable { case set, add, multiply, max, min }

/// `start ..< limit` in steps of `stride` (1 or more) along each axis.
public struct Slice: Hashable, Sendable {
    public var starts, limits, strides: [Int]
    public init(starts: [Int], limits: [Int], strides: [Int]) {
        self.starts = starts
        self.limits = limits
        self.strides = strides
    }
}

/// How many elements are added before, after and between the elements along each axis.
public struct Padding: Hashable, Sendable {
    public var low, high, interior: [Int]
    public init(low: [Int], high: [Int], interior: [Int]? = nil) {
        self.low = low
        self.high = high
        self.interior = interior ?? low.map { _ in 0 }
    }
}

/// The geometry of a convolution, one entry for each spatial axis.
public struct Convolution: Hashable, Sendable {
    public var strides: [Int]
    public var low, high: [Int]
    /// Zeros between the input's elements: `dilation - 1` of them.
    public var inputDilation: [Int]
    public var kernelDilation: [Int]
    public var groups: Int
    public init(strides: [Int], low: [Int], high: [Int], inputDilation: [Int]? = nil, kernelDilation: [Int]? = nil, groups: Int = 1) {
        self.strides = strides
        self.low = low
        self.high = high
        self.inputDilation = inputDilation ?? strides.map { _ in 1 }
        self.kernelDilation = kernelDilation ?? strides.map { _ in 1 }
        self.groups = groups
    }
}

/// The geometry of a window, one entry for each axis of the operand.
public struct Window: Hashable, Sendable {
    public var sizes, strides, low, high, dilation: [Int]
    public init(sizes: [Int], strides: [Int], low: [Int]? = nil, high: [Int]? = nil, dilation: [Int]? = nil) {
        self.sizes = sizes
        self.strides = strides
        self.low = low ?? sizes.map { _ in 0 }
        self.high = high ?? sizes.map { _ in 0 }
        self.dilation = dilation ?? sizes.map { _ in 1 }
    }
}

/// A loop's body and counts. The body's parameters: carries, constants, one slice of each sequence; its outputs:
/// next carries (of the carries' types), then one slice of each stacked result.
public struct Scan: Hashable, Sendable {
    public var body: Graph
    public var carries, constants, sequences: Int
    public var length: Int
    /// From the last slice to the first; stacked results keep the slices' places.
    public var reverse: Bool
    public init(body: Graph, carries: Int, constants: Int, sequences: Int, length: Int, reverse: Bool = false) {
        self.body = body
        self.carries = carries
        self.constants = constants
        self.sequences = sequences
        self.length = length
        self.reverse = reverse
    }
}
