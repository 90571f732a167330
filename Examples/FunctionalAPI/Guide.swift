import Foundation
import Keras

/// The guide to the functional API as a program: every section is run, every fact checked.
///
///     guide [SECTION ...]        numbers of sections; without one, all of them
@main
struct Guide {
    static let sections: [(title: String, run: @Sendable (Facts) throws -> Void)] = [
        ("A first model", FirstModel.run),
        ("Train, evaluate, predict", TrainEvaluatePredict.run),
        ("Several models from one graph; models as layers", ModelsAsLayers.run),
        ("Several inputs and outputs", SeveralInputsAndOutputs.run),
        ("Graphs that are not chains; shared layers; nodes", GraphsOfLayers.run),
        ("Custom layers", CustomLayers.run),
        ("Subclassing, mixing, dynamic models", Subclassing.run),
        ("Checked while it is being defined", CheckedWhileDrawn.run),
    ]

    static func main() {
        let wanted = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
        guard wanted.allSatisfy({ (1...sections.count).contains($0) }) else {
            FileHandle.standardError.write(Data("usage: guide [SECTION ...]   with sections 1 to \(sections.count)\n".utf8))
            exit(2)
        }
        let facts = Facts()
        for (index, section) in sections.enumerated() where wanted.isEmpty || wanted.contains(index + 1) {
            print("\n\(index + 1). \(section.title)\n")
            run(index, facts)
        }
        print("\nguide: \(facts.passed) passed, \(facts.failures.count) failed")
        for failure in facts.failures { print("  \(failure)") }
        exit(facts.failures.isEmpty ? 0 : 1)
    }

    static func run(_ index: Int, _ facts: Facts) {
        clearSession()
        setRandomSeed(index + 1)
        do { try sections[index].run(facts) } catch { facts.ended("\(index + 1)", by: error) }
    }

    /// Where plots go.
    static func output(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: "output/guide", withIntermediateDirectories: true)
        return "output/guide/\(name)"
    }

    /// Plots a model with everything a plot can show, and says whether there is a picture. Needs Graphviz, as Keras does.
    static func plot(_ model: Model, _ name: String) throws -> Bool {
        let file = try output(name)
        try plotModel(
            model, to: file, showShapes: true, showDtype: true, showLayerNames: true, showLayerActivations: true, showTrainable: true,
            expandNested: true, dpi: 100)
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
        return size > 1000
    }
}
