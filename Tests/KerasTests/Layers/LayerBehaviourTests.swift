import Testing

@testable import Keras

/// What a user's own layer is given by what surrounds it.
@Suite(.ownSession) struct LayerBehaviourTests {
    final class CustomDense: Layer {
        let units: Int
        private var w: Variable!, b: Variable!

        init(units: Int = 32, name: String? = nil) { self.units = units; super.init(name: name) }

        override func build(inputShape: Shape) throws {
            w = try addWeight(shape: [inputShape.last, units], initializer: .randomNormal(), trainable: true)
            b = try addWeight(shape: [units], initializer: .randomNormal(), trainable: true)
        }
        override func call(_ inputs: Tensor) throws -> Tensor { try ops.matmul(inputs, w) + b }

        override var config: Config { ["units": .int(units)] }
        required convenience init(config: Config) throws { try self.init(units: config.int("units")) }
    }

    @Test func theGuidesCustomLayer() throws {
        let x = Input(shape: [4])
        let y = try CustomDense(units: 3, name: "own")(x)
        #expect(y.shape == [nil, 3])
        let model = try Model(inputs: x, outputs: y, name: "m")
        #expect(try model.countParams() == 15)
        let copy = try Model(config: model.config, customObjects: [CustomDense.self])
        #expect(copy.layers.map(\.name) == model.layers.map(\.name))
        #expect(copy.json() == model.json())
        let clone = try cloneModel(model)
        try clone.setWeights(model.getWeights())
        let input = try Tensor([[1, 2, 3, 4]] as [[Float]])
        #expect(try clone(input).array(Float.self) == model(input).array(Float.self))
        #expect(message { _ = try Model(config: model.config) }.contains("There is no layer class named \"CustomDense\"."))
    }

    final class Block: Layer {
        let first = Dense(4, activation: .relu)
        var rest: [Layer] = [Dense(3), Dense(2)]
        let named = ["b": Dense(2), "a": Dense(2)]
        let maybe: Dense? = Dense(2)
        var again: Layer?
        let note = "no layer"

        override func call(_ inputs: Tensor) throws -> Tensor {
            var x = try first(inputs)
            for layer in rest { x = try layer(x) }
            return try maybe!(named["a"]!(named["b"]!(x)))
        }
    }

    @Test func sublayersAreFound() throws {
        let block = Block(name: "block")
        block.again = block.first
        #expect(block.sublayers.count == 6)
        let y = try block(Input(shape: [5]))
        #expect(y.shape == [nil, 2])
        #expect(block.weights.count == 12)
        #expect(block.weights[0].path == "block/\(block.first.name)/kernel")
        block.trainable = false
        #expect(block.trainableWeights.isEmpty)
        #expect(!block.first.trainable)
        block.first.trainable = true
        #expect(block.trainableWeights.isEmpty)
        block.trainable = true
        #expect(block.trainableWeights.count == 12)
    }

    /// Weights are made by name of the layer, unknown batch and all, without computing anything.
    @Test func subclassesInheritParts() throws {
        class Base: Layer { let inner = Dense(2) }
        final class Derived: Base {
            let outer = Dense(3)
            override func call(_ inputs: Tensor) throws -> Tensor { try outer(inner(inputs)) }
        }
        let layer = Derived()
        try layer.build(for: [nil, 4])
        #expect(layer.sublayers.map { $0 === layer.inner } == [true, false])
        #expect(try layer.countParams() == 4 * 2 + 2 + 2 * 3 + 3)
    }

    @Test func layersThatContainThemselves() throws {
        final class Ring: Layer {
            var next: Layer?
            let dense = Dense(2)
            override func call(_ inputs: Tensor) throws -> Tensor { try dense(inputs) }
        }
        let a = Ring(), b = Ring()
        a.next = b
        b.next = a
        _ = try a(Input(shape: [3]))
        #expect(a.weights.count == 2)
        #expect(a.flattenedLayers.count == 4)
        a.trainable = false
        #expect(a.trainableWeights.isEmpty)
        #expect(try a.losses().isEmpty)
    }

    @Test func training() throws {
        final class Mode: Layer {
            override func call(_ inputs: Tensor, training: Bool) throws -> Tensor { training ? try inputs * 2 : inputs }
        }
        final class Outer: Layer {
            let mode = Mode()
            override func call(_ inputs: Tensor) throws -> Tensor { try mode(inputs) }
        }
        let x = try Tensor([[1, 2]] as [[Float]])
        let outer = Outer()
        #expect(try outer(x).array(Float.self) == [1, 2])
        #expect(try outer(x, training: true).array(Float.self) == [2, 4])
        let input = Input(shape: [2])
        let model = try Model(inputs: input, outputs: outer(input))
        #expect(try model(x, training: true).array(Float.self) == [2, 4])
        let fixed = try Model(inputs: input, outputs: outer(input, training: true))
        #expect(try fixed(x).array(Float.self) == [2, 4])
    }

