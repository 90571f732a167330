import Testing

@testable import Keras

/// `keras summary`: Keras' text.
@Suite struct SummaryTests {
    @Test(.live) func asKeras() throws {
        for row in try CommandFixture.rows() {
            #expect(try CommandRun.good("summary", row.path("keras")).output == CommandFixture.text(row.path("txt")), "\(row.name)")
            let expanded = try CommandRun.good("summary", row.path("keras"), "--expand-nested").output
            #expect(expanded == (try CommandFixture.text(row.path("expanded.txt"))), "\(row.name)")
        }
    }

    @Test func options() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let single = try loadModel("\(folder)/single.keras", compile: false), double = try loadModel("\(folder)/double.keras")
            let run = try CommandRun.good("summary", "\(folder)/single.keras", "--no-compile", "--batch-size", "8", "--line-length", "110")
            #expect(run.output == (try single.summaryText(lineLength: 110, batchSize: 8)))
            let shapes = try CommandRun.good(
                "summary", "\(folder)/double.keras", "--show-trainable", "--batch-size", "2", "--input-shape", "5", "--input-shape", "3",
                "--line-length", "150")
            #expect(shapes.output == (try double.summaryText(lineLength: 150, showTrainable: true, batchSize: 2, inputShapes: [[5], [3]])))
        }
    }
}
