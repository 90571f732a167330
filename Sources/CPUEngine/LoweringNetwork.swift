import CPUKernels
import Graph

/// Owns a kernel's plan on the C side.
///
/// `@unchecked Sendable`: the C side's plans are immutable (ck_dnn.h).
private final class PlanHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let destroy: (OpaquePointer) -> Void

    init(_ pointer: OpaquePointer?, what: @autoclosure () -> String, destroy: @escaping (OpaquePointer) -> Void) throws {
        guard let pointer else { throw GraphError.engine("\(what()) cannot be planned: \(String(cString: ck_last_error()))") }
        self.pointer = pointer
        self.destroy = destroy
    }

    deinit { destroy(pointer) }
}

/// Matrix products, convolutions, normalisations, softmax.
extension Lowering {
    mutating func lowerMatmul(_ site: KernelSite, transposeA: Bool, transposeB: Bool) throws {
        let (a, b) = (site.operand(0), site.operand(1))
        let shape = site.result.shape
        let rank = shape.count
        let inner = transposeA ? a.shape[rank - 2] : a.shape[rank - 1]
        let batch = shape[..<(rank - 2)].reduce(1, *)
        guard site.result.elementCount > 0 else { return }

        var config = ck_matmul_config()
        config.dtype = site.result.dtype.ck
        config.batch = Int64(batch)
        config.m = Int64(shape[rank - 2])
        config.n = Int64(shape[rank - 1])
        config.k = Int64(inner)
        config.transpose_a = transposeA
        config.transpose_b = transposeB
        config.bias = site.epilogue != nil
        config.activation = Int32(site.epilogue?.relu == true ? CK_ACTIVATION_RELU : CK_ACTIVATION_NONE)
        config.threads = threads(for: Double(site.result.elementCount) * Double(inner) * 0.02)
        config.deterministic = settings.deterministic
        let plan = try PlanHandle(ck_matmul_create(&config), what: "A matrix product \(a) · \(b)", destroy: ck_matmul_destroy)
        let (first, second, out, bias) = (site.slot(0), site.slot(1), site.out, site.epilogue?.biasSlot)
        emit { frame in
            try check(ck_matmul_run(plan.pointer, frame[first], frame[second], bias.map { UnsafeRawPointer(frame[$0]) }, frame[out]))
        }
    }

    /// `input`, `kernel`, `output`: the forward convolution's shapes.
    mutating func lowerConvolution(
        _ site: KernelSite, kind: Int, _ geometry: Convolution, input: [Int], kernel: [Int], output: [Int]
    ) throws {
        let spatial = geometry.strides.count
        guard site.result.elementCount > 0 else { return }
        guard (1...Int(CK_CONV_MAX_SPATIAL)).contains(spatial) else {
            throw GraphError.attribute(operation: site.primitive.name, detail: "it has \(spatial) spatial axes; 1 to 3 can be computed")
        }
        var config = ck_conv_config()
        config.kind = Int32(kind)
        config.dtype = site.result.dtype.ck
        config.spatial = Int32(spatial)
        config.batch = Int64(input[0])
        config.channels = Int64(input[spatial + 1])
        config.filters = Int64(output[spatial + 1])
        config.groups = Int64(geometry.groups)
        config.input = triple(Array(input[1...spatial]))
        config.kernel = triple(Array(kernel[..<spatial]))
        config.output = triple(Array(output[1...spatial]))
        config.stride = triple(geometry.strides)
        config.low = triple(geometry.low, fill: 0)
        config.high = triple(geometry.high, fill: 0)
        config.input_dilation = triple(geometry.inputDilation)
        config.kernel_dilation = triple(geometry.kernelDilation)
        config.bias = site.epilogue != nil
        config.activation = Int32(site.epilogue?.relu == true ? CK_ACTIVATION_RELU : CK_ACTIVATION_NONE)
        let products = Double(output.reduce(1, *)) * Double(kernel.dropLast().reduce(1, *))
        config.threads = threads(for: products * 0.02)
        config.deterministic = settings.deterministic
        let plan = try PlanHandle(ck_conv_create(&config), what: "A convolution of \(input) by \(kernel)", destroy: ck_conv_destroy)
        origin.note = String(cString: ck_conv_path(plan.pointer))
        let (first, second, out, bias) = (site.slot(0), site.slot(1), site.out, site.epilogue?.biasSlot)
        emit { frame in
            try check(ck_conv_run(plan.pointer, frame[first], frame[second], bias.map { UnsafeRawPointer(frame[$0]) }, frame[out]))
        }
    }

