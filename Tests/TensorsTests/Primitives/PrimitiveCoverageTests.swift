import Graph
import Testing

/// The tables have a row for every operation of the vocabulary: one that is new fails here until it has been given some.
@Suite struct PrimitiveCoverageTests {
    /// Operations without a gradient to check, and why.
    private static func withoutGradient(_ key: String) -> String? {
        switch key {
        case "parameter", "constant", "iota": "a leaf"
        case "stopGradient": "it has none by definition"
        case _ where key.hasPrefix("compare."): "the result is bool"
        case "unary.isNaN", "unary.isFinite", "unary.isInfinite", "unary.not", "reduce.any", "reduce.all": "the result is bool"
        case "binary.and", "binary.or", "binary.xor", "binary.shiftLeft", "binary.shiftRightLogical", "binary.shiftRightArithmetic", "bitcast", "randomBits":
            "bits have no derivative"
        case _ where key.hasPrefix("argReduce."): "the result is an index"
        default: nil
        }
    }

    private func kinds(where include: (PrimitiveRow) -> Bool) throws -> Set<String> {
        var keys = Set<String>()
        for family in Fixtures.families {
            for row in try Fixtures.rows(family) where include(row) { keys.insert(try row.primitive().kind.key) }
        }
        return keys
    }

    @Test func everyKindHasValues() throws {
        let present = try kinds { _ in true }
        let missing = Primitive.Kind.allCases.map(\.key).filter { !present.contains($0) }
        #expect(missing.isEmpty, "no value row for \(missing.joined(separator: ", "))")
    }

    @Test func everyDifferentiableKindHasAGradient() throws {
        let present = try kinds { !($0.grad ?? []).isEmpty }
        let missing = Primitive.Kind.allCases.map(\.key).filter { !present.contains($0) && Self.withoutGradient($0) == nil }
        #expect(missing.isEmpty, "no gradient row for \(missing.joined(separator: ", "))")
        let both = present.filter { Self.withoutGradient($0) != nil }
        #expect(both.isEmpty, "listed as without gradient, but with a row: \(both.sorted())")
    }

    @Test func keysAreDistinct() {
        let keys = Primitive.Kind.allCases.map(\.key)
        #expect(Set(keys).count == keys.count)
    }
}
