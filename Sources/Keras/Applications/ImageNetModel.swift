/// What a model for ImageNet has besides its layers: checked arguments, an input, published weights.
struct ImageNetModel {
    /// "VGG19".
    let title: String
    /// Where Keras publishes the weights.
    let folder: String
    /// The checksums (MD5) of the published weights, with and without the classifier.
    let checksums: (top: String, noTop: String)

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

    /// Checks the options, and gives the place that the images come from.
    ///
    /// - Throws: `KerasError.invalidSetting`; `.data` for a file of weights that is not there.
    func image(_ options: Options) throws -> KerasTensor {
        try check(options)
        let shape = try ImageNetUtilities.inputShape(
            options.inputShape, model: title, defaultSize: 224, minSize: 32, dataFormat: imageDataFormat(),
            requireFlatten: options.includeTop, weights: options.weights)
        return try options.inputTensor?.checked() ?? Input(shape: shape, fileID: options.place.fileID, line: options.place.line)
    }

    /// The model's inputs: the image's place, or what a given one comes from.
    func inputs(_ options: Options, image: KerasTensor) -> Structure<KerasTensor> {
        options.inputTensor.map { Structure(list: ImageNetUtilities.sources(of: $0)) } ?? .one(image)
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

    // MARK: Weights

    /// Gives a model that was drawn by these options its weights.
    func load(_ options: Options, into model: Model) throws {
        switch options.weights {
        case .imagenet: try model.loadWeights(from: published(includeTop: options.includeTop).fetched())
        case .file(let path): try model.loadWeights(from: path)
        case nil: break
        }
    }

    func published(includeTop: Bool) -> PublishedFile {
        let name = "\(title.lowercased())_weights_tf_dim_ordering_tf_kernels\(includeTop ? "" : "_notop").h5"
        return PublishedFile(
            what: "\(title)'s ImageNet weights", name: name, folder: "models",
            address: "https://storage.googleapis.com/tensorflow/keras-applications/\(folder)/\(name)",
            checksum: .md5(includeTop ? checksums.top : checksums.noTop),
            remedy: "Copy the file there, or give its place: \(title)(weights: .file(\"\(name)\")).")
    }
}
