import Synchronization

/// What the model of a file takes, counted while its config is turned into layers: the policy's other half.
final class LoadBudget: Sendable {
    /// Of the model that is being made; nil: none is made from a config.
    @TaskLocal static var current: LoadBudget?

    private let file: String
    private let limits: LoadLimits
    /// Whether weights get their values from the file: what initializers would have to compute at once is left out.
    let hasWeights: Bool
    private let taken = Mutex((layers: 0, weightBytes: 0))

    init(file: String, limits: LoadLimits, hasWeights: Bool) {
        self.file = file
        self.limits = limits
        self.hasWeights = hasWeights
    }

    func addLayer() throws {
        let count = taken.withLock { taken in
            taken.layers += 1
            return taken.layers
        }
        try limits.check(.layers, count, \.layers, file)
    }

    /// - Parameter type: one whose sizes are known to be in range.
    func addWeight(_ type: TensorType) throws {
        try limits.check(.elements, type.elementCount, \.elements, file)
        let bytes = taken.withLock { taken in
            let (sum, overflow) = taken.weightBytes.addingReportingOverflow(type.byteCount)
            taken.weightBytes = overflow ? .max : sum
            return taken.weightBytes
        }
        try limits.check(.weightBytes, bytes, \.weightBytes, file)
    }

    /// Initial values that are computed while the layer is built take memory and time then; this many at most.
    private static let eagerElements = 1 << 24

    func checkEager(_ elements: Int) throws {
        if elements > Self.eagerElements {
            throw KerasError.saving(.limit(file: file, .eagerElements, atMost: Self.eagerElements, got: elements))
        }
    }
}
