import Archive
import Foundation
import Testing

@testable import Keras

/// What the command refuses: one line on standard error, a code that says so, and no file.
@Suite struct RefusalTests {
    struct Case: CustomTestStringConvertible {
        /// Words; `@` stands for the folder.
        let arguments: String
        /// The line, without `Error: `; `@` stands for the folder.
        let line: String
        var status: Int32 = 1

        init(_ arguments: String, _ line: String, status: Int32 = 1) {
            self.arguments = arguments
            self.line = line
            self.status = status
        }

        var testDescription: String { arguments }
    }

    private static let ofSingle = "the input of model \"single\" is \"numbers\", or \"x\" for short."
    private static let ofDouble = "the inputs of model \"double\" are \"title\", \"tags\"."

    static let cases: [Case] = [
        // Models.
        Case("predict @/none.keras --inputs @/x.npz --output @/out.npz", "@/none.keras cannot be read: No such file or directory."),
        Case("predict @/x.npz --inputs @/x.npz --output @/out.npz", "\"@/x.npz\" is to end in .keras, .h5 or .hdf5."),
        Case("predict @/arrays.keras --inputs @/x.npz --output @/out.npz", "@/arrays.keras has no member \"config.json\"; it has \"x.npy\"."),
        Case("predict @/text.keras --inputs @/x.npz --output @/out.npz", "@/text.keras is not a zip archive, or its end is missing."),
        Case("predict @/text.h5 --inputs @/x.npz --output @/out.npz",
            "@/text.h5 cannot be opened as an HDF5 file: it does not begin as one."),
        Case("predict @/w.weights.h5 --inputs @/x.npz --output @/out.npz",
            "@/w.weights.h5 has no weights of layers: there is no attribute model_config; it has layers, optimizer, vars."),
        // Names of arrays.
        Case("predict @/single.keras --inputs @/none.npz --output @/out.npz", "@/none.npz cannot be read: No such file or directory."),
        Case("predict @/single.keras --inputs @/near.npz --output @/out.npz",
            "@/near.npz names \"number\" (did you mean \"numbers\"?); \(ofSingle)"),
        Case("predict @/single.keras --inputs @/two.npz --output @/out.npz", "@/two.npz names \"x\", \"z\"; \(ofSingle)"),
        Case("predict @/single.keras --inputs @/empty.npz --output @/out.npz", "@/empty.npz lacks \"numbers\"; \(ofSingle)"),
        Case("predict @/double.keras --inputs @/x.npz --output @/out.npz", "@/x.npz names \"x\" and lacks \"title\", \"tags\"; \(ofDouble)"),
        Case("predict @/double.keras --inputs @/title.npz --output @/out.npz", "@/title.npz lacks \"tags\"; \(ofDouble)"),
        Case("predict @/double.keras --inputs @/titel.npz --output @/out.npz",
            "@/titel.npz names \"titel\" (did you mean \"title\"?) and lacks \"tags\"; \(ofDouble)"),
        Case("evaluate @/single.keras --x @/x.npz --y @/x.npz",
            "@/x.npz names \"x\"; the output of model \"single\" is \"scores\", or \"y\" for short."),
        // Types of arrays.
        Case("predict @/single.keras --inputs @/complex.npz --output @/out.npz",
            "@/complex.npz: x.npy has elements of type \"<c8\": complex numbers are not read."),
        Case("predict @/single.keras --inputs @/object.npz --output @/out.npz",
            "@/object.npz: x.npy has elements of type \"|O\": Python objects are not read, since reading them runs code."),
        Case("predict @/single.keras --inputs @/record.npz --output @/out.npz",
            "@/record.npz: x.npy has elements of type \"[('a', '<f4')]\": records of several fields are not read."),
        Case("predict @/single.keras --inputs @/date.npz --output @/out.npz",
            "@/date.npz: x.npy has elements of type \"<M8[s]\": dates are not read."),
        Case("predict @/single.keras --inputs @/words.npz --output @/out.npz", "@/words.npz has strings in its array \"x\"; the model takes numbers."),
        Case("predict @/single.keras --inputs @/pickle.npz --output @/out.npz", "@/pickle.npz is not a zip archive, or its end is missing."),
        Case("predict @/single.keras --inputs @/other.npz --output @/out.npz",
            "@/other.npz: member \"notes.txt\" is not an array: its name does not end in .npy."),
        Case("predict @/single.keras --inputs @/short.npz --output @/out.npz",
            "@/short.npz: x.npy says it has the shape [4, 3], which takes 48 bytes; it has 5."),
        // Shapes.
        Case("predict @/single.keras --inputs @/wide.npz --output @/out.npz",
            "Input \"numbers\" of model \"single\" takes data of shape [nil, 3]; it got [12, 2]."),
        Case("predict @/single.keras --inputs @/none-at-all.npz --output @/out.npz", "x has no samples."),
        Case("predict @/single.keras --inputs @/scalar.npz --output @/out.npz", "x is a scalar; data has a first axis that counts samples."),
        Case("evaluate @/single.keras --x @/x.npz --y @/fewer.npz",
            "All data is to have the same number of samples; x has 12, y has 4."),
        Case("predict @/double.keras --inputs @/uneven.npz --output @/out.npz",
            "All data is to have the same number of samples; x[0] has 4, x[1] has 5."),
        Case("predict @/double.keras --inputs @/flat.npz --output @/out.npz",
            "Input \"tags\" of model \"double\" takes data of shape [nil, 3]; it got [4]."),
        // Options.
        Case("predict @/single.keras --inputs @/x.npz --output @/out.npz --batch-size 0", "--batch-size is to be 1 or more; it got 0."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --validation-split 1 --output @/out.keras",
            "--validation-split is to be 0 or more and below 1; it got 1.0."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs=-1 --batch-size 4 --output @/out.keras", "--epochs is to be 0 or more; it got -1."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --validation-split 0.99 --output @/out.keras",
            "12 samples cannot be split by validationSplit 0.99: one of the parts would be empty."),
        Case("fit @/double.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --output @/out.keras",
            "@/double.keras has no loss: it was saved before the model was compiled. Compile it and save it again."),
        Case("evaluate @/double.keras --x @/x.npz --y @/y.npz",
            "@/double.keras has no loss: it was saved before the model was compiled. Compile it and save it again."),
        Case("summary @/double.keras --batch-size 4",
            "The costs of @/double.keras depend on sizes of its input \"title\" that are not known: [nil, nil]. Give the inputs' shapes: --input-shape."),
        Case("summary @/single.keras --line-length 3", "A summary of 3 columns does not fit into a line of 3. Give it more: --line-length."),
        Case("plot @/single.keras --output @/out.bmp",
            "The extension of \"@/out.bmp\" stands for no format of a plot. Known are png, svg, pdf, jpg, jpeg, gif, ps, eps, dot, gv, mmd, mermaid."),
        Case("plot @/single.keras --output @/out.dot --dpi 0", "--dpi is to be 1 or more; it got 0."),
        Case("diff @/single.keras @/double.keras --tolerance=-1", "--tolerance is to be 0 or more; it got -1.0.", status: 2),
        Case("diff @/single.keras @/none.keras", "@/none.keras cannot be read: No such file or directory.", status: 2),
        // Where results go, said before the work.
        Case("predict @/single.keras --inputs @/x.npz --output @/none/out.npz", "@/none/out.npz cannot be written: No such file or directory."),
        Case("predict @/single.keras --inputs @/x.npz --output @", "@ cannot be written: it is not a file."),
        Case("evaluate @/single.keras --x @/x.npz --y @/y.npz --json @/none/out.json",
            "@/none/out.json cannot be written: No such file or directory."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --output @/out.npz",
            "\"@/out.npz\" is to end in .keras, .h5 or .hdf5."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --output @/none/out.keras",
            "@/none/out.keras cannot be written: No such file or directory."),
        Case("fit @/single.keras --x @/x.npz --y @/y.npz --epochs 1 --batch-size 4 --output @/out.keras --history @/none/h.json",
            "@/none/h.json cannot be written: No such file or directory."),
        // Conversion.
        Case("convert @/single.keras @/out.onnx", "\"@/out.onnx\" is to end in .keras, .h5, .weights.h5 or .json."),
        Case("convert @/operated.keras @/out.h5",
            "Model \"operated\" in @/out.h5 cannot be saved: the .h5 form has no place for operations of ops (twice). A .keras file has."),
        Case("convert @/x.npz @/out.keras", "\"@/x.npz\" is to end in .keras, .h5, .weights.h5 or .json."),
        Case("convert @/w.weights.h5 @/out.keras",
            "@/w.weights.h5 holds weights only. Give the file of the model that they are for as the architecture."),
        Case("convert @/broken.json @/out.keras", "The config of @/broken.json cannot be used: a \"}\" is missing (at byte 7)."),
        Case("convert @/unknown.json @/out.keras", "There is no layer class named \"Dens\". Did you mean \"Dense\"?"),
        Case("convert @/w.weights.h5 @/out.keras --architecture @/double.keras",
            "@/w.weights.h5 and Model \"double\" do not have the same weights: 1 of the model's variables are in the file, 1 is missing, "
                + "3 are of another shape or number, 2 are not used. missing: words/embeddings (layers/embedding/vars/0): the file has no such part; "
                + "of another shape or number: priority/kernel (layers/dense/vars/0): its shape is [7, 1], the file's [3, 4]; "
                + "of another shape or number: priority/bias (layers/dense/vars/1): its shape is [1], the file's [4]; and 3 more"),
    ]

