import Foundation
import Testing

@testable import Keras

/// Files of models beside what they give, from `Tests/Fixtures/saving/make_keras.py`, and runs of that folder's scripts.
enum SavingFixture {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/saving")

    static let python = ProcessInfo.processInfo.environment["KERAS_PYTHON"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? URL(fileURLWithPath: $0) : nil
    }

    /// The folder of what `make_keras.py` writes for all models; made once for all tests.
    static let live = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("saving-live-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try run("make_keras.py", ["--output", folder, "all"])
        return folder
    }

    /// Runs a script of the folder; gives what it prints.
    static func run(_ script: String, _ arguments: [String]) throws -> String {
        let process = Process(), output = Pipe()
        process.executableURL = try python.unwrap()
        process.arguments = [folder.appendingPathComponent(script).path] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script) failed")
        return String(decoding: data, as: UTF8.self)
    }

    /// A folder of its own that is removed afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("saving-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    static func rows(in folder: String) throws -> [SavedModel] {
        let text = try String(contentsOfFile: "\(folder)/keras.json", encoding: .utf8)
        return try [Config](configValue: ConfigValue(json: text)).unwrap().map { try SavedModel($0, folder) }
    }
}

/// One row of `keras.json`.
struct SavedModel {
    let name, folder: String
    let x, y: [Tensor]
    let targets: [Tensor]?
    /// What Keras gives after more training.
    let trained: [Tensor]?
    let iterations: Int?
    let scores: Config?
    let weightPaths: [String]
    let isOld: Bool

    init(_ row: Config, _ folder: String) throws {
        func tensors(_ key: String) throws -> [Tensor]? { try row[key] == nil ? nil : row.arrays(key).map { try $0.tensor() } }
        name = try row.string("name")
        self.folder = folder
        x = try tensors("x") ?? []
        y = try tensors("y") ?? []
        targets = try tensors("targets")
        trained = try tensors("trained")
        iterations = try row.value("iterations", default: nil)
        scores = try row.value("scores", default: nil)
        weightPaths = try row.value("names")
        isOld = row["old"] != nil
    }

    var path: String { "\(folder)/\(name).keras" }
    /// Computation in short types differs in the last bits.
    var tolerance: Double { name == "halves" ? 2e-2 : 1e-4 }

    func outputs(of model: Model) throws -> [Tensor] {
        let given: Structure<Tensor> = x.count == 1 ? .one(x[0]) : Structure(list: x)
        return try model.outputs(of: model.inputStructure.map { $0.leafCount == x.count ? $0.filled(with: x) : given } ?? given, training: false).leaves
    }

    func expect(_ got: [Tensor], _ want: [Tensor], tolerance: Double, _ label: String) throws {
        #expect(got.count == want.count, "\(name) \(label)")
        for (a, b) in zip(got, want) {
            #expect(a.shape == b.shape, "\(name) \(label)")
            let a: [Double] = try a.array(), b: [Double] = try b.array()
            let scale = max(b.map(\.magnitude).max() ?? 0, 1e-9)
            let gap = zip(a, b).map { ($0 - $1).magnitude }.max() ?? 0
            #expect(gap <= tolerance * scale, "\(name) \(label): differs by \(gap / scale) of the greatest number")
        }
    }
}
