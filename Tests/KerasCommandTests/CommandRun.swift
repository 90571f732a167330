import Foundation
import Testing

/// A finished run of the built command.
struct CommandRun {
    let status: Int32
    let output, error: String

    /// The program, beside the tests.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("keras")

    /// Runs `keras` and waits for its end.
    ///
    /// - Parameter standardError: where it goes in place of ``error``.
    init(_ arguments: [String], standardError: FileHandle? = nil) throws {
        let process = Self.process(arguments)
        let output = Pipe(), error = Pipe()
        process.standardOutput = output
        process.standardError = standardError ?? error
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let message = standardError == nil ? error.fileHandleForReading.readDataToEndOfFile() : Data()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = String(decoding: text, as: UTF8.self)
        self.error = String(decoding: message, as: UTF8.self)
        // A trap is a signal, not an exit.
        #expect(process.terminationReason == .exit, "keras \(arguments.joined(separator: " ")): \(self.error)")
    }

    static func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "100"]) { $1 }
        return process
    }

    /// A run that is to succeed and to say nothing on standard error.
    @discardableResult
    static func good(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> CommandRun {
        let run = try CommandRun(arguments)
        #expect(run.error == "", sourceLocation: sourceLocation)
        #expect(run.status == 0, "keras \(arguments.joined(separator: " "))", sourceLocation: sourceLocation)
        return run
    }

    /// Runs `body` so that a program it starts gets signals: threads of tests block them, and a shell that runs tests in its background
    /// has them ignore Ctrl-C.
    static func withSignals(_ body: () throws -> Void) rethrows {
        let handler = signal(SIGINT, SIG_DFL)
        defer { signal(SIGINT, handler) }
        var none = sigset_t(), before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    /// Runs `body` with a folder of its own that is removed afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
