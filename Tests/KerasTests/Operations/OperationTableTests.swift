import Testing

@testable import Keras

/// Every operation on places in a graph against Keras: configs read and drawn, shapes, numbers; recorded by
/// `Tests/Fixtures/operations/make_operations.py`.
@Suite(.ownSession) struct OperationTableTests {
    static let rows = ["elementwise", "shapes", "networks"].flatMap { KerasFixture.read("operations/\($0).json") }
    static let names = rows.compactMap { try? $0.string("name") }
    static let byName = Dictionary(zip(names, rows), uniquingKeysWith: { first, _ in first })

    /// A model of Keras' config computes what Keras' does, and writes the same config.
    @Test(arguments: names) func read(_ name: String) throws {
        let row = try Self.byName[name].unwrap()
        let expected = try row.dictionary("config")
        let model = try Model(config: expected)
        try check(model, row, name)
        let found = differences(comparable(.dictionary(model.config)), comparable(.dictionary(expected)))
        #expect(found.isEmpty, "\(name)")
        let again = try Model.fromJSON(model.json())
        #expect(again.json() == model.json())
    }

    /// The same drawn here gives the same config.
    @Test(arguments: DrawnOperations.names) func drawn(_ name: String) throws {
        let row = try Self.byName[name].unwrap()
        let expected = try row.dictionary("config")
        clearSession()
        let inputs = try row.arrays("inputs").enumerated().map { index, input in
            Input(batchShape: [nil] + Shape(Array(input.shape.dropFirst())), dtype: input.dtype, name: "x\(index)")
        }
        let outputs = try DrawnOperations.all[name].unwrap()(inputs)
        let model: Model
        if case .list(let ends)? = expected["output_layers"], case .list? = ends.first {
            model = try Model(inputs: inputs, outputs: outputs, name: "m")
        } else {
            model = try Model(inputs: inputs, outputs: outputs[0], name: "m")
        }
        let found = differences(comparable(.dictionary(model.config)), comparable(.dictionary(expected)))
        #expect(found.isEmpty, "\(name)")
        try check(model, row, name)
    }

    private func check(_ model: Model, _ row: Config, _ name: String) throws {
        #expect(model.operations.map(\.name) == (try row.value("operations")), "\(name)")
        #expect(model.layers.map(\.name) == (try row.value("layers")), "\(name)")
        let shapes: [Shape] = try row.value("output_shapes")
        let inputs = try row.arrays("inputs").map { try $0.tensor() }
        let results = try model.outputs(of: Structure(list: inputs)).leaves
        let expected = try row.arrays("outputs")
        for ((output, shape), result) in zip(zip(model.outputs, shapes), expected) {
            // Keras does not always see that a size is known, and says for adaptive max pooling what it does not do.
            #expect(output.shape.isCompatible(with: shape) || !shape.isCompatible(with: Shape(result.shape)), "\(name): \(output.shape) \(shape)")
        }
        #expect(results.map(\.shape) == expected.map(\.shape), "\(name)")
        #expect(results.map(\.dtype) == expected.map(\.dtype), "\(name)")
        #expect(results.map(\.dtype) == model.outputs.map(\.dtype), "\(name)")
        for (got, want) in zip(results, expected) { expectAgree(try got.numbers, want.values, tolerance: 1e-5, name) }
    }

    /// Keras writes arrays of NumPy's and its own tensors apart.
    private func comparable(_ value: ConfigValue) -> ConfigValue {
        switch value {
        case .dictionary(let config): .dictionary(config.entries.reduce(into: Config()) { $0[$1.key] = comparable($1.value) })
        case .list(let items): .list(items.map(comparable))
        case .string("__numpy__"): "__tensor__"
        default: value
        }
    }

    /// A new operation needs a row.
    @Test func everyOperationHasARow() throws {
        let covered = Set(try Self.rows.flatMap { try $0.dictionary("config").value("layers", as: [Config].self).map { try $0.string("class_name") } })
        let missing = OperationTable.classNames.filter { !covered.contains($0) }
        #expect(missing.isEmpty, "operations without a row in Tests/Fixtures/operations: \(missing)")
    }

    /// A row of Keras' is drawn here, or stands for a class that only files name.
    @Test func everyRowIsDrawn() {
        let missing = Self.names.filter { DrawnOperations.all[$0] == nil && !$0.hasPrefix("class ") && !Self.onlyRead.contains($0) }
        #expect(missing.isEmpty, "rows that are not drawn: \(missing)")
        #expect(Set(Self.names).count == Self.names.count)
        #expect(DrawnOperations.names.filter { Self.byName[$0] == nil } == [])
    }

    /// Settings that Python has and `ops` on tensors does not.
    private static let onlyRead: Set = ["max initial", "min initial", "prod dtype", "relu options", "norm matrix"]

    /// No number in a file ends the program: an operation is drawn, or an error says why not.
    @Test(arguments: names.filter { !$0.hasPrefix("graph:") }) func extremeNumbers(_ name: String) throws {
        let config = try Self.byName[name].unwrap().dictionary("config")
        for number in [Int.min, -7, -1, 0, 1 << 33, Int.max] {
            var places = 0
            _ = Self.replacing(.dictionary(config), number, at: -1, &places)
            for place in 0..<places {
                var count = 0
                guard case .dictionary(let changed) = Self.replacing(.dictionary(config), number, at: place, &count) else { continue }
                do { _ = try Model(config: changed) } catch { #expect(!"\(error)".isEmpty) }
            }
        }
    }

    /// The value with one whole number replaced: number `place` among those in settings and arguments.
    private static func replacing(_ value: ConfigValue, _ number: Int, at place: Int, _ count: inout Int) -> ConfigValue {
        switch value {
        case .int:
            count += 1
            return count - 1 == place ? .int(number) : value
        case .list(let items):
            return .list(items.map { replacing($0, number, at: place, &count) })
        case .dictionary(let config):
            // Where tensors come from is tested with models; sizes of inputs are those of the row.
            if config["class_name"] == "__keras_tensor__" { return value }
            var result = Config()
            for entry in config.entries {
                let isKept = ["input_layers", "output_layers", "batch_shape"].contains(entry.key)
                result[entry.key] = isKept ? entry.value : replacing(entry.value, number, at: place, &count)
            }
            return .dictionary(result)
        case .null, .bool, .double, .string:
            return value
        }
    }

    @Test func classNamesAreUnique() {
        #expect(Set(OperationTable.classNames).count == OperationTable.classNames.count)
    }
}
