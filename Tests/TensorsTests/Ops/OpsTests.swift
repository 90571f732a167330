import Foundation
import Tensors
import Testing

/// `ops` against keras.ops on JAX: values and element types (`Tests/Fixtures/ops`).
@Suite struct OpsTests {
    private static func rows() throws -> [PrimitiveRow] {
        try JSONDecoder().decode([PrimitiveRow].self, from: Data(contentsOf: Fixtures.folder.appendingPathComponent("ops/ops.json")))
    }

    @Test func valuesEqualKeras() throws {
        for row in try Self.rows() {
            guard let function = OpsTable.functions[row.op] else {
                Issue.record("\(row): no such function in the table")
                continue
            }
            do {
                let results = try function(OpsCall(row))
                guard results.count == row.out.count else {
                    Issue.record("\(row): \(results.count) results, not \(row.out.count)")
                    continue
                }
                for (index, (result, expected)) in zip(results, row.out).enumerated() {
                    let actual = FixtureTensor(type: result.type, bytes: try result.withUnsafeBytes { Array($0) })
                    if let difference = row.tolerance.difference(actual, from: expected) { Issue.record("\(row): result \(index): \(difference)") }
                }
            } catch {
                Issue.record("\(row): \(error)")
            }
        }
    }

    /// Reads the names off the sources: a function that is new fails here until it has a row.
    @Test func everyFunctionHasARow() throws {
        let folder = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Tensors/Ops")
        let declaration = try Regex("public static func `?([A-Za-z0-9]+)`?")
        var names = Set<String>()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) where file.pathExtension == "swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                if let name = line.firstMatch(of: declaration)?.output[1].substring { names.insert(String(name)) }
            }
        }
        #expect(names.count > 100, "the sources of ops were not found")
        let present = Set(try Self.rows().map(\.op))
        let missing = names.subtracting(present).sorted()
        #expect(missing.isEmpty, "no row for \(missing.joined(separator: ", "))")
    }
}
