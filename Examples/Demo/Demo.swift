import Foundation
import Keras

/// The guide's first model on real data: draws it, trains it on Fashion-MNIST, and shows what it predicts.
@main
struct Demo {
    static func main() {
        do {
            let options = try Options(CommandLine.arguments.dropFirst())
            try run(options)
        } catch let problem as Options.Problem {
            if problem.isQuestion {
                print(problem.text)
                exit(0)
            }
            FileHandle.standardError.write(Data("demo: \(problem.text)\n".utf8))
            exit(2)
        } catch {
            fflush(nil)
            FileHandle.standardError.write(Data("demo: \(error)\n".utf8))
            exit(1)
        }
    }

    static func run(_ options: Options) throws {
        setRandomSeed(options.seed)

        // The model: 784 pixels in, one score for each of 10 classes out.
        let inputs = Input(shape: [784])
        var x = try Dense(64, activation: .relu)(inputs)
        x = try Dense(64, activation: .relu)(x)
        let outputs = try Dense(10)(x)
        let model = try Model(inputs: inputs, outputs: outputs, name: "mnist_model")
        model.summary()
        try draw(model)

        // The data: 60,000 pictures to learn from, 10,000 to be tested on, bytes to 0...1.
        let (train, test) = try FashionMNIST.load(from: options.data)
        let xTrain = try train.x.reshaped([-1, 784]).cast(to: .float32) / 255
        let xTest = try test.x.reshaped([-1, 784]).cast(to: .float32) / 255
        print("\nFashion-MNIST: \(train.x.shape[0]) pictures to train on, \(test.x.shape[0]) to test on\n")

        try model.compile(optimizer: .rmsprop(), loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
        let clock = ContinuousClock()
        let time = try clock.measure {
            try model.fit(xTrain, train.y, batchSize: 64, epochs: options.epochs, validationSplit: 0.2)
        }
        print("\ntrained for \(options.epochs) epochs in \(decimal(time / .seconds(1), places: 1)) s\n")

        let scores = try model.evaluate(xTest, test.y, verbose: .silent)
        try show(predictionsOf: model, on: xTest, pictures: test.x, classes: test.y)
        print("test loss: \(decimal(scores["loss"]))")
        print("test accuracy: \(decimal(scores["accuracy"]))")
    }

    /// Plots the model into the folder `output`. Where Graphviz is missing, that is said and the demo goes on.
    static func draw(_ model: Model) throws {
        try FileManager.default.createDirectory(atPath: "output", withIntermediateDirectories: true)
        do {
            try plotModel(
                model, to: "output/first_model.png", showShapes: true, showLayerNames: true, showLayerActivations: true, dpi: 100)
            try plotModel(
                model, to: "output/first_model_shapes.svg", showShapes: true, showDtype: true, showLayerNames: true,
                showLayerActivations: true, showTrainable: true, expandNested: true, rankdir: .leftRight, dpi: 200)
            print("plotted to output/first_model.png and output/first_model_shapes.svg")
        } catch KerasError.display(let problem) {
            print("not plotted: \(problem)")
        }
    }

    /// Prints the first few test pictures with what they are and what the model takes them for.
    static func show(predictionsOf model: Model, on rows: Tensor, pictures: Tensor, classes: Tensor, count: Int = 4) throws {
        let logits = try model.predict(rows[0..<count], verbose: .silent)
        let probabilities = try ops.softmax(logits)
        let guesses = try probabilities.argmax(axis: -1).array(Int.self)
        let certainties = try probabilities.max(axis: -1).array(Float.self)
        let truths = try classes[0..<count].array(Int.self)
        let pixels = try pictures[0..<count].array(UInt8.self)
        for index in 0..<count {
            let (guess, truth) = (FashionMNIST.classNames[guesses[index]], FashionMNIST.classNames[truths[index]])
            print(Picture(pixels: pixels[index * 784..<(index + 1) * 784], width: 28))
            let verdict = guess == truth ? "right" : "wrong, it is: \(truth)"
            print("predicted: \(guess), \(Int((certainties[index] * 100).rounded())) % sure (\(verdict))\n")
        }
    }

    static func decimal(_ value: Double?, places: Int = 4) -> String {
        value.map { String(format: "%.\(places)f", $0) } ?? "unknown"
    }
}
