/// 60,000 coloured images, 32 × 32, in 10 classes.
///
/// ```swift
/// let (train, test) = try CIFAR10.load()
/// train.x.shape        // [50000, 32, 32, 3], uint8
/// train.y.shape        // [50000, 1]
/// ```
///
/// Source: Alex Krizhevsky, https://www.cs.toronto.edu/~kriz/cifar.html; `keras.datasets.cifar10`.
public enum CIFAR10 {
    /// The classes' names, by number.
    public static let classNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]

    /// The training and test images with their labels; channels first if `imageDataFormat()` says so.
    ///
    /// - Parameter folder: where `cifar-10-binary.tar.gz` or its files lie. nil: Keras' cache (`~/.keras/datasets`), else the network,
    ///   once.
    /// - Throws: `KerasError.data`, naming the file that is missing, truncated or altered.
    public static func load(from folder: String? = nil) throws -> (train: Examples, test: Examples) {
        try published.load(from: folder)
    }

    static var published: ColorDataset { ColorDataset(
        title: "CIFAR-10", archive: "cifar-10-binary.tar.gz", address: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", folder: "cifar-10-batches-bin",
        trainFiles: (1...5).map { "data_batch_\($0).bin" }, testFiles: ["test_batch.bin"], labels: (count: 1, index: 0, classes: 10)) }
}
