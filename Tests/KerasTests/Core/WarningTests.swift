import Testing

@testable import Keras

@Suite(.ownSession) struct WarningTests {
    @Test func droppedMasksAreToldOnce() throws {
        let ids = Input(shape: [6], name: "ids")
        let words = try Embedding(10, 4, maskZero: true, name: "words")(ids)
        let line = #line + 1
        let flat = try Flatten(name: "flat")(words)
        let expected = "Flatten \"flat\" (called at WarningTests.swift:\(line)) does not support masks and drops that of its input. "
            + "Layers after it count every step."
        #expect(Session.current.warnings.texts == [expected])
        let model = try Model(inputs: ids, outputs: Dense(2, name: "scores")(flat))
        _ = try model.predict(ops.zeros([3, 6]), verbose: .silent) as Tensor
        #expect(Session.current.warnings.texts == [expected])
        clearSession()
        #expect(Session.current.warnings.texts.isEmpty)
    }

    @Test func layersThatSupportMasksAreQuiet() throws {
        let ids = Input(shape: [6])
        let words = try Embedding(10, 4, maskZero: true)(ids)
        let inner = Input(shape: [6, 4])
        let nested = try Model(inputs: inner, outputs: Dense(3)(inner))
        _ = try Dropout(0.5)(Dense(3)(nested(words)))
        // Without a mask there is nothing to drop.
        _ = try Flatten()(Embedding(10, 4)(ids))
        // An operation is no layer.
        _ = try words * 2
        #expect(Session.current.warnings.texts.isEmpty)
    }
}
