/// A file that somebody published: in Keras' cache, or fetched once, and checked each time.
struct PublishedFile {
    /// What it is, for messages: "VGG19's weights".
    let what: String
    let name: String
    /// The folder in Keras' cache: "models".
    let folder: String
    let address: String
    let checksum: Checksum
    /// What a person can do who has no network.
    let remedy: String
    /// Keras' folder; tests have their own.
    var home = FileTools.kerasHome

    var path: String { "\(home)/\(folder)/\(name)" }

    /// The path of the file, which is there and is the published one.
    ///
    /// - Throws: `KerasError.data`: `.checksum` for another file; `.notDownloaded`.
    func fetched() throws -> String {
        if FileTools.exists(path) {
            try checksum.check(path)
            return path
        }
        try FileTools.makeFolder("\(home)/\(folder)")
        if let reason = try Download.fetch(address, to: path, checksum: checksum) {
            throw KerasError.data(.notDownloaded(what: what, path: path, address: address, reason: reason, remedy: remedy))
        }
        return path
    }
}
