import Foundation
import Testing

@testable import Keras

/// Operations as nodes of models: names, places, errors, surgery.
@Suite(.ownSession) struct OperationGraphTests {
    @Test func operationsAreNoLayers() throws {
        let x = Input(shape: [16], name: "numbers")
        let y = try ops.reshape(x * 2 + 1, [-1, 4, 4])
        let model = try Model(inputs: x, outputs: Dense(3)(y[.all, 0]))
        #expect(y.shape == [nil, 4, 4])
        #expect(model.operations.map(\.name) == ["numbers", "multiply", "add", "reshape", "get_item", "dense"])
        #expect(model.layers.map(\.name) == ["numbers", "dense"])
        #expect(model.sublayers.count == 2)
        #expect(y.node?.parents.first?.layer.name == "add")
        let operation = try (y.history?.layer as? KerasOperation).unwrap()
        #expect(operation.className == "Reshape")
        #expect(operation.outboundNodes.map(\.layer.name) == ["get_item"])
        #expect(try model.predict(Tensor((0..<16).map { Float($0) }, shape: [1, 16])).shape == [1, 3])
    }

    /// The guide's model of operations: summary and config as Keras'.
    @Test func summaryAndConfig() throws {
        let x = Input(shape: [16], name: "numbers")
        let y = try ops.reshape(x * 2 + 1, [-1, 4, 4])
        let joined = try ops.concatenate([y[.all, 0], ops.tanh(y[.all, 1])], axis: -1)
        let model = try Model(inputs: x, outputs: Dense(3)(joined), name: "operations")
        let row = try KerasFixture.read("guide/operations.json").first.unwrap()
        let summary = try row.string("summary")
        #expect(try model.summaryText(lineLength: summary.split(separator: "\n")[1].count) == summary)
        let found = differences(.dictionary(model.config), try row.dictionary("config")["config"].unwrap())
        #expect(found.isEmpty)
        #expect(try plotText(model).contains("<b>get_item_1</b> (GetItem)"))
    }

    private func plotText(_ model: Model) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("operations-\(UUID().uuidString).dot")
        defer { try? FileManager.default.removeItem(at: file) }
        try plotModel(model, to: file.path, showLayerNames: true)
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Operations and layers of one name count together, as Keras' do.
    @Test func names() throws {
        let x = Input(shape: [4])
        #expect(try (x + x).node?.layer.name == "add")
        #expect(try add([x, x]).node?.layer.name == "add_1")
        #expect(try x[.all, 0].node?.layer.name == "get_item")
        #expect(try (-x).node?.layer.name == "negative")
        #expect(try ops.logicalNot(x).node?.layer.name == "logical_not")
    }

