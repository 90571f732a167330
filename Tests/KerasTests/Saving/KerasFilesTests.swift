import Foundation
import Testing

@testable import Keras

/// Files that Python Keras wrote, read here: equal predictions, and training that goes on as in Python.
@Suite(.ownSession) struct KerasFilesTests {
    static let recorded = (try? SavingFixture.rows(in: SavingFixture.folder.path)) ?? []

    @Test(arguments: recorded.map(\.name)) func recordedFile(_ name: String) throws {
        try check(Self.recorded.first { $0.name == name }.unwrap())
    }

    @Test(.enabled(if: SavingFixture.python != nil, "needs Keras; KERAS_PYTHON names no Python")) func live() throws {
        let rows = try SavingFixture.rows(in: SavingFixture.live.get())
        #expect(rows.count > 15)
        for row in rows {
            try reporting(row.name) { try check(row) }
            try reporting("\(row.name).weights.h5") { try checkWeights(row) }
            if row.isOld { try reporting("\(row.name).h5") { try checkOld(row) } }
        }
    }

    private func check(_ row: SavedModel) throws {
        let model = try loadModel(row.path)
        let report = try model.loadReport.unwrap()
        #expect(report.missing + report.unused + report.mismatched == [], "\(row.name)")
        #expect(model.weights.map(\.path) == row.weightPaths)
        try row.expect(row.outputs(of: model), row.y, tolerance: row.tolerance, "predictions")
        #expect(model.isCompiled == (row.targets != nil))
        try checkTraining(row, model)
    }

    /// Scores and further training are Python's.
    private func checkTraining(_ row: SavedModel, _ model: Model) throws {
        guard let targets = row.targets, let trained = row.trained else { return }
        let x = model.inputStructure?.filled(with: row.x) ?? .one(row.x[0])
        let y: Structure<Tensor> = model.outputStructure.map { $0.filled(with: targets) } ?? .one(targets[0])
        let scores = try model.evaluate(x, y, batchSize: 4, verbose: .silent)
        for entry in row.scores?.entries ?? [] {
            let got = try scores[entry.key].unwrap(), want = try Double(configValue: entry.value).unwrap()
            #expect((got - want).magnitude <= 1e-4 * max(want.magnitude, 1e-2), "\(row.name) \(entry.key): \(got), Keras' \(want)")
        }
        try model.fit(x, y, batchSize: 4, epochs: 2, verbose: .silent, shuffle: false)
        try row.expect(row.outputs(of: model), trained, tolerance: 1e-3, "trained")
        #expect(try model.optimizer?.effectiveIterations().item(Int.self) == row.iterations)
    }

    private func checkWeights(_ row: SavedModel) throws {
        let model = try loadModel(row.path, compile: false)
        for variable in model.weights { try variable.assign(ops.zeros(variable.shape)) }
        let report = try model.loadWeights(from: "\(row.folder)/\(row.name).weights.h5")
        #expect(report.isComplete)
        #expect((report.missing + report.mismatched).isEmpty)
        #expect(report.unused.allSatisfy { $0.role == .optimizer && $0.cause == .notCompiled })
        try row.expect(row.outputs(of: model), row.y, tolerance: row.tolerance, "weights")
        for variable in model.weights { try variable.assign(ops.zeros(variable.shape)) }
        try model.loadWeights(from: row.path)
        try row.expect(row.outputs(of: model), row.y, tolerance: row.tolerance, "weights of .keras")
    }

    private func checkOld(_ row: SavedModel) throws {
        let model = try loadModel("\(row.folder)/\(row.name).h5")
        let report = try model.loadReport.unwrap()
        #expect(report.missing + report.unused + report.mismatched == [], "\(row.name)")
        try row.expect(row.outputs(of: model), row.y, tolerance: row.tolerance, ".h5")
        try checkTraining(row, model)
    }
}

/// Keeps on with the next case when one throws.
func reporting(_ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) throws {
    do { try body() } catch { Issue.record("\(name): \(error)", sourceLocation: sourceLocation) }
}
