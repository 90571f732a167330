import CPUEngine
import Graph

/// A small generator of repeatable numbers (SplitMix64).
struct Numbers {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9e37_79b9_7f4a_7c15 }

    mutating func bits() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// From 0 up to `bound`.
    mutating func below(_ bound: Int) -> Int { Int(bits() % UInt64(max(bound, 1))) }
    mutating func unit() -> Double { Double(bits() >> 11) * 0x1p-53 }
    mutating func flip() -> Bool { bits() & 1 == 1 }
    mutating func pick<T>(_ from: [T]) -> T { from[below(from.count)] }
}

/// A tensor on the host.
struct HostTensor: Equatable {
    var type: TensorType
    var bytes: [UInt8]

    init(type: TensorType, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }

    init(_ shape: [Int], _ dtype: DType, _ number: (Int) -> Double) {
        type = TensorType(shape, dtype)
        bytes = (0..<type.elementCount).flatMap { dtype.bytes(of: number($0)) }
    }

    init(_ floats: [Float]) { self.init([floats.count], .float32) { Double(floats[$0]) } }

    /// What a buffer holds: nothing if it cannot be read.
    init(_ buffer: any Buffer) {
        type = buffer.type
        bytes = (try? buffer.withUnsafeBytes { Array($0) }) ?? []
    }

    var doubles: [Double] {
        let width = type.dtype.byteCount
        return (0..<type.elementCount).map { type.dtype.double(from: bytes[($0 * width)..<(($0 + 1) * width)]) }
    }

    func buffer(on engine: CPUEngine = .shared) throws -> any Buffer {
        try bytes.withUnsafeBytes { try engine.makeBuffer(type, copying: $0) }
    }
}

/// Compiles `outputs` of `parameters`.
func compile(_ outputs: [Value], _ parameters: [Value], aliases: [Int: Int] = [:], engine: CPUEngine = .shared) throws -> any Executable {
    try engine.compile(Graph.capture(outputs, parameters: parameters).graph, options: CompileOptions(aliases: aliases))
}

func evaluate(_ outputs: [Value], _ parameters: [Value], _ inputs: [HostTensor], engine: CPUEngine = .shared) throws -> [HostTensor] {
    try compile(outputs, parameters, engine: engine).run(inputs.map { try $0.buffer(on: engine) }).map { HostTensor($0) }
}

/// The graph of a training step's kinds of work: products, a convolution, sums of many elements, softmax, updates.
struct Workload {
    let parameters: [Value]
    let outputs: [Value]
    let inputs: [HostTensor]

    init(batch: Int = 67, features: Int = 129, units: Int = 65) throws {
        var numbers = Numbers(seed: 3)
        var parameters: [Value] = [], inputs: [HostTensor] = []
        func parameter(_ shape: [Int], _ dtype: DType = .float32, _ number: (inout Numbers) -> Double = { $0.unit() * 2 - 1 }) -> Value {
            let value = Value.placeholder(TensorType(shape, dtype))
            parameters.append(value)
            inputs.append(HostTensor(shape, dtype) { _ in number(&numbers) })
            return value
        }
        let x = parameter([batch, features]), w1 = parameter([features, units]), b1 = parameter([units]), w2 = parameter([units, 11])
        let labels = parameter([batch], .int32) { Double($0.below(11)) }
        let h = try Value.make(.binary(.maximum), x.matmul(w1) + b1.broadcastTrailing([batch, units]), .zeros(TensorType([batch, units], .float32)))
        let logits = try h.matmul(w2)
        let loss = try Value.make(.composite(.sparseCrossEntropy), logits, labels).sum() / Double(batch)
        let gradients = try vectorJacobian(of: [loss], cotangents: [.ones(like: loss)], withRespectTo: [w1, b1, w2])
        let updates = try zip([w1, b1, w2], gradients).map { try $0 - ($1 ?? .zeros(like: $0)) * 0.1 }

        let images = parameter([5, 14, 13, 6]), kernel = parameter([3, 3, 6, 8])
        let convolved = try Value.make(.convolution(Convolution(strides: [1, 1], low: [1, 1], high: [1, 1])), images, kernel)
        let convolvedGradients = try vectorJacobian(of: [convolved], cotangents: [convolved], withRespectTo: [images, kernel])
        let long = parameter([3, 40_001])
        let sums = try long.sum(axes: [1]), total = try (long.squared()).sum(), columns = try long.sum(axes: [0])
        let normal = try Value.makeAll(.composite(.layerNormalization(axes: 1, epsilon: 1e-3)), [x, parameter([features]), parameter([features])])
        self.parameters = parameters
        self.inputs = inputs
        outputs = [loss] + updates + [convolved] + convolvedGradients.compactMap { $0 } + [sums, total, columns] + normal
    }
}
