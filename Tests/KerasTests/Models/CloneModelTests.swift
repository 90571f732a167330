import Foundation
import Testing

@testable import Keras

/// `cloneModel` with its options.
@Suite(.ownSession) struct CloneModelTests {
    private func model() throws -> Model {
        let x = Input(shape: [4], name: "x")
        let shared = Dense(4, activation: .tanh, name: "shared")
        let y = try Dense(2, name: "last")(shared(shared(x) * 2) + 1)
        return try Model(inputs: x, outputs: y, name: "m")
    }

    private var data: Tensor { get throws { try Tensor([[0.5, -1, 2, 0.25]]) } }

    @Test func operationsAndSharedLayers() throws {
        let model = try model()
        let copy = try cloneModel(model)
        #expect(copy.config == model.config)
        #expect(copy.operations.map(\.name) == model.operations.map(\.name))
        try copy.setWeights(model.getWeights())
        #expect(try copy.predict(try data).array(Float.self) == model.predict(try data).array(Float.self))
        #expect(zip(copy.layers.dropFirst(), model.layers.dropFirst()).allSatisfy { $0 !== $1 })
    }

    @Test func cloneFunction() throws {
        let model = try model()
        var seen: [String] = []
        let copy = try cloneModel(model, cloneFunction: { layer in
            seen.append(layer.name)
            return layer.name == "last" ? Dense(3, name: "wide") : try layer.clone()
        })
        #expect(seen.sorted() == ["add", "last", "multiply", "shared"])
        #expect(copy.output.shape == [nil, 3])
        #expect(try copy.layer(named: "shared").inboundNodes.count == 2)
        #expect(try copy.layer(named: "shared") !== model.layer(named: "shared"))
    }

    @Test func callFunction() throws {
        let model = try model()
        let copy = try cloneModel(model, cloneFunction: { $0 }) { layer, inputs, call in
            let outputs = try call(inputs)
            return layer is Dense ? try outputs.map { try Dropout(0.5)($0) } : outputs
        }
        #expect(copy.layers.filter { $0 is Dropout }.count == 3)
        // The layers are shared, so are the weights.
        #expect(try copy.predict(try data).array(Float.self) == model.predict(try data).array(Float.self))
        #expect(try cloneModel(model, callFunction: { _, inputs, call in try call(inputs) }).config == model.config)
    }

    @Test func inputTensors() throws {
        let model = try model()
        let start = Input(shape: [4], name: "start")
        let copy = try cloneModel(model, inputTensors: start)
        #expect(copy.inputNames == ["start"])
        #expect(message { _ = try cloneModel(model, inputTensors: [start, start], fileID: "App/A.swift", line: 3) }
            == "Model \"m\" (called at A.swift:3) takes 1 input (\"x\"); it got 2.")
        let stack = try Sequential([Input(shape: [4]), Dense(2, name: "d")], name: "s")
        let other = try cloneModel(stack, inputTensors: Input(shape: [6], name: "six"))
        #expect(other.weights.map(\.shape) == [[6, 2], [2]])
        #expect(other is Sequential)
    }

    @Test func recursive() throws {
        let i = Input(shape: [4])
        let inner = try Model(inputs: i, outputs: Dense(4, name: "inside")(i), name: "inner")
        let x = Input(shape: [4])
        let stack = try Sequential([Input(shape: [4]), Dense(4, name: "stacked")], name: "stack")
        let outer = try Model(inputs: x, outputs: stack(inner(x)) * 2, name: "outer")
        func names(recursive: Bool) throws -> [String] {
            var seen: [String] = []
            let copy = try cloneModel(outer, cloneFunction: { layer in
                seen.append(layer.name)
                return try layer.clone()
            }, recursive: recursive)
            #expect(copy.config == outer.config)
            return seen.sorted()
        }
        #expect(try names(recursive: true) == ["inside", "multiply", "stacked"])
        #expect(try names(recursive: false) == ["inner", "multiply", "stack"])
    }

    @Test func frozenAtAnyLevel() throws {
        let model = try model()
        try model.layer(named: "shared").trainable = false
        let copy = try cloneModel(model, cloneFunction: { try $0.clone() })
        #expect(copy.trainableWeights.count == 2 && copy.nonTrainableWeights.count == 2)
        model.trainable = false
        #expect(try cloneModel(model, cloneFunction: { try $0.clone() }).trainableWeights.isEmpty)
        #expect(try cloneModel(model).trainableWeights.isEmpty)
    }

    @Test func whatCannotBeCloned() throws {
        final class Own: Model {
            override func call(_ inputs: Tensor) throws -> Tensor { inputs }
        }
        #expect(message { _ = try cloneModel(Own(name: "own"), cloneFunction: { $0 }) }.contains("its layers are called in code"))
        let stack = try Sequential([Dense(2)])
        #expect(message { _ = try cloneModel(stack, callFunction: { _, inputs, call in try call(inputs) }) }.contains("callFunction"))
    }
}
