import Foundation
import Keras
import Testing

/// The models of `Tests/Fixtures/live`, saved by the real Keras, and runs of that folder's scripts.
enum LiveModels {
    static let python = ProcessInfo.processInfo.environment["KERAS_PYTHON"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }
    private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/live").path
    /// The command, beside the tests.
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("keras").path
    /// How many processes run at a time; each takes a part of the models.
    static let parts = 2

    struct Row: Decodable, Sendable {
        let name: String
        let index: Int
        /// Whether Keras reads its own `.h5` file of the model.
        let legacy: Bool
        let trained: Bool
        let tolerance: Double
        /// The classes of its layers, those inside of others included.
        let classes: [String]
    }

    /// What came of one of our files in Python.
    struct Outcome: Decodable {
        let outputs, trained: Double?
        let differences, warnings: [String]?
        let error: String?
    }

    /// Everything that Python saves, in a folder that stays while tests run; made once.
    static let saved = Result { () throws -> (folder: String, rows: [Row]) in
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-live-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try concurrently(parts) { try script("save_models.py", [folder, "\($0)/\(parts)"]) }
        let rows = try (0..<parts).flatMap {
            try JSONDecoder().decode([Row].self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/rows-\($0).json")))
        }
        return (folder, rows.sorted { $0.index < $1.index })
    }

    /// What Python says of the files in a folder, by model and ending.
    static func check(_ back: String, of folder: String) throws -> [String: [String: Outcome]] {
        try concurrently(parts) { try script("check_models.py", [folder, back, "\($0)"]) }
            .map { try JSONDecoder().decode([String: [String: Outcome]].self, from: Data($0.utf8)) }
            .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    /// Runs `keras`; gives what it says where it fails.
    static func keras(_ arguments: String...) throws -> String? {
        let run = try execute(program, arguments)
        return run.status == 0 ? nil : run.error.isEmpty ? "ended with \(run.status)" : run.error
    }

    private static func script(_ name: String, _ arguments: [String]) throws -> String {
        let run = try execute(python ?? "python3", ["\(scripts)/\(name)"] + arguments)
        guard run.status == 0 else { throw ScriptError(description: "\(name): \(run.error.suffix(2000))") }
        return run.output
    }

    struct ScriptError: Error, CustomStringConvertible { let description: String }

    /// Output goes to files: a pipe that nobody reads yet would stop a process that says much.
    private static func execute(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String, error: String) {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("keras-run-\(UUID().uuidString)").path
        let paths = [base + ".out", base + ".err"]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let files = try paths.map { path in
            FileManager.default.createFile(atPath: path, contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        process.waitUntilExit()
        for file in files { try file.close() }
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        return (process.terminationStatus, texts[0], texts[1].trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Runs `body` for each number below `count`, ``parts`` at a time; gives the results in order.
    static func concurrently<Value: Sendable>(_ count: Int, _ body: @Sendable @escaping (Int) throws -> Value) throws -> [Value] {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = parts
        let box = Box<Value>(count)
        for index in 0..<count { queue.addOperation { box.set(index, Result { try body(index) }) } }
        queue.waitUntilAllOperationsAreFinished()
        return try box.values()
    }
}
