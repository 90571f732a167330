import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A bar that moves is for terminals.
@Suite struct TerminalTests {
    /// Runs the command with a terminal as its standard error; gives what the terminal was sent.
    private func sent(_ arguments: [String]) throws -> (terminal: String, output: String) {
        var master: Int32 = -1, slave: Int32 = -1
        try #require(openpty(&master, &slave, nil, nil, nil) == 0)
        let run = try CommandRun(arguments, standardError: FileHandle(fileDescriptor: slave, closeOnDealloc: true))
        #expect(run.status == 0)
        // What was sent waits in the terminal.
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        defer { close(master) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(master, &buffer, buffer.count), count > 0 { bytes += buffer.prefix(count) }
        return (String(decoding: bytes, as: UTF8.self), run.output)
    }

    @Test func bars() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let predict = ["predict", "\(folder)/single.keras", "--inputs", "\(folder)/x.npz", "--output", "\(folder)/out.npz"]
            let evaluate = ["evaluate", "\(folder)/single.keras", "--x", "\(folder)/x.npz", "--y", "\(folder)/y.npz"]
            let fit = ["fit"] + evaluate.dropFirst() + ["--epochs", "2", "--batch-size", "12", "--output", "\(folder)/out.keras"]
            for arguments in [predict, evaluate, fit] {
                let shown = try sent(arguments)
                #expect(shown.terminal.contains("\r\u{1b}[1m1/1\u{1b}[0m \u{1b}[32m━━━━━━━━━━━━━━━━━━━━"))
                #expect(shown.output.hasPrefix("loss: ") == (arguments == evaluate))
                #expect(try sent(arguments + ["--quiet"]).terminal == "")
                #expect(try CommandRun(arguments).error == "")
            }
        }
    }
}
