import Foundation
import Testing

@testable import Keras

/// Layers that several models inside a model share stay shared in files and copies.
@Suite(.ownSession) struct SharedLayerTests {
    private func model() throws -> Model {
        let shared = Dense(4, name: "shared")
        let pair = try Sequential([Input(shape: [4]), Dense(3), Dense(4)], name: "pair")
        let i = Input(shape: [4]), j = Input(shape: [4]), x = Input(shape: [4])
        let first = try Model(inputs: i, outputs: shared(Activation(.tanh)(shared(i))), name: "first")
        let second = try Model(inputs: j, outputs: Dense(2)(pair(shared(j))), name: "second")
        let stack = try Sequential([Input(shape: [4]), Dense(4), pair, shared], name: "stack")
        return try Model(inputs: x, outputs: concatenate([first(x), second(x), stack(x)]))
    }

    /// The layer of a name in a model inside.
    private func layer(_ name: String, in inner: String, of model: Model) throws -> Layer {
        try (model.layer(named: inner) as? Model).unwrap().layer(named: name)
    }

    private func check(_ copy: Model, against model: Model) throws {
        for inner in ["second", "stack"] {
            #expect(try layer("shared", in: inner, of: copy) === layer("shared", in: "first", of: copy))
        }
        #expect(try layer("pair", in: "second", of: copy) === layer("pair", in: "stack", of: copy))
        #expect(copy.weights.count == model.weights.count)
        #expect(copy.json() == model.json())
    }

    private let x = try! Tensor([1, -2, 3, 0.5, 0.25, -1, 2, 0], shape: [2, 4], dtype: .float32)

    @Test func files() throws {
        let model = try model()
        try SavingFixture.withFolder { folder in
            try model.save(to: "\(folder)/model.keras")
            let copy = try loadModel("\(folder)/model.keras")
            try check(copy, against: model)
            let report = try copy.loadReport.unwrap()
            #expect(report.missing + report.unused + report.mismatched == [])
            #expect(try copy.predict(x).array(Float.self) == model.predict(x).array(Float.self))
            try model.saveWeights(to: "\(folder)/model.weights.h5")
            for variable in copy.weights { try variable.assign(ops.zeros(variable.shape)) }
            #expect(try copy.loadWeights(from: "\(folder)/model.weights.h5").unused == [])
            #expect(try copy.predict(x).array(Float.self) == model.predict(x).array(Float.self))
        }
    }

    @Test func clones() throws {
        let model = try model()
        let copy = try cloneModel(model)
        try check(copy, against: model)
        #expect(copy.weights.allSatisfy { weight in !model.weights.contains { $0 === weight } })
        try copy.setWeights(model.getWeights())
        #expect(try copy.predict(x).array(Float.self) == model.predict(x).array(Float.self))
    }

    /// An id that no layer has yet means the layer of the same class and settings; one that none has at all, a new layer.
    @Test func marks() throws {
        let dense = LayerConfig.object(of: Dense(3, name: "d"))
        func object(_ number: Int?, name: String = "d") -> Config {
            var object = dense
            object.config["name"] = .string(name)
            object.extra[SharedLayers.key] = number.map { .int($0) }
            return object.dictionary
        }
        try SharedLayers.finding {
            let first = try LayerConfig.layer(from: object(nil))
            #expect(try LayerConfig.layer(from: object(nil)) !== first)
            #expect(try LayerConfig.layer(from: object(1)) === first)
            #expect(try LayerConfig.layer(from: object(1, name: "e")) === first)
            let other = try LayerConfig.layer(from: object(2, name: "f"))
            #expect(other !== first)
            #expect(try LayerConfig.layer(from: object(2)) === other)
        }
        #expect(try LayerConfig.layer(from: object(1)) !== LayerConfig.layer(from: object(1)))
    }
}
