import Foundation
import Testing

@testable import Keras

/// What goes into models for ImageNet, and what comes out.
@Suite(.ownSession) struct ImageNetTests {
    private static let facts = KerasFixture.read("applications/applications.json")

    @Test func preprocessingIsKeras() throws {
        let rows: [Config] = try Self.facts[0].value("preprocessing")
        #expect(rows.count == 12)
        for row in rows {
            let mode = try ImageNetPreprocessing(rawValue: row.string("mode")).unwrap()
            let format = try DataFormat(rawValue: row.string("data_format")).unwrap()
            let shape = try row.ints("shape"), x: [Double] = try row.value("x"), y: [Double] = try row.value("y")
            let label = "\(mode) \(format) \(shape)"
            let float = try mode(Tensor(x, shape: shape, dtype: .float32), dataFormat: format)
            expectAgree(try float.array(Double.self), y, tolerance: 1e-6, label)
            let bytes = try mode(Tensor(x.map { Int($0) }, shape: shape, dtype: .uint8), dataFormat: format)
            #expect(bytes.dtype == .float32)
            expectAgree(try bytes.array(Double.self), y, tolerance: 1e-6, label)

            let place = Input(batchShape: Shape(shape))
            let model = try Model(inputs: place, outputs: mode(place, dataFormat: format))
            expectAgree(try model(Tensor(x, shape: shape, dtype: .float32)).array(Double.self), y, tolerance: 1e-6, label)
        }
        #expect(throws: KerasError.invalidSetting(
            object: "preprocessInput", argument: "x", expected: "one image or a batch with 3 channels in axis 2", got: "[2, 2, 1]")
        ) { try VGG16.preprocessInput(ops.zeros([2, 2, 1])) }
    }

    @Test func predictionsInWords() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-imagenet-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/index.json"
        let index = (0..<1000).map { "\"\($0)\": [\"n\($0)\", \"class \($0)\"]" }.joined(separator: ", ")
        try Data("{\(index)}".utf8).write(to: URL(fileURLWithPath: path))
        var scores = [Float](repeating: 0, count: 2000)
        (scores[7], scores[3], scores[1999], scores[1000]) = (0.5, 0.75, 2, 1)
        let predictions = try Tensor(scores, shape: [2, 1000])
        let found = try VGG19.decodePredictions(predictions, top: 2, classIndex: path)
        #expect(found[0].map(\.classDescription) == ["class 3", "class 7"])
        #expect(found[0].map(\.score) == [0.75, 0.5])
        #expect(found[1].map(\.className) == ["n999", "n0"])
        #expect(try VGG16.decodePredictions(predictions, classIndex: path)[0].count == 5)

        #expect(throws: KerasError.invalidSetting(
            object: "decodePredictions", argument: "predictions", expected: "of shape [samples, 1000]", got: "[2, 10]")
        ) { try VGG16.decodePredictions(ops.zeros([2, 10]), classIndex: path) }
        #expect(throws: KerasError.invalidSetting(object: "decodePredictions", argument: "top", expected: "1 or more", got: "0")) {
            try VGG16.decodePredictions(predictions, top: 0, classIndex: path)
        }
        #expect(throws: KerasError.self) { try VGG16.decodePredictions(predictions, classIndex: "\(folder)/none.json") }
        try Data("{\"0\": [\"n0\"]}".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: KerasError.invalidConfig(object: path, reason: "class 0 has 1 texts, not 2")) {
            try VGG16.decodePredictions(predictions, classIndex: path)
        }
    }
}
