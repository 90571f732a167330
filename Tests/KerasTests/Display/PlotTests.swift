import Foundation
import Keras
import Testing

@testable import Keras

/// Plots, line for line those of Keras 3.15.1's `model_to_dot`.
@Suite(.ownSession) struct PlotTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let build: @Sendable () throws -> Model
        var shapes = false
        var dtype = false
        var names = true
        var activations = false
        var trainable = false
        var expandNested = false
        var rankdir = PlotDirection.topBottom
        var dpi = 200
        var splines = PlotSplines.ortho

        var testDescription: String { name }

        static func all(_ name: String, _ build: @escaping @Sendable () throws -> Model, expandNested: Bool = false) -> Case {
            Case(name: name, build: build, shapes: true, dtype: true, activations: true, trainable: true, expandNested: expandNested)
        }
    }

    static let cases: [Case] = [
        Case(name: "mnist", build: DisplayModels.mnist, names: false),
        Case(name: "mnist_named", build: DisplayModels.mnist),
        Case(
            name: "mnist_all", build: DisplayModels.mnist, shapes: true, dtype: true, activations: true, trainable: true,
            expandNested: true, rankdir: .leftRight),
        Case(name: "mnist_shapes", build: DisplayModels.mnist, shapes: true, dpi: 96, splines: .curved),
        Case(name: "mnist_dtype", build: DisplayModels.mnist, dtype: true, trainable: true),
        .all("branching_all", DisplayModels.branching),
        Case(name: "nested", build: DisplayModels.nested, shapes: true),
        .all("nested_all", DisplayModels.nested, expandNested: true),
        .all("frozen_all", DisplayModels.frozen),
        .all("sequential_all", DisplayModels.sequential),
        Case(name: "sequential_expanded", build: DisplayModels.sequential, expandNested: true),
        .all("subclassed_all", DisplayModels.subclassed),
        .all("several_outputs_all", DisplayModels.severalOutputs),
        Case(name: "several_outputs_expanded", build: DisplayModels.severalOutputs, expandNested: true),
        .all("called_twice_all", DisplayModels.calledTwice),
        .all("called_twice_expanded", DisplayModels.calledTwice, expandNested: true),
        .all("half_all", DisplayModels.half),
        .all("convolutional_all", DisplayModels.convolutional),
        .all("recurrent_all", DisplayModels.recurrent),
        .all("operated_all", DisplayModels.operated),
    ]

    @Test(arguments: cases)
    func isThatOfKeras(_ test: Case) throws {
        let text = try modelToDot(
            test.build(), showShapes: test.shapes, showDtype: test.dtype, showLayerNames: test.names,
            showLayerActivations: test.activations, showTrainable: test.trainable, expandNested: test.expandNested,
            rankdir: test.rankdir, dpi: test.dpi, splines: test.splines)
        // Two differences are meant: element types in a list without Python's quotes, and groups named by their whole path.
        let theirs = try DisplayFixtures.plot(test.name).replacing("'", with: "")
        let groups = try Regex(#"subgraph .* \{"#)
        #expect(text.replacing(groups, with: "subgraph {") == theirs.replacing(groups, with: "subgraph {"))
    }

    @Test func namesAreEscaped() throws {
        let model = try DisplayModels.escaped()
        let dot = try modelToDot(model)
        #expect(dot.contains("<b>a&lt;b&gt;&amp;&quot;c&quot;</b> (InputLayer)"))
        #expect(dot.contains("<b>[bold]x[-1]&#123;y&#125;&#124;z</b> (Dense)"))
        let mermaid = try modelToMermaid(model)
        #expect(mermaid.contains(#"n0["<b>a#lt;b#gt;#amp;#quot;c#quot;</b> (InputLayer)"]"#))
        #expect(DotText.quoted("a\"b\\c") == #""a\"b\\c""#)
        #expect(DotText.quoted("plain_1") == "plain_1")
        #expect(DotText.quoted("Graph") == "\"Graph\"")
        #expect(DotText.quoted("") == "\"\"")
    }

    @Test func mermaidNeedsNoProgram() throws {
        #expect(try modelToMermaid(DisplayModels.mnist(), showShapes: true, rankdir: .leftRight) == """
            flowchart LR
                n0["<b>pixels</b> (InputLayer)<br/>Output shape: <b>(None, 784)</b>"]
                n1["<b>dense</b> (Dense)<br/>Input shape: <b>(None, 784)</b><br/>Output shape: <b>(None, 64)</b>"]
                n2["<b>dense_1</b> (Dense)<br/>Input shape: <b>(None, 64)</b><br/>Output shape: <b>(None, 64)</b>"]
                n3["<b>dense_2</b> (Dense)<br/>Input shape: <b>(None, 64)</b><br/>Output shape: <b>(None, 10)</b>"]
                n0 --> n1
                n1 --> n2
                n2 --> n3

            """)
        let nested = try modelToMermaid(DisplayModels.nested(), showLayerActivations: true, showTrainable: true, expandNested: true)
        #expect(nested.contains("subgraph g1 [\"encoder\"]"))
        #expect(nested.contains("n3[\"<b>encoder_dense</b> (Dense)<br/>Activation: <b>relu</b><br/>Trainable\"]"))
    }

    @Test func rangesLeaveTheRestOut() throws {
        let text = try modelToMermaid(DisplayModels.mnist(), layerRange: (first: "dense", last: "dense_1"))
        #expect(text == """
            flowchart TB
                n0["<b>dense</b> (Dense)"]
                n1["<b>dense_1</b> (Dense)"]
                n0 --> n1

            """)
    }

    @Test func highlights() throws {
        let model = try DisplayModels.mnist()
        let dot = try modelToDot(model, highlight: ["dense_[12]"])
        #expect(dot.split(separator: "\n").filter { $0.contains("#c2410c") }.map { $0.prefix(2) } == ["n2", "n3"])
        #expect(try modelToDot(model, highlight: .range(first: "pixels", last: "dense")) == modelToDot(model, highlight: ["pixels", "dense"]))
        #expect(try modelToDot(model, highlight: []) == modelToDot(model))
        #expect(try modelToMermaid(model, layerRange: (first: "dense", last: "dense_1"), highlight: ["dense_1"]) == """
            flowchart TB
                n0["<b>dense</b> (Dense)"]
                n1["<b>dense_1</b> (Dense)"]
                n0 --> n1
                classDef highlighted fill:#c2410c,color:white
                class n1 highlighted

            """)
        #expect(message { try modelToDot(model, highlight: ["dens_1"]) }.hasPrefix("There is no layer in model \"mnist_model\" named \"dens_1\".\nDid you mean"))
        #expect(message { try modelToDot(model, highlight: .range(first: "dense", last: "conv")) }
            .hasPrefix("Model \"mnist_model\" has no layers that match both \"dense\" and \"conv\"."))
    }

    @Test func highlightsReachInside() throws {
        let model = try DisplayModels.nested()
        // A model with all in it.
        let whole = try modelToDot(model, expandNested: true, highlight: ["head"])
        #expect(whole.contains("label=head;\nlabeljust=l;\ncolor=\"#c2410c\";\npenwidth=3;"))
        #expect(whole.components(separatedBy: "bgcolor=\"#c2410c\"").count - 1 == 3)
        let mermaid = try modelToMermaid(model, expandNested: true, highlight: .range(first: "hidden", last: "drop"))
        #expect(mermaid.contains("<b>hidden</b>") && mermaid.components(separatedBy: "highlighted").count == 3)
        let closed = try modelToDot(model, highlight: ["middle"])
        #expect(closed.components(separatedBy: "#c2410c").count - 1 == 1)
    }

    @Test(
        .enabled(if: Graphviz.program() != nil, "Graphviz is not installed"),
        arguments: ["png": "\u{89}PNG", "svg": "<?xml", "pdf": "%PDF", "jpg": "\u{FF}\u{D8}", "dot": "digraph G {", "mmd": "flowchart TB", "": "\u{89}PNG"]
    )
    func filesHoldWhatTheirExtensionSays(_ type: String, _ start: String) throws {
        let file = try Self.temporaryFolder().appendingPathComponent(type.isEmpty ? "model" : "model.\(type)")
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        try plotModel(DisplayModels.nested(), to: file.path, showShapes: true, showLayerNames: true, expandNested: true, dpi: 60)
        let data = try Data(contentsOf: file)
        #expect(data.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
    }

    @Test(.enabled(if: Graphviz.program() != nil, "Graphviz is not installed"), arguments: PlotDirection.allCases)
    func graphvizDrawsEveryDirectionAndLine(_ direction: PlotDirection) throws {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for splines in PlotSplines.allCases {
            let file = folder.appendingPathComponent("\(splines).svg").path
            try plotModel(
                DisplayModels.escaped(), to: file, showShapes: true, showDtype: true, showLayerNames: true,
                showLayerActivations: true, showTrainable: true, rankdir: direction, splines: splines)
            let picture = try String(contentsOfFile: file, encoding: .utf8)
            #expect(picture.contains("a&lt;b&gt;&amp;&quot;c&quot;"))
            #expect(picture.contains("[bold]x[&#45;1]{y}|z"))
        }
    }

    @Test func refusesWhatDoesNotSuit() throws {
        let model = try DisplayModels.mnist()
        #expect(message { try plotModel(model, to: "model.docx") } == """
            The extension of "model.docx" stands for no format of a plot. \
            Known are png, svg, pdf, jpg, jpeg, gif, ps, eps, dot, gv, mmd, mermaid.
            """)
        #expect(message { try plotModel(model, to: "model.dot", dpi: 0) } == "A plot's resolution is a number of dots per inch of 1 or more; it is 0.")
        #expect(message { try plotModel(model, to: "/nowhere/at/all/model.dot") }.hasPrefix("\"/nowhere/at/all/model.dot\" cannot be written: "))
        #expect(message { try Graphviz.draw("digraph {}", to: "m.png", format: "png", program: Graphviz.program(path: "/nowhere")) } == """
            Drawing "m.png" needs Graphviz: its program "dot" is not in PATH.
            Install it (Debian: apt-get install graphviz; macOS: brew install graphviz), or plot to a ".dot" or ".mmd" file, \
            which needs no program.
            """)
        #expect(message { try modelToDot(DisplayModels.unbuilt()) }.contains("Sequential \"later\""))
        #expect(throws: KerasError.self) { try modelToDot(model, layerRange: (first: "x", last: "y")) }
    }

    @Test(.enabled(if: Graphviz.program() != nil, "Graphviz is not installed"))
    func graphvizErrorsAreTold() throws {
        let problem = message { try Graphviz.draw("digraph {", to: "m.png", format: "png") }
        #expect(problem.hasPrefix("Graphviz could not draw \"m.png\" (status 1): "), "\(problem)")
        #expect(problem.contains("syntax error"))
    }

    private func message<T>(_ body: () throws -> T) -> String { KerasTests.message { _ = try body() } }

    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plots-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
