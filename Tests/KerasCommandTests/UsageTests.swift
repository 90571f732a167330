import Foundation
import Testing

/// Help, completion and exit codes as swift-argument-parser has them.
@Suite struct UsageTests {
    static let commands = ["predict", "evaluate", "fit", "summary", "plot", "convert", "diff"]

    @Test(arguments: commands) func help(_ command: String) throws {
        let run = try CommandRun.good(command, "--help")
        #expect(run.output.contains("USAGE: keras \(command) "))
    }

    @Test func overview() throws {
        let run = try CommandRun.good("--help")
        for command in Self.commands { #expect(run.output.contains("\n  \(command) ")) }
        #expect(try CommandRun.good().output == run.output)
    }

    @Test(arguments: [
        ("train", "Error: Unexpected argument 'train'"), ("predict", "Error: Missing expected argument '<model>'"),
        ("predict a.keras", "Error: Missing expected argument '--inputs <in.npz>'"),
        ("predict a.keras --inputs x.npz --output y.npz --batch-size many",
            "Error: The value 'many' is invalid for '--batch-size <batch-size>'"),
        ("summary a.keras --input-shape 3,x", "Error: The value '3,x' is invalid for '--input-shape <sizes>'"),
        ("plot a.keras --output a.png --rankdir up",
            "Error: The value 'up' is invalid for '--rankdir <direction>'. Please provide one of 'TB', 'LR', 'BT' or 'RL'."),
        ("diff a.keras", "Error: Missing expected argument '<second>'"),
    ])
    func wrongUsage(_ arguments: String, _ line: String) throws {
        let run = try CommandRun(arguments.split(separator: " ").map(String.init))
        #expect(run.error.split(separator: "\n").first.map(String.init) == line)
        #expect(run.error.contains("Usage: keras"))
        #expect(run.output == "")
        #expect(run.status == 64)
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completion(_ shell: String) throws {
        let script = try CommandRun.good("--generate-completion-script", shell).output
        for command in Self.commands { #expect(script.contains(command)) }
        #expect(script.contains("npz"))
    }
}
