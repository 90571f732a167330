import Foundation

/// Graphviz' program `dot`, which turns a text in its language into a picture.
enum Graphviz {
    /// The program's path, if it is in one of PATH's folders.
    static func program(path: String? = ProcessInfo.processInfo.environment["PATH"]) -> String? {
        (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
            .map { "\($0)/dot" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Draws `text` into a file of the given format.
    ///
    /// - Throws: `DisplayError.graphvizMissing`, `.graphvizFailed`, `.cannotWrite`, each as a `KerasError`.
    static func draw(_ text: String, to file: String, format: String, program: String? = program()) throws {
        guard let program else { throw KerasError.display(.graphvizMissing(file: file)) }
        let source = FileManager.default.temporaryDirectory.appendingPathComponent("plot-\(UUID().uuidString).dot")
        defer { try? FileManager.default.removeItem(at: source) }
        try TextFile.write(text, to: source.path)

        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-T\(format)", "-o", file, source.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let messages = Pipe()
        process.standardError = messages
        do {
            try process.run()
        } catch {
            throw KerasError.display(.graphvizFailed(file: file, status: -1, message: "\(program) cannot be started"))
        }
        let said = (try? messages.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let message = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            throw KerasError.display(.graphvizFailed(file: file, status: Int(process.terminationStatus), message: message))
        }
    }
}

/// Writing a text to a file.
enum TextFile {
    /// - Throws: `DisplayError.cannotWrite` as a `KerasError`.
    static func write(_ text: String, to file: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            throw KerasError.display(.cannotWrite(file: file, reason: (cause ?? error as NSError).localizedDescription))
        }
    }
}