    @Test func severalInputsAndOutputs() throws {
        final class Swap: Layer {
            override func call(_ inputs: [Tensor], training: Bool, masks: [Tensor?]) throws -> [Tensor] { inputs.reversed() }
        }
        final class Parts: Layer {
            override func call(_ inputs: Structure<Tensor>, _ call: LayerCall) throws -> Structure<Tensor> {
                let x = inputs.leaves[0]
                return ["sum": try x.sum(axis: 1), "double": try x * 2].structure
            }
        }
        let a = Input(shape: [2]), b = Input(shape: [3])
        let swapped: [KerasTensor] = try Swap()([a, b])
        #expect(swapped.map(\.shape) == [[nil, 3], [nil, 2]])
        #expect(message { _ = try Swap(name: "s")([a, b]) as KerasTensor }.contains("gives 2 outputs where one is asked for"))
        let parts: [String: KerasTensor] = try Parts()(a)
        #expect(parts["sum"]?.shape == [nil])
        let model = try Model(inputs: ["a": a, "b": b], outputs: ["x": swapped[0], "y": parts["double"].unwrap()])
        #expect(model.inputNames == [a.history!.layer.name, b.history!.layer.name])
        let outputs: [String: Tensor] = try model(["a": Tensor([[1, 2]] as [[Float]]), "b": Tensor([[3, 4, 5]] as [[Float]])])
        #expect(try outputs["x"].unwrap().array(Float.self) == [3, 4, 5])
        #expect(try outputs["y"].unwrap().array(Float.self) == [2, 4])
    }

    @Test func masksTravel() throws {
        final class Counting: Layer {
            override func call(_ inputs: Tensor, training: Bool, mask: Tensor?) throws -> Tensor {
                let steps = try mask ?? ops.ones(Array(inputs.shape.prefix(2)), dtype: .bool)
                return try ops.sum(steps.cast(to: .float32), axis: 1)
            }
        }
        let words = Input(shape: [nil], dtype: .int32)
        let vectors = try Embedding(10, 4, maskZero: true)(words)
        #expect(vectors.mask?.shape == [nil, nil])
        let dense = try Dense(3)(vectors)
        #expect(dense.mask?.shape == [nil, nil])
        let flat = try Flatten()(try Dense(3)(Embedding(10, 4, maskZero: true)(Input(shape: [5], dtype: .int32))))
        #expect(flat.mask == nil)
        let model = try Model(inputs: words, outputs: Counting()(Dropout(0.5)(dense)))
        let counts = try model(Tensor([[1, 2, 0], [3, 0, 0]] as [[Int32]]))
        #expect(try counts.array(Float.self) == [2, 1])
        let explicit = try Counting()(ops.ones([2, 3, 1]), mask: Tensor([[true, false, false], [true, true, true]]))
        #expect(try explicit.array(Float.self) == [1, 3])
    }

    @Test func lossesOfLayers() throws {
        final class Penalised: Layer {
            override func call(_ inputs: Tensor) throws -> Tensor {
                addLoss(try ops.sum(inputs) * 0.5)
                return inputs
            }
        }
        let input = Input(shape: [2])
        let dense = Dense(
            1, kernelInitializer: .ones, kernelRegularizer: .l2(0.5), activityRegularizer: .l1(0.1))
        let model = try Model(inputs: input, outputs: dense(Penalised()(input)))
        _ = try model(Tensor([[1, 2], [3, 4]] as [[Float]]))
        #expect(try model.losses().map { try $0.item(Float.self) } == [5, 0.5, 1])
        _ = try model(Tensor([[1, 1]] as [[Float]]))
        #expect(try model.losses().count == 3)
        model.trainable = false
        #expect(try model.losses().count == 2)
    }

    @Test func policies() throws {
        let dense = Dense(2, dtype: .mixedBfloat16)
        let y = try dense(Input(shape: [3]))
        #expect(y.dtype == .bfloat16)
        #expect(dense.kernel?.dtype == .float32)
        #expect(dense.computeDType == .bfloat16)
        setDTypePolicy(.mixedFloat16)
        let x = Input(shape: [3])
        let model = try Model(inputs: x, outputs: Dense(1, dtype: .float32)(Dense(2)(x)))
        #expect(model.layers.map(\.computeDType) == [.float32, .float16, .float32])
        #expect(try model(ops.ones([1, 3])).dtype == .float32)
    }

    @Test func embeddingsTakeWholeNumbersOfAnyType() throws {
        let layer = Embedding(4, 2)
        #expect(try layer(Tensor([[0, 1, 3]] as [[Float]])).shape == [1, 3, 2])
        #expect(try layer(Tensor([[0, 1, 3]] as [[UInt8]])).shape == [1, 3, 2])
    }
}
