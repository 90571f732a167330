import HDF5

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes training go on where it was when the program ended: keeps the state in a folder, and takes it up when `fit` begins again.
///
/// ```swift
/// // Ended during epoch 4 and started again, this runs epochs 4 to 10.
/// try model.fit(x, y, epochs: 10, callbacks: [try BackupAndRestore("backup")])
/// ```
///
/// What is kept after an epoch is all that training depends on: the run ends as if it had never been broken off. After steps, the epoch
/// begins anew from the weights of the latest backup. The folder is for one run. Source: `keras.callbacks.BackupAndRestore`.
public final class BackupAndRestore: Callback {
    public let folder: String
    public let saveFrequency: ModelCheckpoint.Frequency
    public let doubleCheckpoint, deleteCheckpoint: Bool
    private var epoch = 0, steps = 0

    /// - Parameters:
    ///   - folder: where the state is kept; made if need be.
    ///   - saveFrequency: after each epoch, or every so many steps.
    ///   - doubleCheckpoint: whether the backup before is kept too, for when the latest cannot be read.
    ///   - deleteCheckpoint: whether the backup is removed when the run is done.
    /// - Throws: `KerasError.invalidSetting` for an empty folder or fewer than 1 step.
    public init(
        _ folder: String, saveFrequency: ModelCheckpoint.Frequency = .epoch, doubleCheckpoint: Bool = false, deleteCheckpoint: Bool = true
    ) throws {
        if folder.isEmpty {
            throw KerasError.invalidSetting(object: "BackupAndRestore", argument: "folder", expected: "a path", got: "\"\"")
        }
        if case .steps(let count) = saveFrequency, count < 1 {
            throw KerasError.invalidSetting(
                object: "BackupAndRestore", argument: "saveFrequency", expected: "1 step or more", got: "\(count)")
        }
        self.folder = folder
        self.saveFrequency = saveFrequency
        self.doubleCheckpoint = doubleCheckpoint
        self.deleteCheckpoint = deleteCheckpoint
    }

    private var latest: String { "\(folder)/latest.weights.h5" }
    private var previous: String { "\(folder)/previous.weights.h5" }
    private static let epochNote = "epoch"

    override public func onTrainBegin() throws {
        (epoch, steps) = (0, 0)
        guard let model else { return }
        let files = [latest, previous].filter(FileTools.exists)
        for (index, file) in files.enumerated() {
            do {
                return try restore(model, file)
            } catch {
                // The one before may be whole.
                if index == files.count - 1 { throw error }
            }
        }
    }

    private func restore(_ model: Model, _ file: String) throws {
        let next = try KerasError.reading { try HDF5File(reading: file).root.attributes.numbers(Self.epochNote, of: Int64.self) }
        try model.loadWeights(from: file)
        epoch = next.first.map { Int(clamping: $0) } ?? 0
        model.trainer.restoredEpoch = epoch
    }

    override public func onEpochBegin(_ epoch: Int) { self.epoch = epoch }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        self.epoch = epoch + 1
        if saveFrequency == .epoch { try save() }
    }

    override public func onTrainBatchEnd(_ batch: Int, logs: Logs) throws {
        guard case .steps(let count) = saveFrequency else { return }
        steps += 1
        if steps.isMultiple(of: count) { try save() }
    }

    private func save() throws {
        guard let model else { return }
        try FileTools.makeFolder(folder)
        if doubleCheckpoint, FileTools.exists(latest), rename(latest, previous) != 0 {
            throw KerasError.saving(.archive(.cannotWrite(file: previous, reason: String(cString: strerror(errno)))))
        }
        try model.write(StateWalk.states(of: model), to: latest) { file in
            try file.root.attributes.set(Self.epochNote, to: [Int64(self.epoch)], shape: [])
        }
    }

    override public func onTrainEnd(logs: Logs) throws {
        // Ctrl-C ends a run that is to go on some time.
        guard deleteCheckpoint, model?.trainer.isInterrupted() != true else { return }
        unlink(latest)
        unlink(previous)
        rmdir(folder)
    }
}
