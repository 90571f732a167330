import Foundation
import Testing

@testable import Keras

@Suite(.serialized, .ownSession) struct ProgressTests {
    private func model(_ printed: Printed, isTerminal: Bool = false) throws -> Model {
        let inputs = Input(shape: [2])
        let model = try Model(inputs: inputs, outputs: Dense(1, kernelInitializer: .zeros)(inputs))
        try model.compile(optimizer: .sgd(0.0), loss: "mse")
        model.trainer.console = printed.console(isTerminal: isTerminal)
        return model
    }

    private func withoutTimes(_ text: String) -> String {
        text.replacingOccurrences(of: "[0-9]+(s|ms|us)/step", with: "T/step", options: .regularExpression)
            .replacingOccurrences(of: "[0-9]+s ", with: "Ts ", options: .regularExpression)
    }

    @Test func oneLineForEachEpoch() throws {
        let printed = Printed()
        let model = try model(printed)
        try model.fit(ops.ones([100, 2]), ops.ones([100, 1]), batchSize: 10, epochs: 2)
        #expect(withoutTimes(printed.text) == """
            Epoch 1/2
            10/10 - Ts - T/step - loss: 1.0000
            Epoch 2/2
            10/10 - Ts - T/step - loss: 1.0000

            """)
    }

    @Test func barOnATerminal() throws {
        let printed = Printed()
        let model = try model(printed, isTerminal: true)
        try model.fit(ops.ones([100, 2]), ops.ones([100, 1]), batchSize: 10)
        let last = try #require(printed.text.split(separator: "\r").last)
        let plain = String(last).replacingOccurrences(of: "\u{1b}\\[[0-9]+m", with: "", options: .regularExpression)
        #expect(withoutTimes(plain).hasPrefix("10/10 ━━━━━━━━━━━━━━━━━━━━ Ts T/step - loss: 1.0000"))
        #expect(plain.hasSuffix("\n"))
    }

    @Test func silence() throws {
        let printed = Printed()
        let model = try model(printed)
        try model.fit(ops.ones([10, 2]), ops.ones([10, 1]), verbose: .silent)
        try model.evaluate(ops.ones([10, 2]), ops.ones([10, 1]), verbose: .silent)
        #expect(printed.text == "")
    }

    @Test func numbersAsKerasWritesThem() throws {
        let printed = Printed()
        let bar = ProgressBar(style: .line, console: printed.console())
        bar.show(step: 3, total: 120, logs: ["a": 0.5, "b": 0.0005, "c": -12.25, "d": .nan], isLast: true)
        #expect(withoutTimes(printed.text) == "  3/120 - Ts - T/step - a: 0.5000 - b: 5.0000e-04 - c: -12.2500 - d: nan\n")
    }

    @Test func unknownLength() throws {
        let printed = Printed()
        let bar = ProgressBar(style: .bar, console: printed.console())
        bar.show(step: 3, total: nil, logs: ["loss": 1], isLast: false)
        #expect(withoutTimes(printed.text) == "      3/Unknown Ts T/step - loss: 1.0000\n")
    }

    @Test func interruption() throws {
        let printed = Printed()
        let model = try model(printed)
        var steps = 0
        model.trainer.isInterrupted = { steps == 13 }
        var ended = false
        let callback = LambdaCallback(onTrainEnd: { _ in ended = true }, onTrainBatchEnd: { _, _ in steps += 1 })
        let history = try model.fit(ops.ones([100, 2]), ops.ones([100, 1]), batchSize: 10, epochs: 3, callbacks: [callback])
        #expect(steps == 13)
        #expect(history.epoch == [0])
        #expect(ended)
        #expect(printed.text.hasSuffix("Interrupted in epoch 2, after step 3.\n"))
    }
}
