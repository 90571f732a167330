import Foundation
import Testing

@testable import Keras

@Suite(.serialized, .ownSession) struct DatasetTests {
    private func numbers(_ data: Dataset) throws -> [[Int]] { try data.elements().map { try $0.x.leaves[0].array(Int.self) } }

    private func upTo(_ count: Int) throws -> Dataset { try Dataset(x: Tensor((0..<count).map { Int32($0) })) }

    @Test func samplesOfArrays() throws {
        let x = try Tensor([[1.0, 2], [3, 4], [5, 6]]), y = try Tensor([7, 8, 9])
        let elements = try Dataset(x: ["a": x], y: [y], sampleWeight: ops.ones([3])).elements()
        #expect(elements.count == 3)
        #expect(try elements[1].x.flatDictionary?["a"]?.array(Float.self) == [3, 4])
        #expect(elements[1].x.leaves[0].shape == [2])
        #expect(try elements[2].y?.leaves[0].item(Int.self) == 9)
        #expect(try elements[0].sampleWeight?.leaves[0].item(Float.self) == 1)
    }

    @Test func batches() throws {
        #expect(try numbers(upTo(7).batch(3)) == [[0, 1, 2], [3, 4, 5], [6]])
        #expect(try numbers(upTo(7).batch(3, dropRemainder: true)) == [[0, 1, 2], [3, 4, 5]])
        #expect(try upTo(7).batch(3).count == 3)
        #expect(try upTo(7).batch(3, dropRemainder: true).count == 2)
        #expect(try upTo(6).batch(2).batch(2).elements().map(\.x.leaves[0].shape) == [[2, 2], [1, 2]])
    }

    @Test func takeSkipRepeat() throws {
        let data = try upTo(5)
        #expect(try numbers(data.take(2)) == [[0], [1]])
        #expect(try numbers(data.skip(3)) == [[3], [4]])
        #expect(try numbers(data.skip(9)) == [])
        #expect(try numbers(data.take(2).repeat(2)) == [[0], [1], [0], [1]])
        #expect(try numbers(data.repeat().skip(4).take(3)) == [[4], [0], [1]])
        #expect(data.repeat().isEndless && data.repeat().count == nil)
        #expect(data.repeat(3).count == 15)
        #expect(data.repeat().take(8).count == 8)
        #expect(try numbers(Dataset([]).repeat()) == [])
        #expect(try numbers(data.repeat(0)) == [])
        #expect(message { _ = try data.repeat().elements() }.hasPrefix("Collecting the elements would never end"))
    }

    @Test func mapAndFilter() throws {
        let data = try upTo(5).map { TrainingBatch(x: try $0.x.leaves[0] * 2) }
        #expect(try numbers(data) == [[0], [2], [4], [6], [8]])
        #expect(try numbers(data.filter { try $0.x.leaves[0].item(Int.self) > 3 }) == [[4], [6], [8]])
        #expect(try numbers(data.batch(2)) == [[0, 2], [4, 6], [8]])
        #expect(data.filter { _ in true }.count == nil)
    }

    @Test func shuffling() throws {
        let data = try upTo(20)
        let a = try numbers(data.shuffle(20, seed: 1)), b = try numbers(data.shuffle(20, seed: 1))
        #expect(a == b)
        #expect(a.flatMap { $0 }.sorted() == Array(0..<20))
        #expect(a.flatMap { $0 } != Array(0..<20))
        let passes = try data.shuffle(20, seed: 1)
        #expect(try numbers(passes) == a)
        #expect(try numbers(passes) != a)
        let fixed = try data.shuffle(20, reshuffleEachPass: false)
        #expect(try numbers(fixed) == numbers(fixed))
        // A small buffer moves elements forward by no more than its size.
        let near = try numbers(data.shuffle(3, seed: 2)).flatMap { $0 }
        #expect(near.enumerated().allSatisfy { $1 <= $0 + 2 })
        setRandomSeed(7)
        let first = try numbers(data.shuffle(20))
        setRandomSeed(7)
        #expect(try numbers(data.shuffle(20)) == first)
    }

    @Test func generators() throws {
        let data = Dataset.generator {
            var i = 0
            return {
                i += 1
                return i > 3 ? nil : TrainingBatch(x: Tensor(Int32(i)))
            }
        }
        #expect(try numbers(data) == [[1], [2], [3]])
        #expect(try numbers(data) == [[1], [2], [3]])
        #expect(data.count == nil)
    }

    @Test func prefetching() throws {
        let data = try upTo(50).map { TrainingBatch(x: try $0.x.leaves[0] + 1) }.batch(4).prefetch(3)
        #expect(try numbers(data) == numbers(upTo(51).skip(1).batch(4)))
        // Letting go in the middle ends the thread.
        for _ in 0..<20 { _ = try data.repeat().makeIterator().next() }
        struct Broken: Error {}
        let broken = try upTo(5).map { element in
            if try element.x.leaves[0].item(Int.self) == 2 { throw Broken() }
            return element
        }.prefetch()
        let iterator = try broken.makeIterator()
        #expect(try iterator.next() != nil)
        #expect(try iterator.next() != nil)
        #expect(throws: Broken.self) { try iterator.next() }
    }

    @Test func unsuitable() throws {
        #expect(message { _ = try upTo(3).batch(0) } == "batch takes a size of 1 or more; it got 0.")
        #expect(message { _ = try upTo(3).shuffle(0) } == "shuffle takes a buffer of 1 or more; it got 0.")
        #expect(message { _ = try Dataset(x: ops.zeros([3]), y: ops.zeros([2])) } == "All data is to have the same number of samples; x has 3, y has 2.")
        #expect(message { _ = try Dataset(x: ops.zeros([0, 2])) } == "x has no samples.")
        #expect(message { _ = try Dataset(x: Tensor(1.0)) } == "x is a scalar; data has a first axis that counts samples.")
        let uneven = try Dataset([TrainingBatch(x: ops.zeros([2])), TrainingBatch(x: ops.zeros([3]))]).batch(2)
        #expect(message { _ = try uneven.elements() } == "A batch needs elements of one shape: the first is [2], number 2 is [3].")
        let mixed = try Dataset([TrainingBatch(x: ops.zeros([2])), TrainingBatch(x: [ops.zeros([2]), ops.zeros([2])])]).batch(2)
        #expect(message { _ = try mixed.elements() } == "A batch needs elements of one structure: the first has 1 tensors, a later one 2.")
    }
}
