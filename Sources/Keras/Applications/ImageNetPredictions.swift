/// A class that a model for ImageNet sees in an image.
public struct ImageNetPrediction: Hashable, Sendable {
    /// WordNet's name of the class: `n02123045`.
    public let className: String
    /// The class in words: `tabby`.
    public let classDescription: String
    /// What the model gives for it.
    public let score: Float
}

/// ImageNet's thousand classes: their WordNet names and words.
struct ImageNetClasses {
    static let count = 1000
    private let entries: [(name: String, description: String)]

    /// As Keras publishes them.
    static var published: PublishedFile {
        PublishedFile(
            what: "ImageNet's class names", name: "imagenet_class_index.json", folder: "models",
            address: "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json",
            checksum: .md5("c2c37ea517e94d9795004a39431a14cb"),
            remedy: "Copy the file there, or give its place: decodePredictions(…, classIndex: \"imagenet_class_index.json\").")
    }

    /// - Parameter path: a JSON object of class numbers, each with WordNet's name and a description.
    /// - Throws: `KerasError.data`, `.invalidConfig`, `.missingConfigKey`.
    init(_ path: String) throws {
        let bytes = try FileTools.bytes(of: path, limit: 1 << 24)
        let index = try Config(json: String(decoding: bytes, as: UTF8.self))
        entries = try (0..<ImageNetClasses.count).map { number in
            let words: [String] = try index.value("\(number)")
            guard words.count == 2 else {
                throw KerasError.invalidConfig(object: path, reason: "class \(number) has \(words.count) texts, not 2")
            }
            return (words[0], words[1])
        }
    }

    /// The classes of the greatest scores in each row, greatest first.
    ///
    /// - Parameters:
    ///   - predictions: `[samples, 1000]`.
    ///   - top: how many for each sample.
    ///   - path: the class names' file; `nil`: the published one.
    static func decode(_ predictions: Tensor, top: Int, classIndex path: String?) throws -> [[ImageNetPrediction]] {
        func wrong(_ argument: String, _ expected: String, _ got: String) -> KerasError {
            .invalidSetting(object: "decodePredictions", argument: argument, expected: expected, got: got)
        }
        guard predictions.rank == 2, predictions.shape[1] == count else {
            throw wrong("predictions", "of shape [samples, \(count)]", "\(Shape(predictions.shape))")
        }
        guard top > 0 else { throw wrong("top", "1 or more", "\(top)") }
        let classes = try ImageNetClasses(path ?? published.fetched())
        let scores: [Float] = try predictions.array()
        return (0..<predictions.shape[0]).map { sample in
            let row = scores[(sample * count)..<((sample + 1) * count)]
            let order = row.indices.sorted { row[$0] != row[$1] ? row[$0] > row[$1] : $0 > $1 }
            return order.prefix(top).map { place in
                let entry = classes.entries[place - row.startIndex]
                return ImageNetPrediction(className: entry.name, classDescription: entry.description, score: row[place])
            }
        }
    }
}
