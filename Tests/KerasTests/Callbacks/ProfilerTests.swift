import Foundation
import Testing

@testable import Keras

/// Traces of steps, and plans as text.
@Suite(.serialized, .ownSession) struct ProfilerTests {
    private struct Trace: Decodable {
        struct Event: Decodable { let name: String }
        let traceEvents: [Event]
    }

    private func model() throws -> Model {
        let inputs = Input(shape: [3])
        let hidden = try Dense(4, activation: .relu, name: "hidden")(inputs)
        let model = try Model(inputs: inputs, outputs: Dense(2, name: "scores")(hidden), name: "profiled")
        try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
        return model
    }

    private let x = try! ops.ones([32, 3]), y = try! ops.zeros([32, 2])

    private func temporary(_ ending: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("keras-profile-\(UUID().uuidString).\(ending)").path
    }

    private func names(_ path: String) throws -> [String] {
        try JSONDecoder().decode(Trace.self, from: Data(contentsOf: URL(fileURLWithPath: path))).traceEvents.map(\.name)
    }

    @Test func traceOfTraining() throws {
        let path = temporary("json")
        defer { try? FileManager.default.removeItem(atPath: path) }
        // 4 steps of an epoch: the last of the first epoch, and the first two of the second.
        try model().fit(x, y, batchSize: 8, epochs: 3, verbose: .silent, callbacks: [Profiler(to: path, batches: 3..<6)])
        let found = try names(path)
        #expect(found.count { $0 == "profiled.train" } == 3)
        #expect(found.count { $0 == "hidden: matmul + bias + relu" } == 3)
        #expect(found.contains { $0.hasPrefix("optimizer") })
    }

    @Test func aRunThatEndsEarlierIsWrittenToo() throws {
        let path = temporary("txt")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let callback = Profiler(to: path, batches: 1..<100)
        let _: Tensor = try model().predict(x, batchSize: 16, verbose: .silent, callbacks: [callback])
        let table = try String(contentsOfFile: path, encoding: .utf8)
        #expect(table.contains("profiled.predict: ") && table.contains("scores: matmul + bias"))
    }

    @Test func noStepsNoFile() throws {
        let path = temporary("json")
        try model().fit(x, y, batchSize: 8, epochs: 1, verbose: .silent, callbacks: [Profiler(to: path, batches: 50..<51)])
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func plansAsText() throws {
        let model = try model()
        let predicting = try model.planText(batchSize: 16).split(separator: "\n").map(String.init)
        #expect(predicting[0].hasPrefix("profiled.predict: 2 kernels for "))
        #expect(predicting.contains { $0.contains("hidden: matmul + bias + relu") && $0.contains("float32[16, 4]") })
        #expect(predicting.last?.contains("output 0") == true)
        let training = try model.planText(x[0..<8], y[0..<8])
        #expect(training.hasPrefix("profiled.train: ") && training.contains("optimizer: fused(") && training.contains("input "))
        // Explaining a step does not take it.
        #expect(try model.optimizer?.iterations.value.item(Int.self) ?? 0 == 0)
    }

    @Test func mistakes() throws {
        #expect(throws: KerasError.self) { try model().planText(batchSize: 0) }
        #expect(throws: KerasError.self) { try Model(inputs: Input(shape: [nil]), outputs: Input(shape: [1])).planText() }
        let inputs = Input(shape: [3])
        let plain = try Model(inputs: inputs, outputs: Dense(1)(inputs))
        #expect(throws: KerasError.self) { try plain.planText(x, y) }
    }
}
