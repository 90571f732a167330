import Keras
import Testing

@testable import Keras

/// Summaries, character for character those of Keras 3.15.1.
@Suite(.ownSession) struct SummaryTests {
    /// A model and the arguments of its summary; without a `lineLength` the one of a terminal of 80 columns.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let build: @Sendable () throws -> Model
        var lineLength = 76
        var positions: [Double]?
        var expandNested = false
        var showTrainable = false
        var first: String?
        var last: String?

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "mnist", build: DisplayModels.mnist),
        Case(name: "mnist_60", build: DisplayModels.mnist, lineLength: 60),
        Case(name: "mnist_40", build: DisplayModels.mnist, lineLength: 40),
        Case(name: "mnist_25", build: DisplayModels.mnist, lineLength: 25),
        Case(name: "mnist_88", build: DisplayModels.mnist, lineLength: 88),
        Case(name: "mnist_120", build: DisplayModels.mnist, lineLength: 120),
        Case(name: "mnist_positions", build: DisplayModels.mnist, lineLength: 80, positions: [0.2, 0.7, 1.0]),
        Case(name: "mnist_trainable", build: DisplayModels.mnist, showTrainable: true),
        Case(name: "mnist_range", build: DisplayModels.mnist, first: "dense", last: "dense_1"),
        Case(name: "mnist_range_reversed", build: DisplayModels.mnist, first: "dense_2", last: "dense_1"),
        Case(name: "mnist_range_pattern", build: DisplayModels.mnist, first: "pix.*", last: "dense_[0-9]"),
        Case(name: "branching", build: DisplayModels.branching),
        Case(name: "branching_108", build: DisplayModels.branching, lineLength: 108),
        Case(name: "branching_trainable", build: DisplayModels.branching, lineLength: 120, showTrainable: true),
        Case(name: "branching_positions", build: DisplayModels.branching, lineLength: 100, positions: [0.25, 0.5, 0.65, 1.0]),
        Case(name: "nested", build: DisplayModels.nested),
        Case(name: "nested_expanded", build: DisplayModels.nested, expandNested: true),
        Case(name: "nested_expanded_trainable", build: DisplayModels.nested, lineLength: 100, expandNested: true, showTrainable: true),
        Case(name: "frozen", build: DisplayModels.frozen, showTrainable: true),
        Case(name: "long_names", build: DisplayModels.longNames),
        Case(name: "long_names_108", build: DisplayModels.longNames, lineLength: 108),
        Case(name: "wide_characters", build: DisplayModels.wideCharacters),
        Case(name: "sequential", build: DisplayModels.sequential),
        Case(name: "unbuilt", build: DisplayModels.unbuilt),
        Case(name: "empty", build: DisplayModels.empty),
        Case(name: "subclassed", build: DisplayModels.subclassed),
        Case(name: "subclassed_unbuilt", build: DisplayModels.subclassedUnbuilt),
        Case(name: "half", build: DisplayModels.half),
        Case(name: "deep_shapes", build: DisplayModels.deepShapes),
        Case(name: "several_outputs", build: DisplayModels.severalOutputs),
        Case(name: "several_outputs_expanded", build: DisplayModels.severalOutputs, lineLength: 108, expandNested: true),
        Case(name: "called_twice", build: DisplayModels.calledTwice),
        Case(name: "called_twice_expanded", build: DisplayModels.calledTwice, expandNested: true),
        Case(name: "escaped", build: DisplayModels.escaped),
        Case(name: "compiled_only", build: DisplayModels.compiledOnly),
        Case(name: "convolutional", build: DisplayModels.convolutional),
        Case(name: "recurrent", build: DisplayModels.recurrent),
        Case(name: "operated", build: DisplayModels.operated, showTrainable: true),
        Case(name: "trained_sgd", build: { try DisplayModels.trained(DisplayModels.mnist(), SGD(), rows: [784], target: [10]) }),
        Case(name: "trained_rmsprop", build: { try DisplayModels.trained(DisplayModels.mnist(), RMSprop(), rows: [784], target: [10]) }),
        Case(name: "trained_adam", build: { try DisplayModels.trained(DisplayModels.mnist(), Adam(), rows: [784], target: [10]) }),
        Case(name: "trained_frozen", build: { try DisplayModels.trained(DisplayModels.frozen(), Adam(), rows: [6, 5], target: [8, 2]) }),
        Case(name: "trained_sequential", build: { try DisplayModels.trained(DisplayModels.sequential(), AdamW(), rows: [8], target: [1]) }),
    ]

    @Test(arguments: cases)
    func isThatOfKeras(_ test: Case) throws {
        let range = test.first.flatMap { first in test.last.map { (first: first, last: $0) } }
        let text = try test.build().summaryText(
            lineLength: test.lineLength, positions: test.positions, expandNested: test.expandNested,
            showTrainable: test.showTrainable, layerRange: range)
        #expect(text == (try DisplayFixtures.summary(test.name)))
    }

    @Test func goesToAFunction() throws {
        var said: [String] = []
        let model = try DisplayModels.mnist()
        let returned = try model.summary(lineLength: 76, printFunction: { said.append($0) })
        #expect(said == [returned])
        #expect(returned == (try DisplayFixtures.summary("mnist")))
        #expect(returned.contains(" Total params: 55,050 (215.04 KB)\n"))
    }

    @Test func costsHaveColumns() throws {
        let text = try DisplayModels.mnist().summaryText(lineLength: 118, batchSize: 32)
        #expect(text.contains("│ (None, 64)             │      50,240 │        1.61 M │     8.00 KB │     310.25 KB │"), "\(text)")
        #expect(text.contains("│           0 │             0 │    98.00 KB │             - │"), "\(text)")
        #expect(text.hasSuffix("""
             Multiply-adds: 1,757,184 (3.51 M FLOPs) for a batch of 32
             Activations: 115.25 KB
             Training peak: 310.25 KB (at dense), besides weights and the optimizer's variables

            """), "\(text)")
        let nested = try DisplayModels.nested().summaryText(lineLength: 150, expandNested: true, showTrainable: true, batchSize: 1)
        #expect(nested.contains("Training peak") && nested.contains("Trainable"))
        // What is inside a subclassed model is known by its arithmetic alone.
        let subclassed = try DisplayModels.subclassed().summaryText(lineLength: 110, batchSize: 4)
        #expect(subclassed.contains("│          48 │          ? │            ? │"), "\(subclassed)")
        #expect(message { try DisplayModels.mnist().summary(batchSize: 0) } == "A batch has 1 sample or more; batchSize is 0.")
        #expect(SummaryCosts.count(9_999) == "9,999")
        #expect(SummaryCosts.count(19_632_062_464) == "19.63 G")
        #expect(SummaryCosts.count(.max) == "9.22 E")
    }

    @Test func withoutArgumentsFitsAnyTerminal() throws {
        for build in [DisplayModels.mnist, DisplayModels.branching, DisplayModels.empty] {
            let model = try build()
            for showTrainable in [false, true] {
                let summary = Summary(of: model, expandNested: true, showTrainable: showTrainable)
                let text = summary.text(layers: model.outline.layers, lineLength: summary.shortestLine, positions: summary.defaultPositions)
                #expect(text.contains(" Trainable params: "))
                #expect(throws: KerasError.self) { try summary.checked(nil, lineLength: summary.shortestLine - 1) }
            }
        }
    }

    @Test func refusesWhatDoesNotSuit() throws {
        let model = try DisplayModels.mnist()
        #expect(message { try model.summary(lineLength: 12) } == """
            A summary of 3 columns does not fit into a line of 12.
            Give it more: summary(lineLength: 88).
            """)
        for length in [0, -5, Int.min, Int.max] {
            #expect(throws: KerasError.display(.lineLength(got: length, columns: 3))) { try model.summaryText(lineLength: length) }
        }
        #expect(message { try model.summary(lineLength: 80, positions: [0.5, 1.0]) } == """
            The summary has 3 columns; positions is to say where each ends, rising to 1.0. It is [0.5, 1.0].
            [0.45, 0.8, 1.0] is what it is when left out.
            """)
        for bad in [[0.5, 0.4, 1.0], [0.3, .nan, 1.0], [0.3, 0.6, .infinity], [-0.3, 0.6, 1.0], []] {
            #expect(throws: KerasError.self) { try model.summaryText(lineLength: 80, positions: bad) }
        }
        #expect(message { try model.summary(lineLength: 80, layerRange: (first: "conv", last: "dense_1")) } == """
            Model "mnist_model" has no layers that match both "conv" and "dense_1".
            Its layers are "pixels", "dense", "dense_1", "dense_2".
            """)
        #expect(message { try model.summary(lineLength: 80, layerRange: (first: "dense(", last: "dense_1")) } == """
            "dense(" is neither a layer's name nor a regular expression.
            Characters with a meaning in one, as in "dense (1)", need a backslash before them.
            """)
    }

    private func message<T>(_ body: () throws -> T) -> String { KerasTests.message { _ = try body() } }
}

@Suite(.ownSession) struct TextTableTests {
    @Test func numbersHaveGroups() {
        for (number, text) in [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (55050, "55,050"), (1_234_567, "1,234,567")] {
            #expect(Summary.grouped(number) == text)
        }
    }

    @Test func sizesHaveUnits() {
        // As Python's "{:.2f}" writes them, ties to even.
        let sizes: [(Double, String)] = [
            (0, "0.00 B"), (1023, "1023.00 B"), (1024, "1.00 KB"), (220_200, "215.04 KB"), (1152, "1.12 KB"), (1408, "1.38 KB"),
            (1_048_576, "1.00 MB"), (574_668_960, "548.05 MB"), (1e18, "888.18 PB"),
        ]
        for (bytes, text) in sizes { #expect(Parameters.size(bytes) == text) }
    }

    @Test func wordsWrap() {
        #expect(TextWrapping.lines(of: "", width: 5) == [""])
        #expect(TextWrapping.lines(of: "one two three", width: 7) == ["one two", "three"])
        #expect(TextWrapping.lines(of: "a longerthanthat b", width: 6) == ["a ", "longerthanthat", "b"])
        #expect(TextWrapping.lines(of: "tab\there\nnext", width: 20) == ["tab here", "next"])
    }

    @Test func widthsAreThoseOfATerminal() {
        #expect(TextWidth.of("abc") == 3)
        #expect(TextWidth.of("入力") == 4)
        #expect(TextWidth.of("é") == 1)
        #expect(TextWidth.of("🦊") == 2)
        #expect(TextWidth.fit("入力", 3) == "入 ")
        #expect(TextWidth.truncate("dense_layer", 6) == "dense…")
        #expect(TextWidth.truncate("dense", 5) == "dense")
        #expect(TextWidth.truncate("dense", 0) == "")
    }

    @Test func narrowTablesStayWhole() {
        for width in 0...30 {
            let columns = (0..<4).map { _ in TextTable.Column(header: "Layer (type)", alignment: .center, width: 10) }
            var table = TextTable(columns: columns, width: width)
            table.rows = [["a", "bb cc", "", "dddddddddd"]]
            let lines = table.lines()
            #expect(Set(lines.map { TextWidth.of($0) }).count == 1, "width \(width): \(lines)")
        }
    }
}
