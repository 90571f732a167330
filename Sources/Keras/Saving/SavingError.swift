import Archive
import HDF5

/// What can be wrong with files of weights: a closed set of facts. Part of ``KerasError``.
public enum SavingError: Hashable, Sendable {
    /// Something in the file itself.
    case hdf5(HDF5Error)
    /// A file of another kind.
    case noWeights(file: String, missing: String, known: [String])
    /// The model and the file have different numbers of layers with weights.
    case layerCount(file: String, model: String, expected: [String], got: [String])
    /// A layer and what the file has for it have different numbers of weights; `group` is the file's name for the layer.
    case weightCount(file: String, layer: String, group: String, expected: [String], got: [String])
    case weightShape(file: String, layer: String, weight: String, expected: [Int], got: [Int])
    /// Elements that no weight can have.
    case weightType(file: String, weight: String, type: String)

    // MARK: Files of Keras 3

    /// Something in the archive itself.
    case archive(ArchiveError)
    /// More than the ``LoadLimits`` take.
    case limit(file: String, LoadLimit, atMost: Int, got: Int)
    /// A model and a file that do not have the same weights.
    case incomplete(LoadReport, model: String)
    /// A path whose ending says nothing that is known.
    case pathExtension(path: String, known: [String])
    /// A model whose weights do not exist yet.
    case notBuilt(model: String, layers: [String])
    /// A config that is not a model's.
    case notModel(file: String, className: String)
    /// A file of weights where a model is asked for.
    case weightsOnly(file: String)
    /// An index of shards that names something other than a file beside it.
    case shard(file: String, name: String)
    /// One weight that is larger than a shard may be.
    case shardSize(weight: String, bytes: Int, atMost: Int)
    /// An optimizer, loss or metric that cannot be written.
    case notSavable(object: String, reason: String)
}

extension SavingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .hdf5(let error):
            "\(error)"
        case .noWeights(let file, let missing, let known):
            "\(file) has no weights of layers: there is no \(missing)\(known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))")."
        case .layerCount(let file, let model, let expected, let got):
            """
            Model "\(model)" has \(expected.count) layers with weights, \(file) has \(got.count).
            The model has \(Self.list(expected)); the file has \(Self.list(got)).
            """
        case .weightCount(let file, let layer, let group, let expected, let got):
            """
            \(layer) has \(expected.count) weights, \(file) has \(got.count) for it (as "\(group)").
            The layer has \(Self.list(expected)); the file has \(Self.list(got)).
            """
        case .weightShape(let file, let layer, let weight, let expected, let got):
            "\(layer) has a weight \"\(weight)\" of shape \(Shape(expected)); \(file) has \(Shape(got)) for it."
        case .weightType(let file, let weight, let type):
            "\(file) has \(type) for \"\(weight)\", which are no numbers."
        case .archive(let error):
            "\(error)"
        case .limit(let file, let what, let most, let got):
            "\(file) has \(got) \(what); at most \(most) are taken. See LoadLimits."
        case .incomplete(let report, let model):
            "\(report.file) and Model \"\(model)\" do not have the same weights: \(report)"
        case .pathExtension(let path, let known):
            "\"\(path)\" is to end in \(known.dropLast().joined(separator: ", "))\(known.count > 1 ? " or " : "")\(known.last ?? "")."
        case .notBuilt(let model, let layers):
            """
            Model "\(model)" has layers without weights yet: \(Self.list(layers)).
            Call it on data, or build(for:), first.
            """
        case .notModel(let file, let className):
            "\(file) holds a \(className), not a model."
        case .weightsOnly(let file):
            "\(file) holds weights only.\nGive the file of the model that they are for as the architecture."
        case .shard(let file, let name):
            "\(file) names \"\(name)\", which is no file of weights beside it."
        case .shardSize(let weight, let bytes, let most):
            "\(weight) takes \(bytes) bytes, more than a shard may have (\(most)). Give a larger maxShardSize."
        case .notSavable(let object, let reason):
            "\(object) cannot be saved: \(reason)."
        }
    }

    private static func list(_ names: [String]) -> String {
        if names.isEmpty { return "none" }
        let shown = names.count > 40 ? Array(names.prefix(37)) + ["…", names[names.count - 1]] : names
        return shown.joined(separator: ", ")
    }
}

extension KerasError {
    /// Runs `body`, with the file's own errors as Keras'.
    static func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as HDF5Error {
            throw KerasError.saving(.hdf5(error))
        } catch let error as ArchiveError {
            throw KerasError.saving(.archive(error))
        }
    }
}