    private static let files = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-refused-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(to: folder)
        return folder
    }

    private static func write(to folder: String) throws {
        try CommandModels.save(to: folder)
        let model = try CommandModels.single()
        try model.saveWeights(to: "\(folder)/w.weights.h5")
        try model.json().replacing("\"Dense\"", with: "\"Dens\"").write(toFile: "\(folder)/unknown.json", atomically: true, encoding: .utf8)
        let place = Input(shape: [3], name: "place")
        let twice = try place * 2
        twice.history?.layer.name = "twice"
        try Model(inputs: place, outputs: twice, name: "operated").save(to: "\(folder)/operated.keras")
        let matrix = (description: "'<f4'", shape: "(4, 3)", bytes: 48)
        func one(_ file: String, _ description: String, _ shape: String, _ bytes: Int, name: String = "x") throws {
            try CommandModels.write([(name, description, shape, bytes)], to: "\(folder)/\(file)")
        }
        try one("near.npz", "'<f4'", "(4, 3)", 48, name: "number")
        try one("title.npz", "'<i4'", "(4, 3)", 48, name: "title")
        try one("titel.npz", "'<i4'", "(4, 3)", 48, name: "titel")
        try one("complex.npz", "'<c8'", "(4, 3)", 96)
        try one("object.npz", "'|O'", "(4, 3)", 48)
        try one("record.npz", "[('a', '<f4')]", "(4, 3)", 48)
        try one("date.npz", "'<M8[s]'", "(4, 3)", 96)
        try one("words.npz", "'<U1'", "(4, 3)", 48)
        try one("short.npz", "'<f4'", "(4, 3)", 5)
        try one("wide.npz", "'<f4'", "(12, 2)", 96)
        try one("none-at-all.npz", "'<f4'", "(0, 3)", 0)
        try one("scalar.npz", "'<f4'", "()", 4)
        try one("fewer.npz", "'<f4'", "(4, 2)", 32, name: "y")
        try CommandModels.write([("x", matrix.0, matrix.1, matrix.2), ("z", matrix.0, matrix.1, matrix.2)], to: "\(folder)/two.npz")
        try CommandModels.write([("title", "'<i8'", "(4, 2)", 64), ("tags", "'|b1'", "(5, 3)", 15)], to: "\(folder)/uneven.npz")
        try CommandModels.write([("title", "'<i8'", "(4, 2)", 64), ("tags", "'|b1'", "(4,)", 4)], to: "\(folder)/flat.npz")
        try CommandModels.write([], to: "\(folder)/empty.npz")
        try one("arrays.keras", "'<f4'", "(4, 3)", 48)
        var other = ZipWriter()
        try other.add("notes.txt", bytes: [1, 2, 3])
        try other.write(to: "\(folder)/other.npz")
        // What pickle.dump begins with.
        try Data([0x80, 0x04, 0x95, 0, 0, 0, 0]).write(to: URL(fileURLWithPath: "\(folder)/pickle.npz"))
        for name in ["text.keras", "text.h5"] { try "no model".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
        try "{\"a\": 1".write(toFile: "\(folder)/broken.json", atomically: true, encoding: .utf8)
    }

    /// One after the other: they look at what lies in one folder.
    @Test(.serialized, arguments: cases) func refuses(_ row: Case) throws {
        let folder = try Self.files.get()
        let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let run = try CommandRun(row.arguments.split(separator: " ").map { String($0).replacing("@", with: folder) })
        #expect(run.error == "Error: \(row.line.replacing("@", with: folder))\n")
        #expect(run.output == "")
        #expect(run.status == row.status)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
    }

    /// What a file says goes to a terminal without the characters that terminals obey.
    @Test func noOrdersToTheTerminal() throws {
        try CommandRun.withFolder { folder in
            let text = #"{"module": "keras.layers", "class_name": "Dens\u001b[2J\u0007\ne", "config": {}}"#
            try text.write(toFile: "\(folder)/orders.json", atomically: true, encoding: .utf8)
            let run = try CommandRun(["convert", "\(folder)/orders.json", "\(folder)/out.keras"])
            #expect(run.status == 1)
            #expect(run.error.hasPrefix(#"Error: There is no layer class named "Dens\u{1B}[2J\u{07}\ne"."#))
            #expect(!run.error.dropLast().unicodeScalars.contains { $0.value < 32 })
        }
    }
}
