import Graph
import Testing

/// Every primitive and composite on the tables of `Tests/Fixtures/primitives`, against NumPy, SciPy, JAX and Keras.
@Suite struct PrimitiveValueTests {
    @Test("values", arguments: Fixtures.families)
    func values(family: String) throws {
        for row in try Fixtures.rows(family) {
            do {
                let results = try row.evaluate()
                guard results.count == row.out.count else {
                    Issue.record("\(row): \(results.count) results, not \(row.out.count)")
                    continue
                }
                for (index, (actual, expected)) in zip(results, row.out).enumerated() {
                    if let difference = row.tolerance.difference(actual, from: expected) {
                        Issue.record("\(row): result \(index): \(difference)")
                    }
                }
            } catch {
                Issue.record("\(row): \(error)")
            }
        }
    }
}
