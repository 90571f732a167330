import Foundation
import Testing

@testable import Keras

/// Residual networks against what Keras says of them (`Tests/Fixtures/applications/make_resnet.py`).
@Suite(.ownSession) struct ResNetTests {
    private static let facts: Config = {
        do {
            return try Config(json: String(decoding: unpacked("resnet.json.gz"), as: UTF8.self))
        } catch {
            Issue.record("resnet.json.gz: \(error)")
            return Config()
        }
    }()

    private static func unpacked(_ name: String) throws -> [UInt8] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = try GzipFile(tests.appendingPathComponent("Fixtures/applications/\(name)").path)
        return try [UInt8](unsafeUninitializedCapacity: 1 << 24) { target, count in
            count = try file.read(into: UnsafeMutableRawBufferPointer(target))
        }
    }

    private static let networks: [String: ResNet] = [
        "ResNet50": .fifty, "ResNet101": .oneHundredOne, "ResNet152": .oneHundredFiftyTwo,
        "ResNet50V2": .fiftyV2, "ResNet101V2": .oneHundredOneV2, "ResNet152V2": .oneHundredFiftyTwoV2,
    ]

    /// The model that Keras' class and arguments stand for.
    private func model(_ row: Config, weights: PretrainedWeights? = nil) throws -> Model {
        let options = try row.dictionary("options"), name = try row.string("class")
        let shape: [Int]? = try options.value("input_shape", default: nil)
        let pooling: String? = try options.value("pooling", default: nil)
        let hasActivation = options["classifier_activation"] == nil
        clearSession()
        func make(
            _ type: (
                Bool, PretrainedWeights?, KerasTensor?, Shape?, FeaturePooling?, Int, ActivationFunction, String, String, Int
            ) throws -> Model
        ) throws -> Model {
            try type(
                options.value("include_top", default: true), weights, nil, shape.map { Shape($0) }, pooling.flatMap(FeaturePooling.init),
                options.value("classes", default: 1000), hasActivation ? .softmax : .linear,
                options.value("name", default: name.lowercased()), "Test.swift", 1)
        }
        return switch name {
        case "ResNet50": try make(ResNet50.init)
        case "ResNet101": try make(ResNet101.init)
        case "ResNet152": try make(ResNet152.init)
        case "ResNet50V2": try make(ResNet50V2.init)
        case "ResNet101V2": try make(ResNet101V2.init)
        default: try make(ResNet152V2.init)
        }
    }

    @Test func configsWeightsAndSummariesAreKeras() throws {
        let rows: [Config] = try Self.facts.value("models")
        try #require(rows.count == 7)
        for row in rows {
            let model = try model(row), label = try row.string("class")
            #expect(try model.countParams() == row.int("count"), "\(label)")
            #expect(try model.weights.map(\.path) == row.value("paths"))
            #expect(try model.weights.map(\.shape) == row.value("shapes"))
            let text = try model.summaryText(lineLength: 120).trimmingCharacters(in: .newlines)
            #expect(try text == row.string("summary").trimmingCharacters(in: .newlines), "\(label)")
            let config = try row.dictionary("config").dictionary("config")
            let found = differences(.dictionary(withoutBuilds(model.config)), .dictionary(withoutBuilds(config)))
            #expect(found.isEmpty, "\(label): \(found.prefix(5))")
        }
    }

    /// Without what Keras adds for its own loader.
    private func withoutBuilds(_ config: Config) -> Config {
        var result = Config()
        for entry in config.entries where entry.key != "build_config" { result[entry.key] = withoutBuilds(entry.value) }
        return result
    }

    private func withoutBuilds(_ value: ConfigValue) -> ConfigValue {
        switch value {
        case .dictionary(let config): .dictionary(withoutBuilds(config))
        case .list(let items): .list(items.map(withoutBuilds))
        default: value
        }
    }

    /// The fixture's numbers: see `make_resnet.py`.
    private func numbers(_ shape: [Int], _ layer: Int) throws -> Tensor {
        let period = shape.count > 1 ? 13 : 101, count = shape.reduce(1, *)
        let some = (0..<period).map { Float(($0 * 5 + layer) % period - period / 2) }
        return try ops.tile(Tensor(some), [(count + period - 1) / period])[0..<count].reshaped(shape)
    }

    private func fill(_ model: Model) throws {
        for (place, weight) in model.weights.enumerated() {
            let n = try numbers(weight.shape, place), name = weight.path.split(separator: "/").last.map(String.init)
            if name == "kernel" {
                try weight.assign(n * (1 / Double(weight.shape.reduce(1, *)).squareRoot()))
            } else {
                try weight.assign(n / 128 + (name == "gamma" || name == "moving_variance" ? 1.0 : 0.0))
            }
        }
    }

    @Test func predictionsAreKeras() throws {
        let rows: [Config] = try Self.facts.value("predictions")
        try #require(rows.count == 2)
        let image = try numbers([2, 48, 40, 3], 5) * 0.25
        for row in rows {
            let expected: [Double] = try row.value("y"), label = try row.string("class")
            let made = try model(row)
            try fill(made)
            expectAgree(try made.predict(image, verbose: .silent).array(Double.self), expected, tolerance: 2e-5, label)
            if label == "ResNet50" {
                let path = FileManager.default.temporaryDirectory.appendingPathComponent("keras-resnet-\(UUID().uuidString).h5").path
                defer { try? FileManager.default.removeItem(atPath: path) }
                try Data(Self.unpacked("resnet50.h5.gz")).write(to: URL(fileURLWithPath: path))
                let loaded = try model(row, weights: .file(path))
                expectAgree(try loaded.predict(image, verbose: .silent).array(Double.self), expected, tolerance: 2e-5, "\(label) from a file")
            }
        }
    }

    @Test func publishedWeightsAreKeras() throws {
        let rows: [Config] = try Self.facts.value("published")
        try #require(rows.count == 12)
        for row in rows {
            let file = try Self.networks[row.string("class")].unwrap().model.published(includeTop: row.value("top"))
            #expect(try file.name == row.string("name"))
            #expect(try file.address == row.string("origin"))
            #expect(try file.folder == row.string("folder"))
            #expect(try file.checksum == .md5(row.string("hash")))
        }
    }

    @Test func mistakes() throws {
        #expect(throws: KerasError.invalidSetting(
            object: "ResNet101", argument: "classes", expected: "1000, as the ImageNet weights have", got: "10")) { try ResNet101(classes: 10) }
        #expect(throws: KerasError.invalidSetting(
            object: "ResNet50V2", argument: "inputShape", expected: "at least 32 × 32", got: "[31, 64, 3]")
        ) { try ResNet50V2(weights: nil, inputShape: [31, 64, 3]) }
        #expect(throws: KerasError.self) { try ResNet50(weights: .file("/nowhere.h5")) }
    }

    @Test func preprocessing() throws {
        let pixels = try Tensor([0, 127.5, 255], shape: [1, 1, 3])
        #expect(try ResNet152V2.preprocessInput(pixels).array(Float.self) == [-1, 0, 1])
        expectAgree(try ResNet50.preprocessInput(pixels).array(Double.self), [255 - 103.939, 127.5 - 116.779, -123.68], tolerance: 1e-6, "caffe")
    }

    /// A stack's blocks are found by name, and what goes around them too.
    @Test func parts() throws {
        let resnet = try ResNet50(includeTop: false, weights: nil, inputShape: [64, 64, 3])
        #expect(try resnet.layer(named: "conv4_block6_out").output.shape == [nil, 4, 4, 1024])
        #expect(resnet.output.shape == [nil, 2, 2, 2048])
        let place = try resnet.layer(named: "conv1_conv").inboundNodes[0].place
        #expect(place.fileID.hasSuffix("ResNetTests.swift"))
    }
}
