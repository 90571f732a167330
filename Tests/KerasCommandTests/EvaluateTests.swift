import Testing

@testable import Keras

/// `keras evaluate`: Keras' names and numbers.
@Suite struct EvaluateTests {
    @Test(.live) func asKeras() throws {
        try CommandRun.withFolder { folder in
            for row in try CommandFixture.rows() where row.isCompiled {
                let out = "\(folder)/\(row.name).json"
                try CommandRun.good("evaluate", row.path("keras"), "--x", row.path("x.npz"), "--y", row.path("y.npz"), "--json", out)
                let got = try CommandFixture.config(out), want = try CommandFixture.config(row.path("scores.json"))
                #expect(got.keys.sorted() == want.keys.sorted(), "\(row.name)")
                for key in want.keys {
                    expectNumbers([try got.double(key)], equal: [try want.double(key)], tolerance: 1e-4, "\(row.name) \(key)")
                }
            }
        }
    }

    /// What is printed is what the file has.
    @Test func prints() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let arguments = ["evaluate", "\(folder)/single.keras", "--x", "\(folder)/x.npz", "--y", "\(folder)/y.npz"]
            let run = try CommandRun(arguments + ["--json", "\(folder)/out.json"])
            let results = try CommandFixture.config("\(folder)/out.json")
            #expect(results.keys == ["loss", "mean_absolute_error"])
            #expect(run.output == (try results.keys.map { "\($0): \(Float(try results.double($0)))\n" }.joined()))
            #expect(try CommandRun(arguments + ["--quiet", "--batch-size", "5"]).output.hasPrefix("loss: "))
        }
    }
}
