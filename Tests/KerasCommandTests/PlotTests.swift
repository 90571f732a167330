import Foundation
import Testing

@testable import Keras

/// `keras plot`: each option reaches the drawing.
@Suite struct PlotTests {
    @Test func texts() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let model = try loadModel("\(folder)/double.keras")
            func plotted(_ ending: String, _ options: [String]) throws -> String {
                let run = try CommandRun(["plot", "\(folder)/double.keras", "--output", "\(folder)/plot.\(ending)"] + options)
                #expect(run.status == 0 && run.error == "" && run.output == "")
                return try CommandFixture.text("\(folder)/plot.\(ending)")
            }
            #expect(try plotted("dot", []) == modelToDot(model, showLayerNames: false))
            let all = ["shapes", "dtype", "layer-names", "layer-activations", "trainable"].map { "--show-\($0)" }
            #expect(
                try plotted("mmd", all + ["--expand-nested", "--rankdir", "LR"])
                    == modelToMermaid(
                        model, showShapes: true, showDtype: true, showLayerActivations: true, showTrainable: true, expandNested: true,
                        rankdir: .leftRight))
            #expect(try plotted("dot", ["--show-shapes", "--dpi", "90"]) == modelToDot(model, showShapes: true, showLayerNames: false, dpi: 90))
        }
    }

    @Test func picture() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            try CommandRun.good("plot", "\(folder)/single.keras", "--output", "\(folder)/plot.svg")
            #expect(try CommandFixture.text("\(folder)/plot.svg").contains("<svg"))
        }
    }
}
