import Testing

@testable import Keras

@Suite(.serialized, .ownSession) struct DatasetCombiningTests {
    private func numbers(_ data: Dataset) throws -> [[Int]] { try data.elements().map { try $0.x.leaves[0].array(Int.self) } }

    private func upTo(_ count: Int) throws -> Dataset { try Dataset(x: Tensor((0..<count).map { Int32($0) })) }

    @Test func zipTakesStepsTogether() throws {
        let pairs = try Dataset.zip(upTo(3), upTo(5).map { TrainingBatch(x: try $0.x.leaves[0] * 10) }, upTo(4))
        #expect(pairs.count == 3)
        let elements = try pairs.elements()
        #expect(try elements.map { try [$0.input, $0.target, $0.sampleWeight!.leaves[0]].map { try $0.item(Int.self) } } == [[0, 0, 0], [1, 10, 1], [2, 20, 2]])
        #expect(try Dataset.zip(upTo(2), upTo(2)).elements().allSatisfy { $0.sampleWeight == nil })
        #expect(try numbers(Dataset.zip([upTo(3), upTo(3)]) { TrainingBatch(x: try $0[0].input + $0[1].input) }) == [[0], [2], [4]])
        #expect(try Dataset.zip([]) { $0[0] }.count == 0)
    }

    @Test func zipEndsWithTheShortest() throws {
        #expect(try Dataset.zip(upTo(2).repeat(), upTo(3)).count == 3)
        #expect(try numbers(Dataset.zip(upTo(2).repeat(), upTo(3))) == [[0], [1], [0]])
        #expect(try Dataset.zip(upTo(2).repeat(), upTo(3).repeat()).isEndless)
        #expect(try Dataset.zip(upTo(2).filter { _ in true }, upTo(3)).count == nil)
    }

    @Test func concatenation() throws {
        let data = try upTo(2).concatenate(upTo(3))
        #expect(data.count == 5)
        #expect(try numbers(data) == [[0], [1], [0], [1], [2]])
        #expect(try numbers(data.batch(2)) == [[0, 1], [0, 1], [2]])
        #expect(try upTo(2).concatenate(upTo(3).repeat()).isEndless)
        #expect(try upTo(2).concatenate(upTo(3).filter { _ in true }).count == nil)
    }

    @Test func unbatchingUndoesBatches() throws {
        #expect(try numbers(upTo(7).batch(3).unbatch()) == (0..<7).map { [$0] })
        #expect(try numbers(upTo(7).batch(3).unbatch().batch(2)) == [[0, 1], [2, 3], [4, 5], [6]])
        #expect(message { _ = try upTo(2).unbatch().elements() } == "x is a scalar; data has a first axis that counts samples.")
    }

    @Test func cacheMakesElementsOnce() throws {
        final class Calls: @unchecked Sendable { var count = 0 }
        let calls = Calls()
        let data = try upTo(3).map { element in
            calls.count += 1
            return element
        }.cache()
        // A pass that is broken off keeps nothing.
        let iterator = try data.makeIterator()
        _ = try iterator.next()
        #expect(try numbers(data) == [[0], [1], [2]])
        #expect(try numbers(data) == [[0], [1], [2]])
        #expect(calls.count == 4)
        #expect(data.count == 3)
    }

    @Test func shardsShareTheWork() throws {
        #expect(try (0..<3).map { try numbers(upTo(7).shard(3, $0)) } == [[[0], [3], [6]], [[1], [4]], [[2], [5]]])
        #expect(try (0..<3).map { try upTo(7).shard(3, $0).count } == [3, 2, 2])
        #expect(try upTo(1).shard(3, 2).count == 0)
        #expect(message { _ = try upTo(3).shard(2, 2) } == "shard takes a count of 1 or more and an index below it; it got 2 and 2.")
        #expect(message { _ = try upTo(3).shard(0, 0) }.hasPrefix("shard takes"))
    }

    @Test func trainsOnZippedData() throws {
        let inputs = Input(shape: [1])
        let model = try Model(inputs: inputs, outputs: Dense(1)(inputs))
        try model.compile(optimizer: .sgd(0.1), loss: "mse")
        let x = try Dataset(x: ops.ones([8, 1])), y = try Dataset(x: ops.zeros([8, 1]))
        let history = try model.fit(Dataset.zip(x, y).batch(4).cache(), epochs: 3, verbose: .silent)
        #expect(history["loss"][2] < history["loss"][0])
    }
}
