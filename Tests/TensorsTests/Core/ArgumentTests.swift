import Testing

@testable import Tensors

/// Arguments that do not fit: each is an error, none a trap.
@Suite("Arguments that do not fit")
struct ArgumentTests {
    static let calls: [(String, @Sendable (Tensor) throws -> Any)] = [
        ("sum axis", { try ops.sum($0, axis: 2) }),
        ("sum axis below", { try ops.sum($0, axis: -3) }),
        ("sum axis least", { try ops.sum($0, axis: .min) }),
        ("sum axes twice", { try ops.sum($0, axes: [0, -2]) }),
        ("mean axis", { try ops.mean($0, axis: .max) }),
        ("argmax axis", { try ops.argmax($0, axis: 5) }),
        ("softmax axis", { try ops.softmax($0, axis: 2) }),
        ("softmax of a scalar", { try ops.softmax($0.sum()) }),
        ("cumsum axis", { try ops.cumsum($0, axis: 9) }),
        ("sort axis", { try ops.sort($0, axis: 2) }),
        ("topK too many", { try ops.topK($0, 4) }),
        ("topK negative", { try ops.topK($0, -1) }),
        ("reshape count", { try $0.reshaped(5) }),
        ("reshape two unknown", { try $0.reshaped(-1, -1) }),
        ("reshape negative", { try $0.reshaped(-2, -3) }),
        ("reshape overflow", { try $0.reshaped(.max, .max) }),
        ("reshape unknown of zero", { try $0.reshaped(-1, 0) }),
        ("transpose", { try $0.transposed(0, 0) }),
        ("transpose short", { try $0.transposed(0) }),
        ("squeeze", { try $0.squeezed(axis: 0) }),
        ("expandDims", { try $0.expandedDims(axis: 4) }),
        ("broadcastTo", { try ops.broadcastTo($0, [2, 4]) }),
        ("broadcastTo negative", { try ops.broadcastTo($0, [-1, 2, 3]) }),
        ("broadcastTo huge", { try ops.broadcastTo($0, [.max, 2, 3]) }),
        ("moveaxis", { try ops.moveaxis($0, [0, 0], [0, 1]) }),
        ("concatenate nothing", { _ in try ops.concatenate([]) }),
        ("concatenate ranks", { try ops.concatenate([$0, $0.sum(axis: 0)]) }),
        ("concatenate sizes", { try ops.concatenate([$0, $0[0..<1, 0..<2]], axis: 0) }),
        ("stack shapes", { try ops.stack([$0, $0[0]]) }),
        ("split uneven", { try ops.split($0, 2, axis: 1) }),
        ("split zero", { try ops.split($0, 0) }),
        ("tile negative", { try ops.tile($0, [-1]) }),
        ("tile huge", { try ops.tile($0, [.max, .max]) }),
        ("repeat negative", { try ops.repeat($0, -1, axis: 0) }),
        ("repeat huge", { try ops.repeat($0, .max, axis: 0) }),
        ("repeat counts", { try ops.repeat($0, [1], axis: 0) }),
        ("pad negative", { try ops.pad($0, [(-1, 0)]) }),
        ("pad count", { try ops.pad($0, [(1, 0), (0, 0), (0, 0)]) }),
        ("pad huge", { try ops.pad($0, [(.max, .max)]) }),
        ("pad mirror", { try ops.pad($0, [(2, 0)], mode: .reflect) }),
        ("full negative", { _ in try ops.full([-1], 0) }),
        ("zeros huge", { _ in try ops.zeros([.max, 2]) }),
        ("arange step", { _ in try ops.arange(0, 3, step: 0) }),
        ("arange huge", { _ in try ops.arange(.min, .max) }),
        ("arange least", { _ in try ops.arange(0, .min, step: -1) }),
        ("arange NaN", { _ in try ops.arange(0, .nan, step: 1) }),
        ("linspace", { _ in try ops.linspace(0, 1, num: -1) }),
        ("eye negative", { _ in try ops.eye(-1) }),
        ("eye huge", { _ in try ops.eye(.max, .max) }),
        ("tril of a vector", { try ops.tril($0[0]) }),
        ("diag huge", { try ops.diag($0[0], k: .max) }),
        ("matmul", { try ops.matmul($0, $0) }),
        ("matmul scalar", { try ops.matmul($0, 1.0) }),
        ("tensordot axes", { try ops.tensordot($0, $0, axes: 3) }),
        ("tensordot sizes", { try ops.tensordot($0, $0, axes: ([0], [1])) }),
        ("einsum letters", { try ops.einsum("i1->i", $0) }),
        ("einsum operands", { try ops.einsum("ij,jk->ik", $0) }),
        ("einsum rank", { try ops.einsum("ijk->i", $0) }),
        ("einsum result", { try ops.einsum("ij->k", $0) }),
        ("einsum twice", { try ops.einsum("ij->ii", $0) }),
        ("einsum sizes", { try ops.einsum("ij,ij->i", $0, $0[.all, 0..<2]) }),
        ("einsum nothing", { _ in try ops.einsum("", []) }),
        ("take axis", { try ops.take($0, [0], axis: 2) }),
        ("take real indices", { try ops.take($0, [0.5], axis: 0) }),
        ("takeAlongAxis rank", { try ops.takeAlongAxis($0, [0], axis: 0) }),
        ("oneHot negative", { _ in try ops.oneHot([1, 2], -1) }),
        ("oneHot huge", { _ in try ops.oneHot([1, 2], .max) }),
        ("scatter", { try ops.scatter([[0, 1]], $0, shape: [3, 3]) }),
        ("scatter depth", { try ops.scatterUpdate($0, [[0, 1, 2]], [1.0]) }),
        ("slice", { try ops.slice($0, [0, 0], shape: [3, 3]) }),
        ("slice indices", { try ops.slice($0, [0], shape: [1, 1]) }),
        ("sliceUpdate", { try ops.sliceUpdate($0, [0, 0], ops.zeros([3, 3])) }),
        ("conv rank", { try ops.conv($0, $0) }),
        ("conv channels", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([2, 2, 4])) }),
        ("conv empty", { _ in try ops.conv(ops.ones([1, 2, 3]), ops.ones([5, 3, 4])) }),
        ("conv strides", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([2, 3, 4]), strides: 0) }),
        ("conv stride count", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([2, 3, 4]), strides: [1, 2]) }),
        ("conv dilation", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([2, 3, 4]), dilationRate: -1) }),
        ("conv huge dilation", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([2, 3, 4]), dilationRate: SpatialSizes(.max)) }),
        ("conv causal", { _ in try ops.conv(ops.ones([1, 5, 5, 3]), ops.ones([2, 2, 3, 4]), padding: .causal) }),
        ("conv zero kernel", { _ in try ops.conv(ops.ones([1, 5, 3]), ops.ones([0, 3, 4])) }),
        ("pool", { _ in try ops.maxPool(ops.ones([1, 2, 1]), 3) }),
        ("pool zero", { _ in try ops.averagePool(ops.ones([1, 2, 1]), 0) }),
        ("crossentropy shapes", { try ops.binaryCrossentropy($0, $0[0]) }),
        ("sparse crossentropy shapes", { try ops.sparseCategoricalCrossentropy([1, 2, 3], $0) }),
        ("normalize order", { try ops.normalize($0, order: 0) }),
        ("norm axes", { try ops.norm($0, axes: [0, 1, 2]) }),
        ("norm order", { try ops.norm($0, order: .p(3), axes: [0, 1]) }),
        ("batchNormalization", { try ops.batchNormalization($0, [1.0], [1.0], axis: 1) }),
        ("layerNormalization", { try ops.layerNormalization($0, gamma: [1.0]) }),
        ("glu odd", { try ops.glu($0) }),
        ("round", { try ops.round($0, decimals: .max) }),
        ("where", { try ops.where($0[0], $0, ops.ones([2, 2])) }),
        ("select", { try ops.select([$0], []) }),
        ("cond", { x in try ops.cond(x, { x }, else: { x }) }),
        ("bitwise of reals", { try ops.bitwiseAnd($0, $0) }),
        ("setEpsilon", { _ in try setEpsilon(.nan) }),
        ("setFloatx", { _ in try setFloatx(.int32) }),
    ]

    @Test(arguments: 0..<calls.count) func isAnError(_ index: Int) throws {
        let (name, call) = Self.calls[index]
        let x = try Tensor([[1.0, 2, 3], [4, 5, 6]])
        do {
            _ = try call(x)
            Issue.record("\(name): no error")
        } catch let error as GraphError {
            #expect(error.description.hasSuffix("."), "\(name): \(error)")
        } catch let error as TensorError {
            #expect(error.description.hasSuffix("."), "\(name): \(error)")
        }
    }

    @Test func messages() {
        #expect("\(TensorError.notOneElement(shape: [2, 3]))" == "item() needs a tensor with one element; this one has shape [2, 3]. Use array().")
        #expect("\(TensorError.ragged(expected: [2], got: [3]))" == "Rows must all have one shape; one is [2], another [3].")
    }
}
