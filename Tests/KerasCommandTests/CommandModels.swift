import Archive
import Testing

@testable import Keras

/// Models and arrays for tests that need no Python.
enum CommandModels {
    /// One input of three numbers, one output of two.
    static func single() throws -> Model {
        let inputs = Input(shape: [3], name: "numbers")
        let hidden = try Dense(4, activation: .tanh, kernelInitializer: .glorotUniform(seed: 1), name: "hidden")(inputs)
        let scores = try Dense(2, kernelInitializer: .glorotUniform(seed: 2), name: "scores")(hidden)
        let model = try Model(inputs: inputs, outputs: scores, name: "single")
        try model.compile(optimizer: .adam(0.01), loss: .meanSquaredError(), metrics: [.meanAbsoluteError])
        return model
    }

    /// Two inputs, two outputs.
    static func double() throws -> Model {
        let title = Input(shape: [nil], dtype: .int32, name: "title"), tags = Input(shape: [3], name: "tags")
        let words = try GlobalAveragePooling1D(name: "mean")(Embedding(10, 4, name: "words")(title))
        let joined = try concatenate([words, tags], name: "joined")
        return try Model(
            inputs: [title, tags], outputs: [Dense(1, name: "priority")(joined), Dense(2, name: "department")(joined)], name: "double")
    }

    /// Saves the models, and arrays that suit the first one.
    static func save(to folder: String) throws {
        try single().save(to: "\(folder)/single.keras")
        try double().save(to: "\(folder)/double.keras")
        let numbers = (0..<36).map { Float(($0 * 7) % 11) / 10 }
        try ArrayFile.write([("x", Tensor(numbers, shape: [12, 3]))], to: "\(folder)/x.npz")
        try ArrayFile.write([("y", Tensor(Array(numbers.prefix(24)), shape: [12, 2]))], to: "\(folder)/y.npz")
    }

    /// Writes an archive of arrays with these headers, zeros in them.
    ///
    /// - Parameter description: NumPy's, of the type: `'<c8'`.
    static func write(_ arrays: [(name: String, description: String, shape: String, bytes: Int)], to path: String) throws {
        var archive = ZipWriter()
        for array in arrays {
            var header = "{'descr': \(array.description), 'fortran_order': False, 'shape': \(array.shape), }"
            header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
            let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
            try archive.add("\(array.name).npy", bytes: start + Array(header.utf8) + [UInt8](repeating: 0, count: array.bytes))
        }
        try archive.write(to: path)
    }
}
