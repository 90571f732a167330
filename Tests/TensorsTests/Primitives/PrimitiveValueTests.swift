import Graph
import Tensors
import Testing
import XLAEngine

/// Every primitive and composite on the tables of `Tests/Fixtures/primitives`, against NumPy, SciPy, JAX and Keras.
@Suite struct PrimitiveValueTests {
    @Test("values", arguments: Fixtures.families)
    func values(family: String) throws { try check(Fixtures.rows(family)) }

    /// XLA, where a plugin is there and the run is not on it anyway.
    private static let xla = Backend.current == .cpu ? try? XLAEngine(programs: "") : nil

    @Test("values by XLA", .enabled(if: xla != nil, "no PJRT plugin; `make xla` fetches one"), arguments: Fixtures.families)
    func valuesByXLA(family: String) throws {
        try Backend.$scoped.withValue(Self.xla) { try check(Fixtures.rows(family)) }
    }

    private func check(_ rows: [PrimitiveRow]) throws {
        let engine = try Backend.engine.name
        for row in rows {
            do {
                let results = try row.evaluate()
                guard results.count == row.out.count else {
                    Issue.record("\(row): \(results.count) results, not \(row.out.count)")
                    continue
                }
                for (index, (actual, expected)) in zip(results, row.out).enumerated() {
                    let tolerance = Self.coarser[engine]?["\(row)"] ?? row.tolerance
                    if let difference = tolerance.difference(actual, from: expected) {
                        Issue.record("\(row): result \(index): \(difference)")
                    }
                }
            } catch {
                Issue.record("\(row): \(error)")
            }
        }
    }

    /// XLA's own series for special functions are less exact than the table asks of ours: by these much, relative to SciPy's numbers.
    private static let coarser: [String: [String: Tolerance]] = [
        "xla": [
            "unary: erfInv float64": Tolerance(relative: 2e-14),
            "unary: logGamma float32": Tolerance(relative: 3e-6, absolute: 1e-6),
            "unary: digamma gradient": Tolerance(relative: 3e-14),
        ]
    ]
}