    @Test func placesAndErrors() throws {
        let x = Input(shape: [4, 3], name: "x")
        let node = try ops.reshape(x, [-1, 12], fileID: "App/Router.swift", line: 42).node
        #expect(node?.place.description == "Router.swift:42")
        let line = #line + 1
        #expect(try x[.all, 0].node?.place.line == line)
        #expect(message { _ = try ops.matmul(x, ops.reshape(x, [-1, 4, 3]), fileID: "App/Router.swift", line: 7) }.hasPrefix(
            "Matmul \"matmul\" (called at Router.swift:7) cannot be applied to [nil, 4, 3] and [nil, 4, 3]: "))
        let h = try Dense(5, name: "h")(x, fileID: "App/Router.swift", line: 9)
        #expect(message { _ = try h + x }.hasPrefix(
            "Add \"add\" (called at an operator on what Router.swift:9 made) cannot be applied to [nil, 4, 5] and [nil, 4, 3]: "))
        #expect(message { _ = try x[.all, 7] }.contains("GetItem"))
        #expect(message { _ = try ops.concatenate([1, 2] as [any GraphOperand], fileID: "A.swift", line: 3) as KerasTensor }
            == "Concatenate \"concatenate\" (called at A.swift:3) takes one KerasTensor or more; it got 0.")
    }

    /// An unknown size may have to be one that a constant or a setting asks for.
    @Test func unknownSizes() throws {
        let x = Input(shape: [16])
        #expect(try ops.reshape(x, [2, 8]).shape == [2, 8])
        #expect(try (Input(shape: [3]) + Tensor([[1, 2, 3], [4, 5, 6]])).shape == [2, 3])
        #expect(try ops.sum(x, axis: 0).shape == [16])
        #expect(try ops.reshape(Input(shape: [nil, 4]), [-1, 4]).shape == [nil, 4])
        #expect(throws: KerasError.self) { try ops.reshape(x, [5, 7]) }
    }

    /// A model that starts at an operation's result, and one that ends there.
    @Test func surgery() throws {
        let x = Input(shape: [4])
        let doubled = try x * 2
        let h = try Dense(3)(doubled)
        let model = try Model(inputs: x, outputs: h)
        // New outputs on operations between.
        let more = try Model(inputs: model.input, outputs: model.operations.dropFirst().map(\.output))
        let end = try Model(inputs: doubled, outputs: model.output)
        let start = try Model(inputs: model.input, outputs: doubled)
        let data = try Tensor([1.0, 2, 3, 4], shape: [1, 4])
        let whole = try model.predict(data).array(Float.self)
        #expect(try end.predict(start.predict(data)).array(Float.self) == whole)
        #expect(end.operations.count == 2)
        let results = try more.outputs(of: data).leaves
        #expect(try results[0].array(Float.self) == [2, 4, 6, 8])
        #expect(try results[1].array(Float.self) == whole)
        // A second use of the same graph.
        let other = Input(shape: [4])
        let twice = try Model(inputs: other, outputs: model(other) + model(other * 0.5))
        #expect(try twice.predict(data).shape == [1, 3])
        #expect(twice.operations.map(\.name).contains("add"))
    }

    @Test func configsRoundTripAndTrain() throws {
        let x = Input(shape: [4])
        let w = try Tensor([[1, 0], [0, 1], [1, 1], [0, 0]], dtype: .float32)
        let y = try ops.concatenate([ops.matmul(x, w), ops.topK(x, 2).values, Dense(1)(ops.moments(x, axes: [-1], keepdims: true).mean)], axis: -1)
        let model = try Model(inputs: x, outputs: y)
        let copy = try Model.fromJSON(model.json())
        #expect(copy.json() == model.json())
        try copy.setWeights(model.getWeights())
        let data = try Tensor((0..<8).map { Float($0) }, shape: [2, 4])
        #expect(try copy.predict(data).array(Float.self) == model.predict(data).array(Float.self))
        try model.compile(optimizer: "sgd", loss: "mse")
        let before = try model.getWeights()[0].array(Float.self)
        try model.fit(data, ops.ones([2, 5]), epochs: 1, verbose: .silent)
        #expect(try model.getWeights()[0].array(Float.self) != before)
    }

    /// All classes that are not known stand in one message, with the nearest known names.
    @Test func unknownClasses() throws {
        let x = Input(shape: [4])
        let model = try Model(inputs: x, outputs: Dense(2, name: "d")(ops.exp(x)), name: "m")
        let text = model.json().replacingOccurrences(of: "\"class_name\": \"Exp\"", with: "\"class_name\": \"Expp1\"")
        #expect(message { _ = try Model.fromJSON(text) } == "There is no operation named \"Expp1\".\nDid you mean \"Expm1\"?")
        let both = text.replacingOccurrences(of: "\"class_name\": \"Dense\"", with: "\"class_name\": \"Nowhere\"")
        #expect(message { _ = try Model.fromJSON(both) } == """
            JSON text names 2 classes that are not known: "Expp1" (did you mean "Expm1"?) and "Nowhere".
            Give classes of your own as customObjects.
            """)
    }

    @Test func unusableConfigs() throws {
        let x = Input(shape: [4])
        let json = try Model(inputs: x, outputs: ops.reshape(x, [-1, 2])).json()
        func changed(_ old: String, _ new: String) -> String { message { _ = try Model.fromJSON(json.replacingOccurrences(of: old, with: new)) } }
        #expect(changed("\"newshape\": [-1, 2]", "\"newshape\": [-1, 2], \"order\": \"F\"").contains("There is no setting of Reshape named \"order\"."))
        #expect(changed("\"newshape\": [-1, 2]", "\"newshapes\": 3").contains("The config has no \"newshape\""))
        #expect(changed("\"newshape\": [-1, 2]", "\"newshape\": \"wide\"").contains("\"newshape\""))
        #expect(changed("\"kwargs\": {}", "\"kwargs\": {\"y\": 1}").contains("There is no argument of Reshape named \"y\"."))
        #expect(changed("\"kwargs\": {}", "\"kwargs\": {\"x\": {\"class_name\": \"__lambda__\"}}").contains("named \"__lambda__\""))
    }

    /// Numbers keep their kind: whole ones leave integers integers.
    @Test func numbersHaveNoTypeOfTheirOwn() throws {
        let n = Input(shape: [2], dtype: .uint8)
        #expect(try (n * 2 + 1).dtype == .uint8)
        #expect(try (n * 2.5).dtype == .float32)
        #expect(try (Input(shape: [2], dtype: .bfloat16) * 2.5).dtype == .bfloat16)
        let one: Tensor = 1
        #expect(try (n + one).dtype == .uint8)
        #expect(try (n / 2).dtype == .float32)
    }
}
