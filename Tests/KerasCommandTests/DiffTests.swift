import Testing

@testable import Keras

/// `keras diff`: 0 and nothing for equal models, 1 and a list for others.
@Suite struct DiffTests {
    @Test func equal() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            try CommandRun.good("convert", "\(folder)/single.keras", "\(folder)/same.h5")
            #expect(try CommandRun.good("diff", "\(folder)/single.keras", "\(folder)/same.h5").output == "")
        }
    }

    @Test func different() throws {
        try CommandRun.withFolder { folder in
            let model = try CommandModels.single()
            try model.save(to: "\(folder)/a.keras")
            let bias = model.weights[1]
            try bias.assign([0, 0.5, 0, -0.25])
            try model.compile(optimizer: .adam(0.02), loss: .meanSquaredError(), metrics: [.meanAbsoluteError])
            try model.save(to: "\(folder)/b.keras")
            let run = try CommandRun(["diff", "\(folder)/a.keras", "\(folder)/b.keras", "--no-compile"])
            #expect(run.error == "")
            #expect(run.status == 1)
            #expect(run.output == """
                A: \(folder)/a.keras
                B: \(folder)/b.keras
                Weights (3 of 4 are equal):
                  hidden/bias: up to 0.5 in 2 of 4 numbers

                """)
            try CommandRun.good("diff", "\(folder)/a.keras", "\(folder)/b.keras", "--no-compile", "--tolerance", "0.5")
            let settings = try CommandRun(["diff", "\(folder)/a.keras", "\(folder)/b.keras", "--tolerance", "0.5"])
            #expect(settings.output.hasSuffix("""
                Compile settings:
                  optimizer/learning_rate: 0.009999999776482582 in A, 0.019999999552965164 in B

                """))
            #expect(settings.status == 1)
        }
    }
}
