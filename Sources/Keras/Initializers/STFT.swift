/// Which part of a Fourier transform ``Initializer/stft(side:window:scaling:periodic:)`` makes kernels for.
public enum STFTSide: String, CaseIterable, Sendable {
    case real
    case imaginary = "imag"
}

/// What ``Initializer/stft(side:window:scaling:periodic:)`` divides by.
public enum STFTScaling: String, CaseIterable, Sendable {
    /// The root of the sum of the window's squares.
    case density
    /// The sum of the window's absolute values.
    case spectrum
}

/// How ``Initializer/stft(side:window:scaling:periodic:)`` weighs the steps of a frame.
public enum STFTWindow: Hashable, Sendable {
    /// A window function.
    case function(WindowFunction)
    /// The weights themselves, as many as the frame has steps.
    case weights([Double])

    /// The cosine window `(1 - cos) / 2`.
    public static let hann = STFTWindow.function(.hann)
}

extension Initializer {
    /// The kernel of a convolution that computes a short-time Fourier transform: `window · cos(2πtk / N)`, or `-sin` for the imaginary
    /// part.
    ///
    /// For weights `[steps, 1, N / 2 + 1]`. Keras: `keras.initializers.STFT`.
    ///
    /// - Parameters:
    ///   - window: how the steps are weighed; `nil`: all the same, and nothing is scaled.
    ///   - scaling: what the window is divided by; `nil`: nothing.
    ///   - periodic: whether the window is one period of an endless one, rather than symmetric.
    public static func stft(
        side: STFTSide = .real, window: STFTWindow? = .hann, scaling: STFTScaling? = .density, periodic: Bool = false
    ) -> Initializer {
        let windowValue: ConfigValue =
            switch window {
            case nil: .null
            case .function(let function): .string(function.rawValue)
            case .weights(let weights): weights.configValue
            }
        let config: Config = [
            "side": .string(side.rawValue), "window": windowValue, "periodic": .bool(periodic),
            "scaling": scaling.map { .string($0.rawValue) } ?? .null,
        ]
        return Initializer(builtin: "STFT", config) { shape, dtype in
            func wrong(_ argument: String, _ expected: String, _ got: Any) -> KerasError {
                .invalidSetting(object: "The STFT initializer", argument: argument, expected: expected, got: "\(got)")
            }
            guard shape.count == 3 else { throw wrong("the weight's shape", "[steps, 1, frequencies]", shape) }
            guard dtype.isFloatingPoint else { throw wrong("the weight's type", "a floating-point type", dtype) }
            let (steps, frequencies) = (shape[0], shape[2])
            let pi = try ops.arccos(ops.full([], -1, dtype: dtype))
            let frequency = try ops.arange(frequencies).cast(to: dtype).reshaped([1, 1, frequencies]) / Double((frequencies - 1) * 2)
            let time = try ops.arange(steps).cast(to: dtype).reshaped([steps, 1, 1])
            let angle = try time * -2 * frequency * pi
            let wave = try side == .real ? ops.cos(angle) : ops.sin(angle)
            guard let window else { return try ops.broadcastTo(wave, shape) }
            let weights: [Double]
            switch window {
            case .function(let function): weights = function.values(steps, periodic: periodic)
            case .weights(let given): weights = given
            }
            guard weights.count == steps else { throw wrong("window", "\(steps) weights, one for each step", weights.count) }
            let factors = try Tensor(weights, shape: [steps, 1, 1], dtype: dtype)
            var kernel = try wave * factors
            switch scaling {
            case nil: break
            case .density: kernel = try kernel / ops.sqrt(ops.sum(ops.square(factors)))
            case .spectrum: kernel = try kernel / ops.sum(ops.abs(factors))
            }
            return try ops.broadcastTo(kernel, shape)
        }
    }

    static func stft(_ config: Config) throws -> Initializer {
        func known<Case: RawRepresentable & CaseIterable>(_ key: String, _ name: String) throws -> Case where Case.RawValue == String {
            guard let value = Case(rawValue: name) else {
                throw KerasError.unknownName(kind: "\(key) of STFT", name: name, known: Case.allCases.map(\.rawValue))
            }
            return value
        }
        let window: STFTWindow? =
            switch config["window"] {
            case .null?: nil
            case .list?: .weights(try config.value("window"))
            case nil: .hann
            default: .function(try known("window", config.string("window")))
            }
        var scaling: STFTScaling? = .density
        if config["scaling"] != nil { scaling = try config.value("scaling", as: String?.self).map { try known("scaling", $0) } }
        return .stft(
            side: try known("side", config.value("side", default: STFTSide.real.rawValue)), window: window, scaling: scaling,
            periodic: try config.value("periodic", default: false))
    }
}
