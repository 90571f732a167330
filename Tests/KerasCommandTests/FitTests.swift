import Foundation
import Testing

@testable import Keras

/// `keras fit`: weights and history are Keras'; runs repeat, go on, and end early.
@Suite struct FitTests {
    /// Trains a file that Python saved, and compares with what Python made of it.
    private func compare(_ path: String, batchSize: String, epochs: String, _ options: String...) throws {
        try CommandRun.withFolder { folder in
            let out = "\(folder)/out.keras"
            let run = try CommandRun(
                ["fit", "\(path).keras", "--x", "\(path).x.npz", "--y", "\(path).y.npz", "--epochs", epochs, "--batch-size", batchSize]
                    + ["--no-shuffle", "--output", out, "--history", "\(folder)/h.json", "--quiet"] + options)
            #expect(run.error == "" && run.output == "" && run.status == 0)
            let got = try loadModel(out), want = try loadModel("\(path).trained.keras")
            #expect(got.weights.map(\.path) == want.weights.map(\.path), "\(path)")
            for (a, b) in zip(got.weights, want.weights) {
                expectNumbers(try a.rawValue.array(), equal: try b.rawValue.array(), tolerance: 1e-3, "\(path) \(b.path)")
            }
            #expect(try got.optimizer?.iterations.value.item(Int.self) == want.optimizer?.iterations.value.item(Int.self))
            let history = try CommandFixture.config("\(folder)/h.json"), known = try CommandFixture.config("\(path).history.json")
            #expect(history.keys == known.keys, "\(path)")
            for key in known.keys {
                expectNumbers(try history.value(key), equal: try known.value(key), tolerance: 1e-3, "\(path) \(key)")
            }
        }
    }

    @Test(.live, arguments: CommandFixture.optimizers) func everyOptimizer(_ name: String) throws {
        try compare("\(CommandFixture.live.get())/fit/optimizer-\(name)", batchSize: "8", epochs: "3", "--validation-split", "0.25")
    }

    @Test(.live, arguments: CommandFixture.losses) func everyLoss(_ name: String) throws {
        try compare("\(CommandFixture.live.get())/fit/loss-\(name)", batchSize: "8", epochs: "3", "--validation-split", "0.25")
    }

    /// Models with training behind them, several inputs and outputs, a schedule.
    @Test(.live, arguments: ["first", "router", "partly", "stack"]) func everyKind(_ name: String) throws {
        try compare("\(CommandFixture.live.get())/\(name)", batchSize: "4", epochs: "2")
    }

    // MARK: Without Python

    private func fit(_ folder: String, _ model: String, _ output: String, epochs: Int, _ options: String...) throws {
        let run = try CommandRun(
            ["fit", "\(folder)/\(model).keras", "--x", "\(folder)/x.npz", "--y", "\(folder)/y.npz", "--epochs", "\(epochs)"]
                + ["--batch-size", "5", "--output", "\(folder)/\(output).keras"] + options)
        #expect(run.status == 0 && run.error == "")
    }

    private func isEqual(_ folder: String, _ a: String, _ b: String) throws -> Bool {
        try CommandRun(["diff", "\(folder)/\(a).keras", "\(folder)/\(b).keras"]).status == 0
    }

    @Test func seeds() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            try fit(folder, "single", "a", epochs: 2, "--seed", "1")
            try fit(folder, "single", "b", epochs: 2, "--seed", "1")
            try fit(folder, "single", "c", epochs: 2, "--seed", "2")
            #expect(try isEqual(folder, "a", "b"))
            #expect(try !isEqual(folder, "a", "c"))
            // A seed counts for a file that has an order of samples in it, too.
            try fit(folder, "a", "d", epochs: 1, "--seed", "7")
            try fit(folder, "a", "e", epochs: 1, "--seed", "8")
            #expect(try !isEqual(folder, "d", "e"))
        }
    }

    /// Three epochs are one, saved, and two more, bit for bit; the order of samples goes on as well.
    @Test func goesOn() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            try fit(folder, "single", "whole", epochs: 3, "--seed", "1")
            try fit(folder, "single", "part", epochs: 1, "--seed", "1")
            try fit(folder, "part", "rest", epochs: 2)
            #expect(try isEqual(folder, "whole", "rest"))
        }
    }

    /// A line for each epoch where there is no terminal, nothing with `--quiet`.
    @Test func lines() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let arguments = ["fit", "\(folder)/single.keras", "--x", "\(folder)/x.npz", "--y", "\(folder)/y.npz"]
                + ["--epochs", "2", "--batch-size", "5", "--output", "\(folder)/out.keras"]
            let lines = try CommandRun(arguments).output.split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines[0] == "Epoch 1/2")
            #expect(lines[1].hasPrefix("3/3 - "))
            #expect(lines[1].contains(" - loss: "))
            #expect(try CommandRun(arguments + ["--quiet"]).output == "")
        }
    }

    @Test func interrupted() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let process = CommandRun.process(
                ["fit", "\(folder)/single.keras", "--x", "\(folder)/x.npz", "--y", "\(folder)/y.npz", "--epochs", "100000"]
                    + ["--batch-size", "5", "--output", "\(folder)/out.keras", "--history", "\(folder)/h.json"])
            let output = Pipe()
            process.standardOutput = output
            try CommandRun.withSignals { try process.run() }
            // Until it trains.
            try #require(!output.fileHandleForReading.availableData.isEmpty)
            process.interrupt()
            _ = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 130)
            let epochs = try CommandFixture.config("\(folder)/h.json").value("loss", default: [Double]()).count
            let updates = try #require(try loadModel("\(folder)/out.keras").optimizer?.iterations.value.item(Int.self))
            #expect((epochs * 3...epochs * 3 + 3).contains(updates))
        }
    }
}
