/// Saves the model while it is trained: after each epoch, or every so many steps; all of it, or the weights; always, or when a number got
/// better.
///
/// ```swift
/// let best = try ModelCheckpoint("best.keras", monitor: "val_loss", saveBestOnly: true)
/// let all = try ModelCheckpoint("epoch-{epoch:02d}-{val_loss:.3f}.weights.h5", saveWeightsOnly: true)
/// try model.fit(x, y, epochs: 10, callbacks: [best, all], validationSplit: 0.2)
/// ```
///
/// A file is replaced at once: an end of the program at any moment leaves the one before. Source: `keras.callbacks.ModelCheckpoint`.
public final class ModelCheckpoint: Callback {
    /// When the model is saved.
    public enum Frequency: ExpressibleByIntegerLiteral, Sendable, Hashable {
        case epoch
        /// After every so many steps.
        case steps(Int)

        public init(integerLiteral value: Int) { self = .steps(value) }
    }

    public let path: String
    public let saveBestOnly, saveWeightsOnly, isVerbose: Bool
    public let saveFrequency: Frequency
    /// The best value so far.
    public private(set) var best: Double?
    private var monitor: Monitor
    private var steps = 0, epoch = 0

    /// - Parameters:
    ///   - path: ends in `.keras` or `.h5`, with `saveWeightsOnly` in `.weights.h5`. `{epoch}` stands for the epoch's number, from 1, and
    ///     names of logs for their values, both with Python's formats: `{epoch:02d}`, `{val_loss:.2f}`.
    ///   - monitor: the name in the logs that says which is best.
    ///   - verbose: whether to say that something is saved.
    ///   - saveBestOnly: whether only a better model is saved.
    ///   - saveWeightsOnly: whether only weights are saved.
    ///   - mode: which way the number is better.
    ///   - saveFrequency: after each epoch, or every so many steps.
    ///   - initialValueThreshold: what has to be bettered first.
    /// - Throws: `KerasError.saving(.pathExtension)`; `.invalidSetting` for fewer than 1 step.
    public init(
        _ path: String, monitor: String = "val_loss", verbose: Bool = false, saveBestOnly: Bool = false, saveWeightsOnly: Bool = false,
        mode: MonitorMode = .auto, saveFrequency: Frequency = .epoch, initialValueThreshold: Double? = nil
    ) throws {
        let endings = saveWeightsOnly ? [".weights.h5"] : [ModelFile.ending] + LegacyModel.endings
        guard endings.contains(where: path.hasSuffix) else { throw KerasError.saving(.pathExtension(path: path, known: endings)) }
        if case .steps(let count) = saveFrequency, count < 1 {
            throw KerasError.invalidSetting(
                object: "ModelCheckpoint", argument: "saveFrequency", expected: "1 step or more", got: "\(count)")
        }
        self.path = path
        self.monitor = Monitor(monitor, mode, minDelta: 0)
        isVerbose = verbose
        self.saveBestOnly = saveBestOnly
        self.saveWeightsOnly = saveWeightsOnly
        self.saveFrequency = saveFrequency
        best = initialValueThreshold
    }

    override public func onEpochBegin(_ epoch: Int) { self.epoch = epoch }

    override public func onTrainBatchEnd(_ batch: Int, logs: Logs) throws {
        guard case .steps(let count) = saveFrequency else { return }
        steps += 1
        if steps.isMultiple(of: count) { try save(logs, after: "step \(batch + 1) of epoch \(epoch + 1)") }
    }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        if saveFrequency == .epoch { try save(logs, after: "epoch \(epoch + 1)") }
    }

    private func save(_ logs: Logs, after moment: String) throws {
        guard let model else { return }
        if saveBestOnly {
            try monitor.resolve(model, callback: "ModelCheckpoint")
            guard let current = logs[monitor.name] else {
                // Without the number nobody can say that this one is not the best.
                model.trainer.console.line(monitor.warning("ModelCheckpoint", logs) + " The model is saved.")
                return try write(model, logs, "\(moment)")
            }
            guard monitor.isImprovement(current, over: best) else { return }
            best = current
        }
        try write(model, logs, moment)
    }

    private func write(_ model: Model, _ logs: Logs, _ moment: String) throws {
        let target = try PathTemplate(path).filled(epoch: epoch + 1, logs)
        if let slash = target.lastIndex(of: "/"), slash > target.startIndex { try FileTools.makeFolder(String(target[..<slash])) }
        if saveWeightsOnly { try model.saveWeights(to: target) } else { try model.save(to: target) }
        if isVerbose { model.trainer.console.line("Saved \(target) after \(moment).") }
    }
}

/// A path with places for numbers, as Python's `str.format` fills them: `{epoch:02d}`, `{val_loss:.2f}`.
struct PathTemplate {
    private let text: String

    init(_ text: String) { self.text = text }

    /// - Throws: `KerasError.unknownName` for a name that is not among the logs; `.invalidSetting` for another format.
    func filled(epoch: Int, _ logs: Logs) throws -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0]), format = parts.count > 1 ? String(parts[1]) : ""
            result += try name == "epoch" ? Self.whole(epoch, format) : Self.real(value(name, logs), format)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private func value(_ name: String, _ logs: Logs) throws -> Double {
        guard let value = logs[name] else {
            throw KerasError.unknownName(kind: "number in the logs", name: name, known: ["epoch"] + logs.names)
        }
        return value
    }

    private static func whole(_ number: Int, _ format: String) throws -> String {
        if format.isEmpty || format == "d" { return String(number) }
        guard format.hasSuffix("d"), let width = Int(format.dropLast()), (0...100).contains(width) else { throw refused(format) }
        let digits = String(number)
        return String(repeating: format.hasPrefix("0") ? "0" : " ", count: max(0, width - digits.count)) + digits
    }

    private static func real(_ number: Double, _ format: String) throws -> String {
        if format.isEmpty { return "\(number)" }
        guard let kind = format.last, "fe".contains(kind), format.first == ".", let digits = Int(format.dropFirst().dropLast()),
            (0...100).contains(digits)
        else { throw refused(format) }
        return kind == "f" ? NumberText.fixed(number, digits: digits) : NumberText.scientific(number, digits: digits)
    }

    private static func refused(_ format: String) -> KerasError {
        .invalidSetting(
            object: "ModelCheckpoint", argument: "path", expected: "with formats such as {epoch:02d} and {loss:.2f}", got: "{…:\(format)}")
    }
}
