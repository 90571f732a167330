import Foundation
import Keras

/// Whole stories on real data: `story NAME [options]`.
@main
struct Story {
    static let stories: [(name: String, title: String, run: @Sendable (StoryOptions) throws -> Void)] = [
        ("autoencoder", "learns to draw Fashion-MNIST's pictures from 16 numbers each", AutoencoderStory.run),
        ("tickets", "learns which department a support ticket goes to, and whether it is urgent", TicketStory.run),
        ("resnet", "trains the toy ResNet on Fashion-MNIST at 32×32×3", ResNetStory.run),
        ("style", "paints one picture in the style of another with VGG19's features", StyleStory.run),
    ]

    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            guard let name = arguments.first, let story = stories.first(where: { $0.name == name }) else {
                throw StoryOptions.Problem(text: usage)
            }
            let options = try StoryOptions(arguments.dropFirst())
            setRandomSeed(options.int("seed", 1))
            try FileManager.default.createDirectory(atPath: "output", withIntermediateDirectories: true)
            try story.run(options)
        } catch {
            fflush(nil)
            FileHandle.standardError.write(Data("story: \(error)\n".utf8))
            exit(error is StoryOptions.Problem ? 2 : 1)
        }
    }

    static var usage: String {
        let names = stories.map { "  \($0.name.padding(toLength: 13, withPad: " ", startingAt: 0))\($0.title)" }.joined(separator: "\n")
        return """
            usage: story NAME [--seed N] [--epochs N] [--steps N] [--samples N] [--data FOLDER] [--weights FILE.h5] [--content FILE]
                         [--style FILE] [--size N]
            \(names)
            """
    }
}

/// What the command line gives a story: `--name value` pairs.
struct StoryOptions {
    struct Problem: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    private var values: [String: String] = [:]
    private static let numbers: Set = ["seed", "epochs", "steps", "samples", "size"]
    private static let texts: Set = ["data", "weights", "content", "style"]

    init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        while let option = rest.popFirst() {
            let name = String(option.drop { $0 == "-" })
            guard option.hasPrefix("--"), Self.numbers.contains(name) || Self.texts.contains(name), let value = rest.popFirst() else {
                throw Problem(text: "cannot use \(option)\n\(Story.usage)")
            }
            if Self.numbers.contains(name), (Int(value) ?? 0) < 1 {
                throw Problem(text: "--\(name) needs a whole number of 1 or more; it got \(value)")
            }
            values[name] = value
        }
    }

    func int(_ name: String, _ fallback: Int) -> Int { values[name].flatMap(Int.init) ?? fallback }
    func text(_ name: String) -> String? { values[name] }
}

/// Numbers as the stories print them.
func decimal(_ value: Double, _ places: Int = 4) -> String { String(format: "%.\(places)f", value) }
