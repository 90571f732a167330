import Foundation
import Testing

@testable import Keras

/// What `Tests/Fixtures/command/make_command.py` writes: models, arrays, and what Keras makes of them.
enum CommandFixture {
    private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/command")

    static let python = ProcessInfo.processInfo.environment["KERAS_PYTHON"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? URL(fileURLWithPath: $0) : nil
    }

    /// The optimizers and losses that exist here, by Keras' names.
    static let optimizers = Optimizer.knownNames, losses = Loss.knownNames

    /// The folder of it all, made once for all tests.
    static let live = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-live-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try run("make_command.py", [folder, "--optimizers"] + optimizers + ["--losses"] + losses)
        return folder
    }

    /// Runs one of the scripts; gives what it prints.
    static func run(_ script: String, _ arguments: [String]) throws -> String {
        let process = Process(), output = Pipe()
        process.executableURL = python
        process.arguments = [scripts.appendingPathComponent(script).path] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script) failed")
        return String(decoding: data, as: UTF8.self)
    }

    /// A model of the script.
    struct Row {
        let name, folder: String
        let isCompiled: Bool
        let outputs: [String]

        init(_ config: Config, _ folder: String) throws {
            name = try config.string("name")
            self.folder = folder
            isCompiled = try config.bool("isCompiled")
            outputs = try config.value("outputs")
        }

        func path(_ ending: String) -> String { "\(folder)/\(name).\(ending)" }
    }

    static func rows() throws -> [Row] {
        let folder = try live.get()
        return try [Config](configValue: ConfigValue(json: text("\(folder)/facts.json"))).map { try $0.map { try Row($0, folder) } } ?? []
    }

    static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    static func config(_ path: String) throws -> Config { try Config(json: text(path)) }
}

extension Trait where Self == ConditionTrait {
    /// For tests that need Python Keras.
    static var live: Self { .enabled(if: CommandFixture.python != nil, "needs Keras; KERAS_PYTHON names no Python") }
}

/// Arrays of one file as far as they are another's: names, shapes, types, numbers.
///
/// - Parameter tolerance: of the greatest number of each array; whole numbers are to be equal.
func expectArrays(_ path: String, equal other: String, tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let got = try ArrayFile(path), want = try ArrayFile(other)
    #expect(got.names == want.names, "\(path)", sourceLocation: sourceLocation)
    for name in want.names {
        let a = try got.tensor(name), b = try want.tensor(name)
        #expect(a.type == b.type, "\(path) \(name)", sourceLocation: sourceLocation)
        expectNumbers(
            try a.array(), equal: try b.array(), tolerance: b.dtype.isFloatingPoint ? tolerance : 0, "\(path) \(name)",
            sourceLocation: sourceLocation)
    }
}

func expectNumbers(
    _ got: [Double], equal want: [Double], tolerance: Double, _ label: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(got.count == want.count, "\(label)", sourceLocation: sourceLocation)
    let scale = max(want.map(\.magnitude).max() ?? 0, 1e-9)
    let gap = zip(got, want).map { ($0 - $1).magnitude }.max() ?? 0
    #expect(gap <= tolerance * scale, "\(label): differs by \(gap / scale) of the greatest number", sourceLocation: sourceLocation)
}
