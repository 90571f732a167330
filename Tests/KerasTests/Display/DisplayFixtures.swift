import Foundation
import Keras
import Testing

/// What the real Keras printed and drew, as `make_display.py` recorded it.
enum DisplayFixtures {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/display")

    static func summary(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("summaries/\(name).txt"), encoding: .utf8)
    }

    static func plot(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("plots/\(name).dot"), encoding: .utf8)
    }

    /// A Python with the real Keras, where `make test` made one.
    static let python = ProcessInfo.processInfo.environment["KERAS_PYTHON"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }
}

@Suite(.ownSession) struct DisplayFixturesTests {
    @Test(.enabled(if: DisplayFixtures.python != nil, "compares with the real Keras; KERAS_PYTHON names no Python"))
    func theFilesAreWhatTheRealKerasSays() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(DisplayFixtures.python))
        process.arguments = [DisplayFixtures.folder.appendingPathComponent("make_display.py").path, "--check"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
    }
}
