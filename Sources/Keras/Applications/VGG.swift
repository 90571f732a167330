/// What ``VGG16`` and ``VGG19`` share: blocks of 3 × 3 convolutions with pooling between them, then three dense layers.
///
/// Source: Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, arXiv 1409.1556;
/// `keras.applications.vgg16`, `.vgg19`.
struct VGG {
    let model: ImageNetModel
    /// How many convolutions each block has.
    let convolutions: [Int]
    /// How many filters the convolutions of each block have.
    private let filters = [64, 128, 256, 512, 512]

    static let sixteen = VGG(
        title: "VGG16", [2, 2, 3, 3, 3], top: "64373286793e3c8b2b4e3219cbf3544b", noTop: "6d6bbae143d832006294945121d1f1fc")
    static let nineteen = VGG(
        title: "VGG19", [2, 2, 4, 4, 4], top: "cbe5617147190e668d6c5d5026f83318", noTop: "253f8cb515780f3b799900260a226db6")

    private init(title: String, _ convolutions: [Int], top: String, noTop: String) {
        model = ImageNetModel(title: title, folder: title.lowercased(), checksums: (top, noTop))
        self.convolutions = convolutions
    }

    /// Draws the graph.
    ///
    /// - Throws: `KerasError.invalidSetting`; what the layers throw for an `inputTensor` that does not suit them.
    func draw(_ options: ImageNetModel.Options) throws -> (inputs: Structure<KerasTensor>, output: KerasTensor) {
        let image = try model.image(options), place = options.place
        var x = image
        func add(_ layer: Layer) throws { x = try layer(x, fileID: place.fileID, line: place.line) }
        for (block, (count, filters)) in zip(convolutions, filters).enumerated() {
            for number in 1...count {
                try add(Conv2D(filters, 3, activation: .relu, padding: .same, name: "block\(block + 1)_conv\(number)"))
            }
            try add(MaxPooling2D(2, strides: 2, name: "block\(block + 1)_pool"))
        }
        if options.includeTop {
            try add(Flatten(name: "flatten"))
            try add(Dense(4096, activation: .relu, name: "fc1"))
            try add(Dense(4096, activation: .relu, name: "fc2"))
            try add(Dense(options.classes, activation: options.classifierActivation, name: "predictions"))
        } else {
            switch options.pooling {
            case .average: try add(GlobalAveragePooling2D())
            case .max: try add(GlobalMaxPooling2D())
            case nil: break
            }
        }
        return (model.inputs(options, image: image), x)
    }
}
