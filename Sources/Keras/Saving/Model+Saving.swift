extension Model {
    /// Writes the whole model into one file: architecture, weights, compile settings, and what training goes on from.
    ///
    /// ```swift
    /// try model.save(to: "model.keras")
    /// let restored = try loadModel("model.keras")
    /// ```
    ///
    /// `.keras` is Keras' own form; `.h5` (or `.hdf5`) the one before it. Python Keras loads both. Whoever looks at the path finds the old
    /// file or the new one, whole. Source: `keras.Model.save`.
    ///
    /// - Parameter includeOptimizer: whether compile settings and optimizer state go into the file.
    /// - Throws: `KerasError.saving` for another ending, a file that cannot be written, a loss or metric that is a function.
    public func save(to path: String, includeOptimizer: Bool = true) throws {
        try Model.checkEnding(path)
        if path.hasSuffix(ModelFile.ending) {
            try ModelFile.write(self, to: path, includeOptimizer: includeOptimizer)
        } else {
            try LegacyModel.write(self, to: path, includeOptimizer: includeOptimizer)
        }
    }

    /// Whether a model can be saved to a path, before the work that trains it.
    ///
    /// - Throws: `KerasError.saving`.
    package static func checkSaving(to path: String) throws {
        try checkEnding(path)
        try OutputFile.check(path)
    }

    fileprivate static func checkEnding(_ path: String) throws {
        let known = [ModelFile.ending] + LegacyModel.endings
        guard known.contains(where: path.hasSuffix) else { throw KerasError.saving(.pathExtension(path: path, known: known)) }
    }
}

/// Makes a model from a file that ``Model/save(to:includeOptimizer:)`` or Python Keras wrote: architecture, weights, compile settings,
/// and optimizer state. `evaluate` and `fit` go on from there.
///
/// ```swift
/// let model = try loadModel("model.keras", customObjects: [CustomDense.self])
/// ```
///
/// Loading runs nothing that a file brings. All classes that are not known are named in one error. What was loaded is in
/// ``Model/loadReport``. Source: `keras.models.load_model`.
///
/// - Parameters:
///   - path: a `.keras`, `.h5` or `.hdf5` file. A `.weights.h5` file holds no model: see
///     ``Model/loadWeights(from:skipMismatch:byName:limits:)``.
///   - customObjects: classes that are neither Keras' nor registered.
///   - compile: whether the compile settings are restored.
///   - safeMode: Python code in a file (that of a `Lambda`) is not run in any case. If this is false, a layer that has some takes the
///     Swift function that is registered under the layer's name in its place.
///   - skipMismatch: whether weights that the file has not, or in another shape, are left as they are initialised.
///   - limits: how much is taken.
/// - Throws: `KerasError.saving` for a file that cannot be read or has other weights than its model; what the layers throw.
public func loadModel(
    _ path: String, customObjects: [any KerasSerializable.Type] = [], compile: Bool = true, safeMode: Bool = true,
    skipMismatch: Bool = false, limits: LoadLimits = LoadLimits()
) throws -> Model {
    try CustomObjects.with(customObjects) {
        try SafeMode.$isOn.withValue(safeMode) {
            if path.hasSuffix(ModelFile.ending) {
                return try ModelFile.read(path, compile: compile, skipMismatch: skipMismatch, limits: limits)
            }
            try Model.checkEnding(path)
            return try LegacyModel.read(path, compile: compile, skipMismatch: skipMismatch, limits: limits)
        }
    }
}

/// Whether files' Python code may be replaced by Swift functions of the layers' names.
enum SafeMode {
    @TaskLocal static var isOn = true
}
