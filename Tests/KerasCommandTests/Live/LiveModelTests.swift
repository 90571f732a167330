import Foundation
import Testing

@testable import Keras

/// Models that the real Keras saves, through the command: `keras predict` gives its predictions, and what `keras convert` writes
/// gives them in Keras.
@Suite(.serialized, .enabled(if: LiveModels.python != nil, "needs Keras; KERAS_PYTHON names no Python"))
struct LiveModelTests {
    @Test func predictionsBothWays() throws {
        let (folder, rows) = try LiveModels.saved.get()
        #expect(rows.count >= 150)
        let back = "\(folder)/back"
        try FileManager.default.createDirectory(atPath: back, withIntermediateDirectories: true)
        let complaints = try LiveModels.concurrently(rows.count) { index in
            Self.run(rows[index], "\(folder)/\(rows[index].index)", "\(back)/\(rows[index].index)")
        }
        for (row, complaints) in zip(rows, complaints) {
            for complaint in complaints { Issue.record("\(row.name): \(complaint)") }
        }
        let outcomes = try LiveModels.check(back, of: folder)
        for row in rows { check(row, outcomes[row.name] ?? [:]) }
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func everyLayerHasAModel() throws {
        let found = Set(try LiveModels.saved.get().rows.flatMap(\.classes))
        // A lambda's code is Python's: no file of it can be read.
        let known = LayerConfig.builtins.filter { $0 != Lambda.self }.map { $0.registeredName }
        #expect(known.filter { !found.contains($0) } == [])
    }

    /// Predicts from each of Python's files, and writes each kind of file from another one; gives what goes wrong.
    private static func run(_ row: LiveModels.Row, _ original: String, _ target: String) -> [String] {
        var complaints: [String] = []
        func attempt(_ label: String, _ body: () throws -> String?) {
            do {
                if let complaint = try body() { complaints.append("\(label): \(complaint)") }
            } catch { complaints.append("\(label): \(error)") }
        }
        for ending in ["keras", "h5"] {
            attempt("predict .\(ending)") {
                let output = "\(target).\(ending).npz"
                let inputs = "\(original).inputs.npz"
                if let error = try LiveModels.keras("predict", "\(original).\(ending)", "--inputs", inputs, "--output", output, "--quiet") { return error }
                return try difference(ArrayFile(output), ArrayFile("\(original).outputs.npz"), tolerance: row.tolerance)
            }
        }
        attempt(".keras to .keras") { try LiveModels.keras("convert", "\(original).keras", "\(target).keras") }
        attempt(".keras to .json") { try LiveModels.keras("convert", "\(original).keras", "\(target).json") }
        attempt(".h5 to .weights.h5") { try LiveModels.keras("convert", "\(original).h5", "\(target).weights.h5") }
        if row.legacy {
            attempt(".weights.h5 to .h5") {
                try LiveModels.keras("convert", "\(original).weights.h5", "\(target).h5", "--architecture", "\(original).json")
            }
        }
        return complaints
    }

    /// How arrays differ: in names, types, shapes, or by more than the tolerance, against the greatest number; nil if they do not.
    private static func difference(_ got: ArrayFile, _ want: ArrayFile, tolerance: Double) throws -> String? {
        guard got.names == want.names else { return "outputs \(got.names), Keras' \(want.names)" }
        for name in want.names {
            let a = try got.tensor(name), b = try want.tensor(name)
            // JAX keeps numbers of 64 bits in 32.
            let narrow: [DType: DType] = [.int64: .int32, .uint64: .uint32, .float64: .float32]
            guard b.dtype == (narrow[a.dtype] ?? a.dtype), a.shape == b.shape else {
                return "\(name) is \(a.dtype) \(a.shape), Keras' \(b.dtype) \(b.shape)"
            }
            let x: [Double] = try a.array(), y: [Double] = try b.array()
            let isExact = !b.dtype.isFloatingPoint
            let bound = isExact ? 0 : tolerance * max(y.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0, 1e-9)
            let differs = zip(x, y).first { x, y in x != y && !(x.isNaN && y.isNaN) && !((x - y).magnitude <= bound) }
            if let differs { return "\(name) has \(differs.0) where Keras has \(differs.1)" }
        }
        return nil
    }

    private func check(_ row: LiveModels.Row, _ outcomes: [String: LiveModels.Outcome]) {
        for ending in [".keras", ".weights.h5"] + (row.legacy ? [".h5"] : []) {
            guard let outcome = outcomes[ending], outcome.error == nil, let outputs = outcome.outputs else {
                Issue.record("\(row.name): Keras does not load \(ending): \(outcomes[ending]?.error ?? "nothing said")")
                continue
            }
            #expect(outputs <= row.tolerance, "\(row.name)\(ending)")
            #expect((outcome.differences ?? []) + (outcome.warnings ?? []) == [], "\(row.name)\(ending)")
            if row.trained, ending == ".keras" { #expect((outcome.trained ?? .infinity) <= row.tolerance, "\(row.name), trained on") }
        }
        // A row says that Keras cannot read its own file only where that is so.
        if !row.legacy, let own = outcomes["own .h5"] {
            #expect(own.error != nil || (own.outputs ?? 0) > row.tolerance, "\(row.name): Keras reads its own .h5")
        }
    }
}
