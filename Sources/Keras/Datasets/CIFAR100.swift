/// 60,000 coloured images, 32 × 32, in 100 classes, which form 20 groups.
///
/// ```swift
/// let (train, test) = try CIFAR100.load(labelMode: .coarse)
/// train.x.shape        // [50000, 32, 32, 3], uint8
/// ```
///
/// Source: Alex Krizhevsky, https://www.cs.toronto.edu/~kriz/cifar.html; `keras.datasets.cifar100`.
public enum CIFAR100 {
    /// Which class numbers an image gets.
    public enum LabelMode: String, CaseIterable, Hashable, Sendable {
        /// One of 100.
        case fine
        /// One of 20 groups.
        case coarse
    }

    /// The classes' names, by number.
    public static let classNames = [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus",
        "butterfly", "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch",
        "crab", "crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house",
        "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle",
        "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
        "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal", "shark",
        "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank",
        "telephone", "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf",
        "woman", "worm",
    ]

    /// The groups' names, by number.
    public static let groupNames = [
        "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables", "household_electrical_devices",
        "household_furniture", "insects", "large_carnivores", "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
        "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates", "people", "reptiles", "small_mammals", "trees",
        "vehicles_1", "vehicles_2",
    ]

    /// The training and test images with their labels; channels first if `imageDataFormat()` says so.
    ///
    /// - Parameters:
    ///   - folder: where `cifar-100-binary.tar.gz` or its files lie. nil: Keras' cache (`~/.keras/datasets`), else the network, once.
    ///   - labelMode: classes or groups.
    /// - Throws: `KerasError.data`, naming the file that is missing, truncated or altered.
    public static func load(from folder: String? = nil, labelMode: LabelMode = .fine) throws -> (train: Examples, test: Examples) {
        try published(labelMode).load(from: folder)
    }

    /// A record has the group's number, then the class'.
    static func published(_ labelMode: LabelMode) -> ColorDataset { ColorDataset(
        title: "CIFAR-100", archive: "cifar-100-binary.tar.gz", address: "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
        sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", folder: "cifar-100-binary",
        trainFiles: ["train.bin"], testFiles: ["test.bin"],
        labels: labelMode == .fine ? (count: 2, index: 1, classes: 100) : (count: 2, index: 0, classes: 20)) }
}
