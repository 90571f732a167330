/// Inputs and targets of one part of a data set.
public struct Examples: Sendable {
    /// Images, uint8: grey ones `[count, height, width]`, coloured ones `[count, height, width, channels]`.
    public let x: Tensor
    /// Class numbers, uint8: `[count]`; of coloured images `[count, 1]`.
    public let y: Tensor

    public init(x: Tensor, y: Tensor) {
        self.x = x
        self.y = y
    }
}

/// A published set of images and labels in four IDX files, and where it may be found.
struct ImageDataset {
    struct File {
        let name: String
        let axes: Int
        let sha256: String
        /// The CRC-32 of the unpacked file.
        let contentSum: UInt?
    }

    let title: String
    /// The folder's name in Keras' cache.
    let folder: String
    let files: (trainImages: File, trainLabels: File, testImages: File, testLabels: File)
    /// The folder of Debian's package, and the package.
    let systemFolder: String?
    let package: String?
    let addresses: [String]
    /// Keras' folder; tests have their own.
    var home = FileTools.kerasHome

    private var all: [File] { [files.trainImages, files.trainLabels, files.testImages, files.testLabels] }
    private var cacheFolder: String { "\(home)/datasets/\(folder)" }

    /// - Parameter folder: where the files lie, plain or with `.gz`; nil: Keras' cache, the system, the network.
    func load(from folder: String?, searchesSystem: Bool = true) throws -> (train: Examples, test: Examples) {
        if let folder { return try read { try find($0, in: folder) } }
        if let paths = try cached() { return try read { file in (paths[file.name] ?? "", nil) } }
        if searchesSystem, let systemFolder, all.allSatisfy({ FileTools.exists("\(systemFolder)/\($0.name).gz") }) {
            return try read { ("\(systemFolder)/\($0.name).gz", $0.contentSum) }
        }
        try download(searchesSystem)
        return try load(from: nil, searchesSystem: false)
    }

    private func find(_ file: File, in folder: String) throws -> (path: String, contentSum: UInt?) {
        for path in ["\(folder)/\(file.name)", "\(folder)/\(file.name).gz"] where FileTools.exists(path) { return (path, nil) }
        throw KerasError.data(.missingFile(folder: folder, file: "\(file.name), plain or with .gz"))
    }

    /// The files in Keras' cache, if all are there and are what was published.
    private func cached() throws -> [String: String]? {
        var paths: [String: String] = [:]
        for file in all {
            let path = "\(cacheFolder)/\(file.name).gz"
            guard FileTools.exists(path) else { return nil }
            paths[file.name] = path
        }
        for file in all {
            guard let path = paths[file.name] else { return nil }
            try Checksum.sha256(file.sha256).check(path)
        }
        return paths
    }

    private func download(_ searchesSystem: Bool) throws {
        let searched = [cacheFolder] + (searchesSystem ? [systemFolder].compactMap { $0 } : [])
        func unavailable(_ reason: String) -> KerasError {
            .data(.unavailable(dataset: title, package: package, searched: searched, reason: reason))
        }
        guard searchesSystem else { throw unavailable("the files vanished after the download") }
        try FileTools.makeFolder(cacheFolder)
        for file in all {
            let path = "\(cacheFolder)/\(file.name).gz"
            if FileTools.exists(path) { continue }
            var reason: String?
            for address in addresses {
                reason = try Download.fetch("\(address)/\(file.name).gz", to: path, checksum: .sha256(file.sha256))
                if reason == nil { break }
            }
            if let reason { throw unavailable(reason) }
        }
    }

    private func read(_ place: (File) throws -> (path: String, contentSum: UInt?)) throws -> (train: Examples, test: Examples) {
        func examples(_ images: File, _ labels: File) throws -> Examples {
            let (imagePath, imageSum) = try place(images)
            let (labelPath, labelSum) = try place(labels)
            let x = try IDXFile.read(imagePath, axes: images.axes, contentSum: imageSum)
            let y = try IDXFile.read(labelPath, axes: labels.axes, contentSum: labelSum)
            guard x.shape.first == y.shape.first else {
                throw KerasError.data(.counts(
                    images: imagePath, imageCount: x.shape.first ?? 0, labels: labelPath, labelCount: y.shape.first ?? 0))
            }
            return Examples(x: x, y: y)
        }
        return (try examples(files.trainImages, files.trainLabels), try examples(files.testImages, files.testLabels))
    }
}

/// 70,000 grey images of clothing, 28 × 28, in 10 classes.
///
/// ```swift
/// let (train, test) = try FashionMNIST.load()
/// train.x.shape        // [60000, 28, 28], uint8
/// ```
///
/// Source: Zalando Research, https://github.com/zalandoresearch/fashion-mnist.
public enum FashionMNIST {
    /// The classes' names, by number.
    public static let classNames = [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ]

    /// The training and test images with their labels.
    ///
    /// - Parameter folder: where the four IDX files lie, plain or with `.gz`. nil: Keras' cache (`~/.keras/datasets/fashion-mnist`),
    ///   else Debian's package `dataset-fashion-mnist`, else the network, once.
    /// - Throws: `KerasError.data`, naming the file that is missing, truncated or altered.
    public static func load(from folder: String? = nil) throws -> (train: Examples, test: Examples) {
        try published.load(from: folder)
    }

    static var published: ImageDataset { ImageDataset(
        title: "Fashion-MNIST", folder: "fashion-mnist",
        files: (
            .init(
                name: "train-images-idx3-ubyte", axes: 3,
                sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", contentSum: 0xb4f2_9f28),
            .init(
                name: "train-labels-idx1-ubyte", axes: 1,
                sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", contentSum: 0x741a_4657),
            .init(
                name: "t10k-images-idx3-ubyte", axes: 3,
                sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", contentSum: 0x678f_e0b1),
            .init(
                name: "t10k-labels-idx1-ubyte", axes: 1,
                sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", contentSum: 0x8014_2c1f)
        ),
        systemFolder: "/usr/share/datasets/fashion-mnist", package: "dataset-fashion-mnist",
        addresses: [
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
        ]) }
}

/// 70,000 grey images of handwritten digits, 28 × 28.
///
/// ```swift
/// let (train, test) = try MNIST.load(from: "mnist")
/// ```
public enum MNIST {
    /// The training and test images with their labels.
    ///
    /// - Parameter folder: where the four IDX files lie, plain or with `.gz`. nil: Keras' cache (`~/.keras/datasets/mnist`), else the
    ///   network, once.
    /// - Throws: `KerasError.data`, naming the file that is missing, truncated or altered.
    public static func load(from folder: String? = nil) throws -> (train: Examples, test: Examples) {
        try published.load(from: folder)
    }

    static var published: ImageDataset { ImageDataset(
        title: "MNIST", folder: "mnist",
        files: (
            .init(
                name: "train-images-idx3-ubyte", axes: 3,
                sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", contentSum: nil),
            .init(
                name: "train-labels-idx1-ubyte", axes: 1,
                sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", contentSum: nil),
            .init(
                name: "t10k-images-idx3-ubyte", axes: 3,
                sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", contentSum: nil),
            .init(
                name: "t10k-labels-idx1-ubyte", axes: 1,
                sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", contentSum: nil)
        ),
        systemFolder: nil, package: nil,
        addresses: [
            "https://storage.googleapis.com/cvdf-datasets/mnist",
            "https://ossci-datasets.s3.amazonaws.com/mnist",
        ]) }
}