    mutating func lowerComposite(_ site: KernelSite, _ composite: Composite) throws {
        let type = site.operand(0)
        let dtype = type.dtype.ck
        let cost = Self.cost(bytes: type.byteCount) * 10
        let (a, out) = (site.operandSlots[0], site.out)
        let slots = site.operandSlots
        let results = site.resultSlots
        switch composite {
        case .softmax(let axis), .logSoftmax(let axis):
            var log = false
            if case .logSoftmax = composite { log = true }
            let (outer, n, inner) = type.split(at: axis)
            let threads = threads(for: cost)
            emit { [log] frame in try check(ck_softmax(dtype, log, outer, n, inner, frame[a], frame[out], threads)) }
        case .sparseCrossEntropy:
            let (rows, classes) = type.rows(trailing: 1)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_sparse_cross_entropy(dtype, rows, classes, frame[a], frame[slots[1]].assumingMemoryBound(to: Int32.self), frame[out], threads))
            }
        case .sparseCrossEntropyGradient:
            let (rows, classes) = type.rows(trailing: 1)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_sparse_cross_entropy_gradient(
                    dtype, rows, classes, frame[a], frame[slots[1]].assumingMemoryBound(to: Int32.self), frame[slots[2]], frame[out], threads))
            }
        case .softmaxCrossEntropy:
            let (rows, classes) = type.rows(trailing: 1)
            let threads = threads(for: cost)
            emit { frame in try check(ck_softmax_cross_entropy(dtype, rows, classes, frame[a], frame[slots[1]], frame[out], threads)) }
        case .layerNormalization(let axes, let epsilon):
            let (rows, n) = type.rows(trailing: axes)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_layer_norm(
                    dtype, rows, n, epsilon, frame[a], frame[slots[1]], frame[slots[2]], frame[results[0]], frame[results[1]],
                    frame[results[2]], threads))
            }
        case .layerNormalizationGradient(let axes):
            let (rows, n) = type.rows(trailing: axes)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_layer_norm_gradient(
                    dtype, rows, n, frame[a], frame[slots[1]], frame[slots[2]], frame[slots[3]], frame[slots[4]], frame[results[0]],
                    frame[results[1]], frame[results[2]], threads))
            }
        case .batchNormalization(let epsilon):
            let (rows, channels) = type.rows(trailing: 1)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_batch_norm(
                    dtype, rows, channels, epsilon, frame[a], frame[slots[1]], frame[slots[2]], frame[results[0]], frame[results[1]],
                    frame[results[2]], threads))
            }
        case .batchNormalizationGradient(let epsilon):
            let (rows, channels) = type.rows(trailing: 1)
            let threads = threads(for: cost)
            emit { frame in
                try check(ck_batch_norm_gradient(
                    dtype, rows, channels, epsilon, frame[a], frame[slots[1]], frame[slots[2]], frame[slots[3]], frame[slots[4]],
                    frame[results[0]], frame[results[1]], frame[results[2]], threads))
            }
        case .convolutionInputGradient(let geometry, _):
            let output = site.operand(1).shape
            try lowerConvolution(
                site, kind: CK_CONV_INPUT_GRADIENT, geometry, input: site.result.shape, kernel: site.operand(0).shape, output: output)
        case .convolutionKernelGradient(let geometry, _):
            try lowerConvolution(
                site, kind: CK_CONV_KERNEL_GRADIENT, geometry, input: type.shape, kernel: site.result.shape, output: site.operand(1).shape)
        case .lstm, .lstmGradient:
            guard type.dtype == .float32 else { return try lowerDecomposition(site, composite) }
            lowerLSTM(site, composite)
        case .gelu, .geluGradient, .gru:
            preconditionFailure("\(composite.name) is decomposed before planning")
        }
    }
}

extension Lowering {
    private mutating func lowerLSTM(_ site: KernelSite, _ composite: Composite) {
        let (slots, results) = (site.operandSlots, site.resultSlots)
        let gates = site.operand(composite.isGradient ? 2 : 0).shape
        let (batch, time, units) = (Int64(gates[0]), Int64(gates[1]), Int64(gates[2] / 4))
        let threads = threads(for: Double(batch * time * units * units) * 0.1)
        @Sendable func read(_ frame: Frame, _ index: Int) -> UnsafePointer<Float> { UnsafePointer(frame[slots[index]].assumingMemoryBound(to: Float.self)) }
        @Sendable func written(_ frame: Frame, _ index: Int) -> UnsafeMutablePointer<Float>? {
            results[index] < 0 ? nil : frame[results[index]].assumingMemoryBound(to: Float.self)
        }
        switch composite {
        case .lstm(let reverse):
            emit { frame in
                try check(ck_lstm(
                    batch, time, units, reverse, read(frame, 0), read(frame, 1), read(frame, 2), read(frame, 3), written(frame, 0),
                    written(frame, 1), written(frame, 2), written(frame, 3), written(frame, 4), threads))
            }
        case .lstmGradient(let reverse):
            emit { frame in
                try check(ck_lstm_gradient(
                    batch, time, units, reverse, read(frame, 0), read(frame, 1), read(frame, 2), read(frame, 3), read(frame, 4),
                    read(frame, 5), read(frame, 6), written(frame, 0), written(frame, 1), written(frame, 2), threads))
            }
        default:
            preconditionFailure("\(composite.name) is not recurrent")
        }
    }
}

extension Composite {
    fileprivate var isGradient: Bool { if case .lstmGradient = self { true } else { false } }
}

/// Turns a kernel's error number into an error: want of memory, most likely.
@inline(__always)
func check(_ status: Int32) throws {
    guard status == CK_OK else { throw GraphError.engine("A kernel failed: \(String(cString: ck_last_error())).") }
}

private func triple(_ values: [Int], fill: Int64 = 1) -> (Int64, Int64, Int64) {
    func at(_ index: Int) -> Int64 { index < values.count ? Int64(values[index]) : fill }
    return (at(0), at(1), at(2))
}

extension TensorType {
    /// The sizes before, at and after an axis.
    func split(at axis: Int) -> (outer: Int64, n: Int64, inner: Int64) {
        (Int64(shape[..<axis].reduce(1, *)), Int64(shape[axis]), Int64(shape[(axis + 1)...].reduce(1, *)))
    }

    /// The sizes before and within the last `trailing` axes.
    func rows(trailing: Int) -> (rows: Int64, n: Int64) {
        (Int64(shape[..<(rank - trailing)].reduce(1, *)), Int64(shape[(rank - trailing)...].reduce(1, *)))
    }
}
