import Foundation
import Tensors
import Testing

/// The element types of results for all pairs of operands' types, as Keras has them (`Tests/Fixtures/ops/dtypes.json`).
@Suite struct DTypeTests {
    private struct Table: Decodable {
        let types: [String]
        let pairs: [String: [String]]
        let scalars: [String: [String]]
        let single: [String: String]
    }

    private static func table() throws -> Table {
        try JSONDecoder().decode(Table.self, from: Data(contentsOf: Fixtures.folder.appendingPathComponent("ops/dtypes.json")))
    }

    private static let binary: [String: @Sendable (Tensor, Tensor) throws -> Tensor] = [
        "add": { try ops.add($0, $1) }, "subtract": { try ops.subtract($0, $1) }, "multiply": { try ops.multiply($0, $1) },
        "divide": { try ops.divide($0, $1) }, "floorDivide": { try ops.floorDivide($0, $1) }, "mod": { try ops.mod($0, $1) },
        "power": { try ops.power($0, $1) }, "maximum": { try ops.maximum($0, $1) }, "arctan2": { try ops.arctan2($0, $1) }, "equal": { try ops.equal($0, $1) },
        "matmul": { try ops.matmul($0, $1) }, "where": { try ops.where(Tensor(true), $0, $1) }, "concatenate": { try ops.concatenate([$0, $1]) },
    ]
    private static let withNumber: [String: @Sendable (Tensor, any TensorConvertible) throws -> Tensor] = [
        "add": { try ops.add($0, $1) }, "subtract": { try ops.subtract($0, $1) }, "multiply": { try ops.multiply($0, $1) },
        "divide": { try ops.divide($0, $1) }, "floorDivide": { try ops.floorDivide($0, $1) }, "mod": { try ops.mod($0, $1) },
        "power": { try ops.power($0, $1) }, "maximum": { try ops.maximum($0, $1) }, "arctan2": { try ops.arctan2($0, $1) }, "equal": { try ops.equal($0, $1) },
    ]
    private static let single: [String: @Sendable (Tensor) throws -> Tensor] = [
        "abs": { try ops.abs($0) }, "exp": { try ops.exp($0) }, "sqrt": { try ops.sqrt($0) }, "square": { try ops.square($0) }, "sign": { try ops.sign($0) },
        "floor": { try ops.floor($0) }, "round": { try ops.round($0) }, "sin": { try ops.sin($0) }, "sum": { try ops.sum($0) }, "mean": { try ops.mean($0) },
        "prod": { try ops.prod($0) }, "max": { try ops.max($0) }, "var": { try ops.var($0) }, "std": { try ops.std($0) }, "argmax": { try ops.argmax($0) },
        "cumsum": { try ops.cumsum($0) }, "relu": { try ops.relu($0) }, "sigmoid": { try ops.sigmoid($0) }, "softmax": { try ops.softmax($0) },
        "isnan": { try ops.isnan($0) }, "any": { try ops.any($0) }, "negative": { try ops.negative($0) }, "log": { try ops.log($0) },
        "clip": { try ops.clip($0, 0, 1) }, "sort": { try ops.sort($0) },
    ]

    private func ones(_ name: String) throws -> Tensor {
        let dtype = try #require(DType(rawValue: name))
        return try ops.ones([1, 1], dtype: dtype)
    }

    /// One line for each function: what its results' types are, and what they should be.
    private func check(_ name: String, _ expected: String, _ columns: [String], _ result: (String) throws -> Tensor) {
        var wrong: [String] = []
        for (column, want) in zip(columns, expected.split(separator: " ").map(String.init)) where want != "-" {
            do {
                let dtype = try result(column).dtype.rawValue
                if dtype != want { wrong.append("\(column): \(dtype), not \(want)") }
            } catch {
                wrong.append("\(column): \(error)")
            }
        }
        if !wrong.isEmpty { Issue.record("\(name): \(wrong.joined(separator: "; "))") }
    }

    @Test func pairs() throws {
        let table = try Self.table()
        for (name, rows) in table.pairs.sorted(by: { $0.key < $1.key }) {
            let function = try #require(Self.binary[name])
            for (first, row) in zip(table.types, rows) { check("\(name) of \(first) and", row, table.types) { try function(ones(first), ones($0)) } }
        }
    }

    @Test func swiftNumbers() throws {
        let table = try Self.table()
        for (name, rows) in table.scalars.sorted(by: { $0.key < $1.key }) {
            let function = try #require(Self.withNumber[name])
            for (first, row) in zip(table.types, rows) {
                check("\(name) of \(first) and", row, ["Int", "Double"]) { try function(ones(first), $0 == "Int" ? 2 as Int : 2.5 as Double) }
            }
        }
    }

    @Test func singleOperands() throws {
        let table = try Self.table()
        for (name, row) in table.single.sorted(by: { $0.key < $1.key }) {
            let function = try #require(Self.single[name])
            check(name, row, table.types) { try function(ones($0)) }
        }
    }
}
