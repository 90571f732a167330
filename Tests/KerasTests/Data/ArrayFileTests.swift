import Testing

@testable import Keras

/// Files of named arrays: what a model takes from them, and what it gives.
@Suite(.ownSession) struct ArrayFileTests {
    @Test(arguments: DType.allCases) func everyType(_ dtype: DType) throws {
        try SavingFixture.withFolder { folder in
            let tensor = try Tensor([0, 1, 1, 0, 1, 0], shape: [3, 2], dtype: .int32).cast(to: dtype)
            try ArrayFile.write([("a", tensor)], to: "\(folder)/a.npz")
            let read = try ArrayFile("\(folder)/a.npz").tensor("a")
            // NumPy has no bfloat16.
            #expect(read.dtype == (dtype == .bfloat16 ? .float32 : dtype))
            #expect(read.shape == [3, 2])
            #expect(try read.array(Int.self) == [0, 1, 1, 0, 1, 0])
            #expect(try ArrayFile("\(folder)/a.npz").tensor("a", dtype: .float64).dtype == .float64)
        }
    }

    private func written(_ names: [String], _ body: (ArrayFile) throws -> Void) throws {
        try SavingFixture.withFolder { folder in
            try ArrayFile.write(
                names.enumerated().map { (name: $1, tensor: try Tensor([$0, $0 + 1, $0 + 2, $0 + 3], shape: [2, 2], dtype: .int64)) },
                to: "\(folder)/a.npz")
            try body(ArrayFile("\(folder)/a.npz"))
        }
    }

    /// Inputs come by position, whatever the order in the file, in the inputs' types.
    @Test func inputs() throws {
        let a = Input(shape: [2], name: "a"), b = Input(shape: [2], dtype: .int32, name: "b")
        let model = try Model(inputs: [a, b], outputs: Add()([a, b.cast(to: .float32)]))
        try written(["b", "a"]) { file in
            let inputs = try model.inputs(from: file).leaves
            #expect(inputs.map(\.dtype) == [.float32, .int32])
            #expect(try inputs.map { try $0.array(Int.self) } == [[1, 2, 3, 4], [0, 1, 2, 3]])
        }
    }

    /// A model that takes a dictionary knows its inputs by key and by layer.
    @Test(arguments: [["left", "right"], ["a", "b"]]) func keys(_ names: [String]) throws {
        let a = Input(shape: [2], name: "a"), b = Input(shape: [2], name: "b")
        let model = try Model(inputs: ["left": a, "right": b], outputs: Subtract()([a, b]))
        try written(names) { file in
            let outputs = try model.predictions(model.inputs(from: file), verbose: .silent)
            #expect(try outputs.leaves[0].array(Int.self) == [-1, -1, -1, -1])
        }
    }

    /// Outputs of one layer are told apart.
    @Test func outputs() throws {
        let series = Input(shape: [4, 3], name: "series")
        let states: [KerasTensor] = try LSTM(5, returnState: true, name: "cell")(series)
        let model = try Model(inputs: series, outputs: states)
        let outputs = try model.predictions(Tensor(Array(repeating: Float(1), count: 12), shape: [1, 4, 3]), verbose: .silent)
        #expect(model.named(outputs).map(\.name) == ["cell", "cell_1", "cell_2"])
    }

    /// A model with two outputs needs targets for those that have a loss.
    @Test func targets() throws {
        let x = Input(shape: [2], name: "x")
        let model = try Model(inputs: x, outputs: [Dense(2, name: "a")(x), Dense(2, name: "b")(x)])
        try model.compile(optimizer: .sgd(), loss: ["b": .meanSquaredError()])
        for (names, count) in [(["b"], 1), (["y"], 1), (["a", "b"], 2)] {
            try written(names) { file in
                let targets = try model.targets(from: file)
                #expect(targets.leafCount == count)
            }
        }
        try written(["a"]) { file in #expect(throws: KerasError.self) { try model.targets(from: file) } }
    }
}
