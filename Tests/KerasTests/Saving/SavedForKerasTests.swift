import Foundation
import Testing

@testable import Keras

/// A layer of a user's with weights, a layer, and a list of layers in properties; the class of that name in `check_keras.py`.
private final class Scale: Layer {
    let factor: Double
    let inner = Dense(3), hiddenBlocks = [Dense(3), Dense(3)]
    private var scale: Variable!

    init(factor: Double = 1, name: String? = nil) {
        self.factor = factor
        super.init(name: name)
    }

    override func build(inputShape: Shape) throws { scale = try addWeight("scale", shape: [inputShape.last], initializer: .ones) }

    override func call(_ inputs: Tensor) throws -> Tensor {
        var x = try inner(inputs) * scale * factor
        for block in hiddenBlocks { x = try block(x) }
        return x
    }

    override var config: Config { ["factor": .double(factor)] }
    required convenience init(config: Config) throws { try self.init(factor: config.double("factor")) }
}

/// Files that are written here, read by Python Keras: equal predictions, and training that goes on as here.
@Suite(.ownSession, .enabled(if: SavingFixture.python != nil, "needs Keras; KERAS_PYTHON names no Python"))
struct SavedForKerasTests {
    @Test func pythonLoads() throws {
        let rows = try SavingFixture.rows(in: SavingFixture.live.get())
        try SavingFixture.withFolder { folder in
            for row in rows { try reporting(row.name) { try save(row, to: folder) } }
            try saveCustom(to: folder)
            try compare(SavingFixture.run("check_keras.py", [folder]), expecting: rows.count)
        }
    }

    private func compare(_ output: String, expecting count: Int) throws {
        let start = try output.range(of: "RESULTS").unwrap().upperBound
        let results = try Config(json: String(output[start...]))
        #expect(results.keys.filter { $0.hasSuffix(".keras") }.count == count + 1)
        for entry in results.entries {
            guard case .dictionary(let result) = entry.value else { continue }
            if let error = result["error"] {
                Issue.record("\(entry.key): \(error)")
                continue
            }
            let tolerance = entry.key.hasPrefix("halves") ? 2e-2 : 1e-4
            #expect(try result.double("predictions") <= tolerance, "\(entry.key)")
            #expect(result["warnings"] == .list([]), "\(entry.key)")
            if result["trained"] != nil { #expect(try result.double("trained") <= 1e-3, "\(entry.key)") }
        }
    }

    /// A model from Python, saved here in every form, and what it gives here.
    private func save(_ row: SavedModel, to folder: String) throws {
        let model = try loadModel(row.path)
        // Other weights than Python's, so that what is read is what was written here.
        let x = model.inputStructure?.filled(with: row.x) ?? .one(row.x[0])
        if let targets = row.targets {
            let y: Structure<Tensor> = model.outputStructure.map { $0.filled(with: targets) } ?? .one(targets[0])
            try model.fit(x, y, batchSize: 4, epochs: 3, verbose: .silent, shuffle: false)
        } else {
            try model.setWeights(model.getWeights().map { try $0 * 1.25 })
        }
        var facts: Config = ["x": .list(try row.x.map(Self.value)), "y": .list(try row.outputs(of: model).map(Self.value))]
        try model.save(to: "\(folder)/\(row.name).keras")
        try model.saveWeights(to: "\(folder)/\(row.name).weights.h5")
        if row.isOld, row.name != "masked" { try model.save(to: "\(folder)/\(row.name).h5") }
        if row.name == "recurrent" { try model.saveWeights(to: "\(folder)/\(row.name).weights.json", maxShardSize: 400 / 0x1p30) }
        if let targets = row.targets {
            facts["targets"] = .list(try targets.map(Self.value))
            let y: Structure<Tensor> = model.outputStructure.map { $0.filled(with: targets) } ?? .one(targets[0])
            try model.fit(x, y, batchSize: 4, epochs: 2, verbose: .silent, shuffle: false)
            facts["trained"] = .list(try row.outputs(of: model).map(Self.value))
        }
        try facts.json().write(toFile: "\(folder)/\(row.name).json", atomically: true, encoding: .utf8)
    }

    private func saveCustom(to folder: String) throws {
        let inputs = Input(shape: [3])
        let model = try Model(inputs: inputs, outputs: Scale(factor: 2)(inputs))
        let x = try Tensor([1, -2, 3, 0.5, 0.25, -1], shape: [2, 3], dtype: .float32)
        try model.save(to: "\(folder)/custom.keras")
        let facts: Config = ["x": [try Self.value(x)], "y": [try Self.value(model(x))]]
        try facts.json().write(toFile: "\(folder)/custom.json", atomically: true, encoding: .utf8)
    }

    private static func value(_ tensor: Tensor) throws -> ConfigValue {
        let wide = tensor.dtype == .bfloat16 ? try tensor.cast(to: .float32) : tensor
        return [
            "shape": wide.shape.configValue, "dtype": .string(wide.dtype.rawValue),
            "values": .list(try wide.array(Double.self).map(ConfigValue.double)),
        ]
    }
}
