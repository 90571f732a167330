import Foundation
import HDF5
import Testing

@testable import Keras

/// VGG16 and VGG19 against what Keras says of them (`Tests/Fixtures/applications/make_applications.py`).
@Suite(.ownSession) struct VGGTests {
    private static let facts = KerasFixture.read("applications/applications.json")

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)"
        }
    }

    private func model(_ row: Config) throws -> Model {
        let options = try row.dictionary("options")
        let shape: [Int]? = try options.value("input_shape", default: nil)
        let pooling: String? = try options.value("pooling", default: nil)
        let includeTop: Bool = try options.value("include_top"), classes: Int = try options.value("classes", default: 1000)
        let name: String? = try options.value("name", default: nil)
        clearSession()
        if try row.string("class") == "VGG16" {
            return try VGG16(
                includeTop: includeTop, weights: nil, inputShape: shape.map { Shape($0) }, pooling: pooling.flatMap(FeaturePooling.init),
                classes: classes, classifierActivation: .linear, name: name ?? "vgg16")
        }
        return try VGG19(
            includeTop: includeTop, weights: nil, inputShape: shape.map { Shape($0) }, pooling: pooling.flatMap(FeaturePooling.init),
            classes: classes, classifierActivation: .linear, name: name ?? "vgg19")
    }

    @Test func configsAndCountsAreKeras() throws {
        let rows: [Config] = try Self.facts[0].value("models")
        #expect(rows.count == 4)
        for row in rows {
            let model = try model(row)
            #expect(try model.countParams() == row.int("count"))
            let expected = try row.dictionary("config")
            let got = LayerConfig.object(of: model)
            #expect(got.className == "Functional")
            let module = try expected.string("module")
            #expect(got.module == module)
            let config = try expected.dictionary("config")
            let found = differences(.dictionary(simplified(model.config)), .dictionary(simplified(config)))
            #expect(found.isEmpty)
        }
    }

    /// Without what Keras adds for its own loader.
    private func simplified(_ config: Config) -> Config {
        var result = Config()
        for entry in config.entries where entry.key != "build_config" { result[entry.key] = simplified(entry.value) }
        return result
    }

    private func simplified(_ value: ConfigValue) -> ConfigValue {
        switch value {
        case .dictionary(let config): .dictionary(simplified(config))
        case .list(let items): .list(items.map(simplified))
        default: value
        }
    }

    @Test func theGuidesFacts() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let vgg = try VGG19(weights: nil)
        #expect(try vgg.countParams() == 143_667_240)
        #expect(vgg.layers.count == 26)
        #expect(vgg.name == "vgg19")
        #expect(vgg.layers.last?.name == "predictions")
        let features = try Model(inputs: vgg.input, outputs: vgg.layers.map(\.output))
        #expect(features.outputs.count == 26)
        #expect(features.outputs[21].shape == [nil, 7, 7, 512])
        #expect(try VGG16(weights: nil).countParams() == 138_357_544)
        // Nobody reads the 282 million numbers, so nobody makes them.
        #expect(clock.now - start < .seconds(5))
    }

    @Test func copiesAndParts() throws {
        let image = Input(shape: [32, 32, 3], name: "image")
        let scaled = try Rescaled(name: "scaled")(image)
        let vgg = try VGG16(includeTop: false, weights: nil, inputTensor: scaled, pooling: .max)
        #expect(vgg.inputNames == ["image"])
        #expect(vgg.layers.map(\.name).prefix(3) == ["image", "scaled", "block1_conv1"])
        #expect(vgg.output.shape == [nil, 512])
        let head = try Model(inputs: vgg.input, outputs: Dense(2)(vgg.output))
        #expect(try head.layer(named: "block5_conv3").output.shape == [nil, 2, 2, 512])
        let inside = try VGG16(includeTop: false, weights: nil, inputShape: [32, 32, 3], name: "base")
        let outer = Input(shape: [32, 32, 3])
        let nested = try Model(inputs: outer, outputs: inside(outer))
        let copy = try cloneModel(nested)
        #expect(try copy.countParams() == nested.countParams())
        #expect(copy.config == nested.config)
    }

    private final class Rescaled: Layer {
        override func call(_ inputs: Tensor) throws -> Tensor { try inputs / 255 }
    }

    @Test func mistakes() throws {
        let wrong: [(String, () throws -> Void)] = [
            ("VGG19 needs classes to be 1000, as the ImageNet weights have; it got 10.", { _ = try VGG19(classes: 10) }),
            (
                "VGG16 needs inputShape to be [224, 224, 3], which the ImageNet weights of its classifier belong to "
                    + "(includeTop: false takes other sizes); it got [64, 64, 3].",
                { _ = try VGG16(inputShape: [64, 64, 3]) }
            ),
            (
                "VGG16 needs inputShape to be at least 32 × 32; it got [31, 64, 3].",
                { _ = try VGG16(weights: nil, inputShape: [31, 64, 3]) }
            ),
            (
                "VGG16 needs inputShape to be three sizes, [height, width, channels]; it got [64, 64].",
                { _ = try VGG16(weights: nil, inputShape: [64, 64]) }
            ),
            (
                "VGG16 needs inputShape to be [height, width, channels] with 3 channels, as the ImageNet weights have; it got [64, 64, 1].",
                { _ = try VGG16(includeTop: false, inputShape: [64, 64, 1]) }
            ),
            (
                "VGG16 needs inputShape to be fully known, because includeTop is true; it got [nil, 64, 3].",
                { _ = try VGG16(weights: nil, inputShape: [nil, 64, 3]) }
            ),
            (
                "VGG16 needs classifierActivation to be .softmax or .linear where weights are loaded; it got .relu.",
                { _ = try VGG16(classifierActivation: .relu) }
            ),
            ("/nowhere.h5 cannot be read: there is no such file.", { _ = try VGG16(weights: .file("/nowhere.h5")) }),
        ]
        for (expected, body) in wrong { #expect(message(body) == expected) }
        #expect(message { _ = try VGG16(includeTop: false, weights: nil, inputTensor: Input(shape: [8])) }.hasPrefix(
            "Conv2D \"block1_conv1\" (called at VGGTests.swift:"))
        _ = try VGG16(includeTop: false, weights: nil, inputShape: [32, 32, 4])
        #expect(Session.current.warnings.texts == ["VGG16 usually has inputs with 1 or 3 channels; inputShape [32, 32, 4] has 4."])
    }

    /// Published weights lie in Keras' cache, and are checked.
    @Test func publishedWeights() throws {
        let top = VGG.nineteen.model.published(includeTop: true)
        #expect(top.address == "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/"
            + "vgg19_weights_tf_dim_ordering_tf_kernels.h5")
        #expect(top.checksum == .md5("cbe5617147190e668d6c5d5026f83318"))
        #expect(VGG.sixteen.model.published(includeTop: false).name == "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5")
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("keras-vgg-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(home)/models", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: home) }
        var file = top
        file.home = home
        try Data("other".utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(message { _ = try file.fetched() } == """
            \(file.path) is not the published file: its MD5 is 795f3202b17cb6bc3d4b771d8c6c9eaf, not cbe5617147190e668d6c5d5026f83318.
            Delete it and fetch it again.
            """)
    }

    /// A small model's published form is found by order, so a file that this program wrote in that form loads too.
    @Test func weightsFromAFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-vgg-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/weights.h5"
        let file = try HDF5File(creating: path)
        // Zeros, packed: 60 MB would be much to write in a test.
        let names = (1...5).flatMap { block in (1...(block < 3 ? 2 : 3)).map { "block\(block)_conv\($0)" } }
        try file.root.attributes.setFixed("layer_names", to: ["input_1"] + names)
        try file.root.createGroup("input_1").attributes.setFixed("weight_names", to: [])
        var channels = 3
        for name in names {
            let filters = [64, 128, 256, 512, 512][Int(String(Array(name)[5]))! - 1]
            let group = try file.root.createGroup(name)
            try group.attributes.setFixed("weight_names", to: ["\(name)_W_1:0", "\(name)_b_1:0"])
            let kernel = [Float](repeating: 0, count: 9 * channels * filters)
            try group.createDataset(
                "\(name)_W_1:0", shape: [3, 3, channels, filters], kernel, storage: .chunks(sizes: [3, 3, channels, filters], deflate: 1))
            try group.createDataset("\(name)_b_1:0", shape: [filters], [Float](repeating: 0.5, count: filters))
            channels = filters
        }
        try file.close()
        let vgg = try VGG16(includeTop: false, weights: .file(path), inputShape: [32, 32, 3], pooling: .average)
        #expect(try vgg(ops.zeros([1, 32, 32, 3])).array(Float.self) == [Float](repeating: 0.5, count: 512))
        #expect(message { _ = try VGG19(includeTop: false, weights: .file(path)) }.hasPrefix(
            "Model \"vgg19\" has 16 layers with weights, \(path) has 13."))
    }
}
