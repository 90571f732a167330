/// What the residual networks share: a 7 × 7 convolution and pooling, four stacks of blocks with a way around each, a classifier.
///
/// Source: He et al., Deep Residual Learning for Image Recognition, arXiv 1512.03385, and Identity Mappings in Deep Residual
/// Networks, arXiv 1603.05027 (version 2); `keras.applications.resnet`, `.resnet_v2`.
struct ResNet {
    enum Version {
        /// Convolution, normalization, ReLU; ReLU after the sum.
        case one
        /// Normalization and ReLU before each convolution; nothing after the sum.
        case two
    }

    let model: ImageNetModel
    let version: Version
    /// How many blocks each stack has.
    let blocks: [Int]

    static let fifty = ResNet(
        .one, 50, [3, 4, 6, 3], top: "2cb95161c43110f7111970584f804107", noTop: "4d473c1dd8becc155b73f8504c6f6626")
    static let oneHundredOne = ResNet(
        .one, 101, [3, 4, 23, 3], top: "f1aeb4b969a6efcfb50fad2f0c20cfc5", noTop: "88cf7a10940856eca736dc7b7e228a21")
    static let oneHundredFiftyTwo = ResNet(
        .one, 152, [3, 8, 36, 3], top: "100835be76be38e30d865e96f2aaae62", noTop: "ee4c566cf9a93f14d82f913c2dc6dd0c")
    static let fiftyV2 = ResNet(
        .two, 50, [3, 4, 6, 3], top: "3ef43a0b657b3be2300d5770ece849e0", noTop: "fac2f116257151a9d068a22e544a4917")
    static let oneHundredOneV2 = ResNet(
        .two, 101, [3, 4, 23, 3], top: "6343647c601c52e1368623803854d971", noTop: "c0ed64b8031c3730f411d2eb4eea35b5")
    static let oneHundredFiftyTwoV2 = ResNet(
        .two, 152, [3, 8, 36, 3], top: "a49b44d1979771252814e80f8ec446f9", noTop: "ed17cf2e0169df9d443503ef94b23b33")

    private init(_ version: Version, _ depth: Int, _ blocks: [Int], top: String, noTop: String) {
        model = ImageNetModel(title: "ResNet\(depth)\(version == .two ? "V2" : "")", folder: "resnet", checksums: (top, noTop))
        self.version = version
        self.blocks = blocks
    }

    /// Draws the graph.
    ///
    /// - Throws: `KerasError.invalidSetting`; what the layers throw for an `inputTensor` that does not suit them.
    func draw(_ options: ImageNetModel.Options) throws -> (inputs: Structure<KerasTensor>, output: KerasTensor) {
        let image = try model.image(options)
        let draw = ResNetDrawing(place: options.place)
        var x = try draw(ZeroPadding2D(3, name: "conv1_pad"), image)
        x = try draw(Conv2D(64, 7, strides: 2, name: "conv1_conv"), x)
        if version == .one { x = try draw.normalized(x, named: "conv1", relu: "conv1_relu") }
        x = try draw(ZeroPadding2D(1, name: "pool1_pad"), x)
        x = try draw(MaxPooling2D(3, strides: 2, name: "pool1_pool"), x)
        for (number, count) in blocks.enumerated() {
            let name = "conv\(number + 2)", filters = 64 << number
            for block in 1...count { x = try draw.block(version, x, filters, block, of: count, stack: number, name: "\(name)_block\(block)") }
        }
        if version == .two { x = try draw.normalized(x, named: "post", relu: "post_relu") }
        if options.includeTop {
            x = try draw(GlobalAveragePooling2D(name: "avg_pool"), x)
            x = try draw(Dense(options.classes, activation: options.classifierActivation, name: "predictions"), x)
        } else {
            switch options.pooling {
            case .average: x = try draw(GlobalAveragePooling2D(name: "avg_pool"), x)
            case .max: x = try draw(GlobalMaxPooling2D(name: "max_pool"), x)
            case nil: break
            }
        }
        return (model.inputs(options, image: image), x)
    }
}
