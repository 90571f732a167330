import Foundation
import HDF5
import Testing

@testable import Keras

/// Weights as Keras wrote them before version 3, from files that `Tests/Fixtures/saving/make_saving.py` made.
@Suite(.ownSession) struct LegacyWeightsTests {
    private static let facts = KerasFixture.read("saving/saving.json")

    private func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/saving/\(name)").path
    }

    /// The first block of VGG and a small top; the layers' names are others than the file's.
    private func tinyVGG(classes: Int = 5, dense: Int = 6, extra: Bool = false) throws -> Model {
        let inputs = Input(shape: [8, 8, 3])
        var x = try Conv2D(4, 3, activation: .relu, padding: .same, name: "first")(inputs)
        x = try Conv2D(4, 3, activation: .relu, padding: .same, name: "second")(x)
        x = try Flatten()(MaxPooling2D(2, strides: 2)(x))
        if extra { x = try Dense(6, name: "extra")(x) }
        x = try Dense(dense, activation: .relu, name: "third")(x)
        return try Model(inputs: inputs, outputs: Dense(classes, activation: .softmax, name: "last")(x), name: "tiny")
    }

    private func normalised() throws -> Model {
        let inputs = Input(shape: [3])
        let inner = try Sequential([Dense(2), BatchNormalization()])
        return try Model(inputs: inputs, outputs: inner(BatchNormalization()(Dense(4)(inputs))))
    }

    private func expectPredictions(of model: Model, _ name: String) throws {
        let row: Config = try Self.facts[0].value(name)
        let x: [Double] = try row.value("x"), y: [Double] = try row.value("y")
        let got = try model(Tensor(x, shape: row.ints("x_shape"), dtype: .float32))
        expectAgree(try got.array(Double.self), y, tolerance: 1e-5, name)
    }

    @Test(arguments: ["tiny_vgg.h5", "tiny_vgg_old.h5"]) func predictionsAreKeras(_ file: String) throws {
        let model = try tinyVGG()
        #expect(try model.loadWeights(from: path(file)).isComplete)
        try expectPredictions(of: model, "tiny_vgg")
    }

    @Test func weightsThatAreNotTrainedComeLast() throws {
        let model = try normalised()
        try model.loadWeights(from: path("normalised.h5"))
        try expectPredictions(of: model, "normalised")
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)"
        }
    }

    @Test func otherModels() throws {
        let file = path("tiny_vgg.h5")
        #expect(message { try tinyVGG(extra: true).loadWeights(from: file) } == """
            Model "tiny" has 5 layers with weights, \(file) has 4.
            The model has first, second, extra, third, last; the file has block1_conv1, block1_conv2, fc1, predictions.
            """)
        let wide = try tinyVGG(classes: 7)
        let before = try wide.getWeights().map { try $0.array(Float.self) }
        #expect(message { try wide.loadWeights(from: file) }
            == "Dense \"last\" has a weight \"last/kernel\" of shape [6, 7]; \(file) has [6, 5] for it.")
        #expect(try wide.getWeights().map { try $0.array(Float.self) } == before)

        let report = try wide.loadWeights(from: file, skipMismatch: true)
        #expect(report.mismatched.map(\.variable) == ["last/kernel", "last/bias"])
        #expect(report.applied.count == 6)
        let after = try wide.getWeights().map { try $0.array(Float.self) }
        #expect(after[0] != before[0])
        #expect(after[6...] == before[6...])

        let inputs = Input(shape: [8, 8, 3])
        let bare = try Conv2D(4, 3, padding: .same, useBias: false, name: "bare")(inputs)
        let second = try Conv2D(4, 3)(bare)
        let model = try Model(inputs: inputs, outputs: Dense(5)(Dense(6)(Flatten()(second))))
        #expect(message { try model.loadWeights(from: file) } == """
            Conv2D "bare" has 1 weights, \(file) has 2 for it (as "block1_conv1").
            The layer has bare/kernel; the file has /block1_conv1/block1_conv1/kernel, /block1_conv1/block1_conv1/bias.
            """)
    }

    @Test func bySeveralElementTypes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-legacy-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func write(_ fill: (HDF5Group) throws -> Void) throws -> String {
            let file = try HDF5File(creating: "\(folder)/weights.h5")
            try file.root.attributes.setFixed("layer_names", to: ["d"])
            let layer = try file.root.createGroup("d")
            try layer.attributes.setFixed("weight_names", to: ["k", "b"])
            try fill(layer)
            try file.close()
            return "\(folder)/weights.h5"
        }
        let inputs = Input(shape: [1])
        let model = try Model(inputs: inputs, outputs: Dense(2, name: "dense")(inputs))
        try model.loadWeights(from: write { layer in
            try layer.createDataset("k", shape: [1, 2], [1.5, -2.5] as [Double])
            // bfloat16, as Keras keeps it.
            try [UInt8]([0x80, 0x3f, 0x00, 0xc0]).withUnsafeBytes {
                _ = try layer.createDataset("b", shape: [2], type: .opaque(size: 2), bytes: $0)
            }
        })
        #expect(try model.getWeights().map { try $0.array(Float.self) } == [[1.5, -2.5], [1, -2]])

        let text = message {
            try model.loadWeights(from: write { layer in
                try layer.createDataset("k", shape: [1, 2], [1, 2] as [Float])
                try [UInt8](repeating: 65, count: 6).withUnsafeBytes {
                    _ = try layer.createDataset("b", shape: [2], type: .fixedString(size: 3), bytes: $0)
                }
            })
        }
        #expect(text == "\(folder)/weights.h5 has strings of 3 bytes for \"/d/b\", which are no numbers.")
        #expect(message { try model.loadWeights(from: write { try $0.createDataset("k", shape: [1, 2], [1, 2] as [Float]) }) }
            == "There is no \"/d/b\" in \(folder)/weights.h5; there are k.")
    }
}
