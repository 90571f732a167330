import Keras

/// Section 8: mistakes are told at the line that makes them.
enum CheckedWhileDrawn {
    @Sendable static func run(_ facts: Facts) throws {
        let vector = Input(shape: [8], name: "vector")
        let picture = Input(shape: [28, 28, 1], name: "picture")
        let sequence = Input(shape: [nil, 8], name: "sequence")
        let here = "CheckedWhileDrawn.swift"

        facts.mistake("a wrong rank", says: "Conv2D", "rank", "vector", here) { try Conv2D(8, 3)(vector) }
        facts.mistake("a sequence where a vector is wanted", says: "LSTM", "rank", "vector", here) { try LSTM(8)(vector) }
        let dense = Dense(4, name: "scores")
        _ = try dense(vector)
        facts.mistake("a wrong feature count", says: "Dense \"scores\"", "8", "5", here) { try dense(Input(shape: [5], name: "narrow")) }
        facts.mistake("mismatched merge shapes", says: "Add", "[nil, 8]", "[nil, 4]", here) { try add([vector, Dense(4)(vector)]) }
        facts.mistake("an unknown width where weights need one", says: "Dense", "nil", "texts", here) {
            try Dense(4)(Input(shape: [nil], name: "texts"))
        }
        facts.mistake("a picture smaller than the window", says: "Conv2D", "28") { try Conv2D(8, 29)(picture) }
        facts.mistake("an output that the inputs do not lead to", says: "sequence") {
            try Model(inputs: vector, outputs: concatenate([Dense(2)(vector), LSTM(2)(sequence)]))
        }
        facts.mistake("two layers of one name", says: "twin") {
            try Model(inputs: vector, outputs: Dense(2, name: "twin")(Dense(2, name: "twin")(vector)))
        }
        let model = try Model(inputs: vector, outputs: Dense(2)(vector))
        facts.mistake("a model called with too many inputs", says: "1 input", "2", here) { try model([vector, vector]) }
        facts.mistake("an argument that makes no sense", says: "Dense", "units", "0", here) { try Dense(0)(vector) }
        facts.mistake("a layer that is not there", says: "dense_9") { try model.layer(named: "dense_9") }
        facts.mistake("the output of a layer that was not called", says: "not", "called") {
            try Model(inputs: vector, outputs: Dense(1).output)
        }
        facts.mistake("a cycle in a config", says: "cycle") { try Model.fromJSON(cycle()) }
        facts.equal("what could be built, runs", try model.predict(ops.ones([3, 8]), verbose: .silent).shape, [3, 2])
    }

    /// The config of two layers that wait for each other: a graph cannot be drawn so, only written.
    private static func cycle() throws -> String {
        let inputs = Input(shape: [3], name: "start")
        let a = Dense(3, name: "a"), b = Dense(3, name: "b")
        let model = try Model(inputs: inputs, outputs: b(a(inputs)))
        return model.json().replacing("\"keras_history\": [\"start\"", with: "\"keras_history\": [\"b\"")
    }
}
