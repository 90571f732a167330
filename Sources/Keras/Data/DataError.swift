/// What can be wrong with files and data sets: a closed set of facts. Part of ``KerasError``.
public enum DataError: Hashable, Sendable {
    case cannotRead(path: String, reason: String)
    /// A gzip stream that ends early or is damaged.
    case damagedArchive(path: String, reason: String)
    case notIDX(path: String, reason: String)
    case truncated(path: String, expected: Int, got: Int)
    case extraBytes(path: String, expected: Int, got: Int)
    case checksum(path: String, expected: String, got: String)
    /// An archive that is not what its name says, or without a member that is needed.
    case notTar(path: String, reason: String)
    case missingMember(archive: String, member: String)
    /// A file of records that is not a whole number of them.
    case records(path: String, recordSize: Int, got: Int)
    case label(path: String, record: Int, classes: Int, got: Int)
    /// A published file that is not on this machine and could not be downloaded.
    case notDownloaded(what: String, path: String, address: String, reason: String, remedy: String)
    /// A picture that cannot be read or written.
    case picture(path: String, reason: String)
    /// An unpacked file that is not the published one, by its CRC-32.
    case contents(path: String, expected: String, got: String)
    /// Images and labels that do not belong together.
    case counts(images: String, imageCount: Int, labels: String, labelCount: Int)
    case missingFile(folder: String, file: String)
    /// Nowhere to be found, and the download failed.
    case unavailable(dataset: String, package: String?, searched: [String], reason: String)
    case dataset(operation: String, rule: String, got: String)
    /// Elements of a data set that cannot be stacked to a batch.
    case unevenElements(position: Int, expected: [Int], got: [Int])
    case elementStructure(expected: Int, got: Int)
    /// A file of arrays whose names are not those of a model's inputs or outputs; `short` is what a single one may be called too.
    case arrayNames(path: String, ArrayRole, model: String, expected: [String], short: String?, got: [String])
    /// An array of strings where numbers are asked for.
    case textArray(path: String, array: String)

    /// What a file of arrays is for.
    public enum ArrayRole: String, Hashable, Sendable {
        case input, output
    }
}

extension DataError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotRead(let path, let reason):
            "\(path) cannot be read: \(reason)."
        case .damagedArchive(let path, let reason):
            "\(path) is not a whole gzip file: \(reason).\nDelete it and fetch it again."
        case .notIDX(let path, let reason):
            "\(path) is not an IDX file as expected: \(reason)."
        case .truncated(let path, let expected, let got):
            "\(path) is truncated: it says it holds \(expected) bytes, and has \(got).\nDelete it and fetch it again."
        case .extraBytes(let path, let expected, let got):
            "\(path) has \(got) bytes where its header says \(expected).\nDelete it and fetch it again."
        case .checksum(let path, let expected, let got):
            "\(path) is not the published file: its \(expected.count == 32 ? "MD5" : "SHA-256") is \(got), not \(expected).\nDelete it and fetch it again."
        case .notTar(let path, let reason):
            "\(path) is not a tar archive as expected: \(reason).\nDelete it and fetch it again."
        case .missingMember(let archive, let member):
            "\(archive) has no member \(member)."
        case .records(let path, let recordSize, let got):
            "\(path) has \(got) bytes; it is to have records of \(recordSize)."
        case .label(let path, let record, let classes, let got):
            "\(path) has class \(got) in record \(record + 1); there are \(classes) classes, from 0."
        case .notDownloaded(let what, let path, let address, let reason, let remedy):
            "\(what): there is no \(path), and \(address) could not be downloaded: \(reason).\n\(remedy)"
        case .picture(let path, let reason):
            "\(path): \(reason)."
        case .contents(let path, let expected, let got):
            "\(path) is not the published file: its contents' CRC-32 is \(got), not \(expected).\nFetch it again, or give its folder to load what it has."
        case .counts(let images, let imageCount, let labels, let labelCount):
            "\(images) has \(imageCount) images, \(labels) has \(labelCount) labels."
        case .missingFile(let folder, let file):
            "\(folder) has no \(file)."
        case .unavailable(let dataset, let package, let searched, let reason):
            """
            \(dataset) is not on this machine (looked in \(searched.joined(separator: ", "))) and could not be downloaded: \(reason).
            Either give the folder of its four IDX files, load(from: "folder")\
            \(package.map { ", or install Debian's package: apt install \($0)" } ?? ", or copy them to \(searched.first ?? "the cache folder")").
            """
        case .dataset(let operation, let rule, let got):
            "\(operation) takes \(rule); it got \(got)."
        case .unevenElements(let position, let expected, let got):
            "A batch needs elements of one shape: the first is \(Shape(expected)), number \(position + 1) is \(Shape(got))."
        case .elementStructure(let expected, let got):
            "A batch needs elements of one structure: the first has \(expected) tensors, a later one \(got)."
        case .arrayNames(let path, let role, let model, let expected, let short, let got):
            Self.describe(path, role, model, expected, short, got)
        case .textArray(let path, let array):
            "\(path) has strings in its array \"\(array)\"; the model takes numbers."
        }
    }

    private static func describe(
        _ path: String, _ role: ArrayRole, _ model: String, _ expected: [String], _ short: String?, _ got: [String]
    ) -> String {
        let unknown = got.filter { !expected.contains($0) }
        let suggestions = unknown.map { DidYouMean.suggestion(for: $0, among: expected.filter { !got.contains($0) }) }
        let missing = expected.filter { !got.contains($0) && !suggestions.contains($0) }
        var faults: [String] = []
        if !unknown.isEmpty {
            let names = zip(unknown, suggestions).map { name, near in "\"\(name)\"" + (near.map { " (did you mean \"\($0)\"?)" } ?? "") }
            faults.append("names \(names.joined(separator: ", "))")
        }
        if !missing.isEmpty, short == nil || got.isEmpty { faults.append("lacks \(quotedList(missing))") }
        let known = "the \(role)\(expected.count == 1 ? "" : "s") of model \"\(model)\" \(expected.count == 1 ? "is" : "are") \(quotedList(expected))"
        return "\(path) \(faults.joined(separator: " and ")); \(known)\(short.map { ", or \"\($0)\" for short" } ?? "")."
    }
}
