import Testing

@testable import Keras

/// Every layer of the table, drawn on inputs that may not suit it: it draws, or one clear error names the layer; nothing else.
@Suite(.ownSession) struct LayerMistakeTests {
    static let names = LayerTableTests.names

    /// A layer as the row has it, new.
    private func layer(_ name: String) throws -> Layer {
        LambdaFunctions.register()
        return try LayerConfig.layer(from: LayerTableTests.rows[name].unwrap().dictionary("layer"))
    }

    /// The shapes and types of the row's inputs, batch of any size.
    private func places(_ name: String) throws -> [(shape: Shape, dtype: DType)] {
        try LayerTableTests.rows[name].unwrap().arrays("inputs").map { (shape: [nil] + Shape(Array($0.shape.dropFirst())), dtype: $0.dtype) }
    }

    /// Draws, and sees to it that what is thrown is one of Keras' errors and says which layer and what came.
    @discardableResult
    private func draws(_ layer: Layer, _ name: String, _ shapes: [(shape: Shape, dtype: DType)], _ mistake: String) throws -> Bool {
        let inputs = shapes.map { Input(batchShape: $0.shape, dtype: $0.dtype, name: "given") }
        do {
            try layer.draw(LayerMistakes.arguments(LayerTableTests.rows[name].unwrap(), inputs), at: CallPlace(fileID: "Program/Here.swift", line: 7))
            return true
        } catch let error as KerasError {
            let message = "\(error)"
            // The layer's own name, or that of one inside it which is being built.
            let start = try Regex(#"[A-Za-z0-9]+ "[^"]+" \(called at Here\.swift:7\) "#)
            #expect(try start.prefixMatch(in: message) != nil, "\(name), \(mistake): no layer and place are named: \(message)")
            let needs = [" needs ", " takes ", " cannot be applied to ", " has an input ", " asks for a weight ", " has no call for "]
            #expect(needs.contains { message.contains($0) }, "\(name), \(mistake): it does not say what is expected: \(message)")
            let came = [" got ", " cannot be applied to [", " given were ", " of shape ["]
            #expect(came.contains { message.contains($0) }, "\(name), \(mistake): it does not say what came: \(message)")
            #expect(!message.contains("1680") && !message.contains("3360"), "\(name), \(mistake): a stand-in shows: \(message)")
            return false
        }
    }

    @Test(arguments: names) func otherRanks(_ name: String) throws {
        for rank in 0...7 {
            for size in [nil, 1, 3] as [Int?] {
                let shape = Shape([Int?](repeating: nil, count: min(rank, 1)) + [Int?](repeating: size, count: max(0, rank - 1)))
                let shapes = try places(name).map { (shape: shape, dtype: $0.dtype) }
                try draws(layer(name), name, shapes, "rank \(rank), sizes \(size.map(String.init) ?? "nil")")
            }
        }
    }

    /// Once built, a layer that has weights says what it was built for.
    @Test(arguments: names) func otherSizes(_ name: String) throws {
        let expected = try places(name)
        for axis in 1..<8 {
            for change in [-1, 1, 5] {
                let layer = try layer(name)
                try draws(layer, name, expected, "its own shape")
                guard expected.contains(where: { axis < $0.shape.rank }) else { continue }
                let shapes = expected.map { place in
                    var shape = place.shape
                    if axis < shape.rank { shape.sizes[axis] = max(0, (shape.sizes[axis] ?? 0) + change) }
                    return (shape: shape, dtype: place.dtype)
                }
                try draws(layer, name, shapes, "axis \(axis) changed by \(change)")
            }
        }
    }

    @Test(arguments: names) func unknownSizes(_ name: String) throws {
        let expected = try places(name)
        for axis in 1..<8 where expected.contains(where: { axis < $0.shape.rank }) {
            let shapes = expected.map { place in
                var shape = place.shape
                if axis < shape.rank { shape.sizes[axis] = nil }
                return (shape: shape, dtype: place.dtype)
            }
            try draws(layer(name), name, shapes, "axis \(axis) unknown")
        }
        try draws(layer(name), name, expected.map { (shape: Shape($0.shape.sizes.map { _ in nil }), dtype: $0.dtype) }, "all sizes unknown")
    }

    @Test(arguments: names) func otherTypes(_ name: String) throws {
        for dtype in [DType.bool, .int8, .int32, .uint8, .int64, .float16, .bfloat16, .float64] {
            try draws(layer(name), name, places(name).map { (shape: $0.shape, dtype: dtype) }, "\(dtype)")
        }
    }

    /// A Lambda takes what its function takes.
    @Test(arguments: names.filter { !$0.hasPrefix("lambda") }) func otherCounts(_ name: String) throws {
        let one = try places(name)[0]
        for count in 1...4 { try draws(layer(name), name, Array(repeating: one, count: count), "\(count) inputs") }
    }

    @Test(arguments: names) func hugeAndEmpty(_ name: String) throws {
        for size in [0, 1 << 20, 1 << 40] {
            let shapes = try places(name).map { (shape: Shape($0.shape.sizes.map { $0.map { _ in size } }), dtype: $0.dtype) }
            try draws(layer(name), name, shapes, "sizes \(size)")
        }
    }
}
