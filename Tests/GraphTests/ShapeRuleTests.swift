import Testing
@testable import Graph

/// Every primitive's wrong calls and their messages.
@Suite struct ShapeRuleTests {
    /// A wrong call, and what the message says.
    struct Row: CustomStringConvertible, Sendable {
        let primitive: Primitive
        let operands: [TensorType]
        let message: String

        init(_ primitive: Primitive, _ operands: [TensorType], _ message: String) {
            self.primitive = primitive
            self.operands = operands
            self.message = message
        }

        var description: String { "\(primitive.kind): \(message)" }
    }

    @Test func everyKindHasARow() {
        let covered = Set(Self.rows.map(\.primitive.kind))
        let missing = Primitive.Kind.allCases.filter { !covered.contains($0) }
        #expect(missing.isEmpty, "no wrong call for \(missing)")
    }

    @Test func kindsAreDistinct() {
        #expect(Set(Primitive.Kind.allCases).count == Primitive.Kind.allCases.count)
    }

    @Test(arguments: rows.indices) func wrongCallsSayWhatIsWrong(_ index: Int) {
        let row = Self.rows[index]
        do {
            let types = try row.primitive.resultTypes(of: row.operands)
            Issue.record("\(row): gives \(types)")
        } catch {
            #expect("\(error)" == row.message)
        }
    }

    /// Right calls: the result types are what the interpreter finds.
    @Test(arguments: Sample.all.indices) func rightCallsHaveTypes(_ index: Int) throws {
        let sample = Sample.all[index]
        let operands = sample.operands.map { Value.placeholder($0.type) }
        _ = try Value.makeAll(sample.primitive, operands)
    }
}
