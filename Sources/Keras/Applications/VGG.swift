/// What ``VGG16`` and ``VGG19`` share: blocks of 3 × 3 convolutions with pooling between them, then three dense layers.
///
/// Source: Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, arXiv 1409.1556;
/// `keras.applications.vgg16`, `.vgg19`.
struct VGG {
    let title: String
    /// How many convolutions each block has.
    let convolutions: [Int]
    /// The checksums (MD5) of the published weights, with and without the classifier.
    let checksums: (top: String, noTop: String)
    /// How many filters the convolutions of each block have.
    private let filters = [64, 128, 256, 512, 512]

    static let sixteen = VGG(
        title: "VGG16", convolutions: [2, 2, 3, 3, 3],
        checksums: (top: "64373286793e3c8b2b4e3219cbf3544b", noTop: "6d6bbae143d832006294945121d1f1fc"))
    static let nineteen = VGG(
        title: "VGG19", convolutions: [2, 2, 4, 4, 4],
        checksums: (top: "cbe5617147190e668d6c5d5026f83318", noTop: "253f8cb515780f3b799900260a226db6"))

    /// What a user says of the model.
    struct Options {
        let includeTop: Bool
        let weights: PretrainedWeights?
        let inputTensor: KerasTensor?
        let inputShape: Shape?
        let pooling: FeaturePooling?
        let classes: Int
        let classifierActivation: ActivationFunction
        /// Where the user's program makes the model.
        let place: CallPlace
    }

    /// Draws the graph.
    ///
    /// - Throws: `KerasError.invalidSetting`; what the layers throw for an `inputTensor` that does not suit them.
    func draw(_ options: Options) throws -> (inputs: Structure<KerasTensor>, output: KerasTensor) {
        try check(options)
        let place = options.place
        let shape = try ImageNetUtilities.inputShape(
            options.inputShape, model: title, defaultSize: 224, minSize: 32, dataFormat: imageDataFormat(),
            requireFlatten: options.includeTop, weights: options.weights)
        let image = try options.inputTensor?.checked() ?? Input(shape: shape, fileID: place.fileID, line: place.line)
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
        let inputs = options.inputTensor.map { Structure(list: ImageNetUtilities.sources(of: $0)) } ?? .one(image)
        return (inputs, x)
    }

    private func check(_ options: Options) throws {
        if options.weights == .imagenet, options.includeTop, options.classes != ImageNetClasses.count {
            throw KerasError.invalidSetting(
                object: title, argument: "classes", expected: "\(ImageNetClasses.count), as the ImageNet weights have",
                got: "\(options.classes)")
        }
        if case .file(let path) = options.weights, !FileTools.exists(path) {
            throw KerasError.data(.cannotRead(path: path, reason: "there is no such file"))
        }
        if options.includeTop {
            try ImageNetUtilities.checkClassifier(options.classifierActivation, model: title, weights: options.weights)
        }
    }

    /// Gives a model that was drawn here its weights.
    func load(_ weights: PretrainedWeights?, into model: Model, includeTop: Bool) throws {
        switch weights {
        case .imagenet: try model.loadWeights(from: published(includeTop: includeTop).fetched())
        case .file(let path): try model.loadWeights(from: path)
        case nil: break
        }
    }

    func published(includeTop: Bool) -> PublishedFile {
        let name = "\(title.lowercased())_weights_tf_dim_ordering_tf_kernels\(includeTop ? "" : "_notop").h5"
        return PublishedFile(
            what: "\(title)'s ImageNet weights", name: name, folder: "models",
            address: "https://storage.googleapis.com/tensorflow/keras-applications/\(title.lowercased())/\(name)",
            checksum: .md5(includeTop ? checksums.top : checksums.noTop),
            remedy: "Copy the file there, or give its place: \(title)(weights: .file(\"\(name)\")).")
    }
}
