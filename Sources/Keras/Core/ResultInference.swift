/// Finds what a call gives by tracing it on placeholders.
///
/// Unknown dimensions stand in as two different sizes in two traces; what differs in the answers is unknown.
struct ResultInference {
    let layer: Layer
    let arguments: CallArguments<KerasTensor>

    func infer() throws -> Structure<TensorSpec> {
        let sizes = arguments.tensors.map(\.shape.sizes)
        let unknown = sizes.map { $0.count { $0 == nil } }.max() ?? 0
        let pairs = StandIn.pairs(unknown: unknown, known: Set(sizes.joined().compactMap { $0 }))
        // An unknown size may have to be the known one it meets: [nil, nil, 8] + [nil, 5, 8].
        let candidates = [arguments.map(\.shape)] + (unified.map { [$0] } ?? [])
        var problem: (any Error)?
        for (small, large) in unknown > 0 ? pairs : Array(pairs.prefix(1)) {
            for shapes in candidates {
                do { return try infer(shapes, small, large, unknown: unknown) } catch { problem = problem ?? error }
            }
        }
        // Or the one that a constant or a setting asks for: the reshape of [nil, 16] to [2, 8].
        for size in unknown > 0 ? layer.sizesForUnknown(arguments) : [] {
            let shapes = arguments.map { tensor in Shape(tensor.shape.sizes.map { $0 ?? size }) }
            if let found = try? infer(shapes, pairs[0].0, pairs[0].1, unknown: 0) { return found }
        }
        throw problem ?? KerasError.callNotImplemented(layer.place, signature: "call(_ inputs: Tensor) throws -> Tensor")
    }

    private func infer(_ shapes: CallArguments<Shape>, _ small: StandIn, _ large: StandIn, unknown: Int) throws -> Structure<TensorSpec> {
        let first = try trace(shapes, small)
        guard unknown > 0 else { return first.map { spec($0, $0) } }
        let second: [Traced]
        do {
            second = try trace(shapes, large).leaves
        } catch let error as KerasError {
            // The layer or one inside it made weights for the stand-in.
            if case .incompatibleInput(_, .axis(let axis, _), _, _, _) = error, let input = arguments.inputs.leaves.first {
                throw KerasError.unknownDimension(layer.place, axis: axis, input: input.source)
            }
            throw error
        }
        var index = 0
        return first.map { a in
            defer { index += 1 }
            return spec(a, second.indices.contains(index) ? second[index] : a)
        }
    }

    /// A result as two traces show it.
    private func spec(_ a: Traced, _ b: Traced) -> TensorSpec {
        let mask = a.mask.map { mask in
            if let source = mask.source { return maskSources[source] }
            return KerasTensor(shape: merged(mask.sizes, b.mask?.sizes ?? mask.sizes), dtype: .bool)
        }
        return TensorSpec(shape: merged(a.sizes, b.sizes), dtype: a.dtype, mask: mask)
    }

    private struct Traced {
        let sizes: [Int]
        let dtype: DType
        let mask: Mask?

        struct Mask {
            let sizes: [Int]
            /// Which of the given masks it is, if it is one of them.
            let source: Int?
        }
    }

    /// The masks that come into the call: those of the tensors, and what is given by name and may be one.
    private var maskSources: [KerasTensor] {
        arguments.tensors.compactMap(\.mask) + arguments.keywords.flatMap(\.value.leaves)
    }

    private func trace(_ shapes: CallArguments<Shape>, _ standIn: StandIn) throws -> Structure<Traced> {
        var context = CallContext.current ?? CallContext(training: nil, path: "", standIn: nil)
        context.standIn = standIn
        return try CallContext.$current.withValue(context) {
            let places = try layer.translatingErrors(arguments.inputs.leaves.map(\.source)) { try placeholders(shapes, standIn) }
            let masks = places.tensors.compactMap { $0.kerasMask?.value } + places.keywords.flatMap { $0.value.leaves.map(\.value) }
            return try Trace.shapesOnly {
                try layer.invoke(places, at: nil).map { result in
                    let mask = result.kerasMask.map { mask in Traced.Mask(sizes: mask.shape, source: masks.firstIndex(of: mask.value)) }
                    return Traced(sizes: result.shape, dtype: result.dtype, mask: mask)
                }
            }
        }
    }

    private func placeholders(_ shapes: CallArguments<Shape>, _ standIn: StandIn) throws -> CallArguments<Tensor> {
        let tensors = arguments.tensors
        var index = 0
        return try shapes.map { shape in
            defer { index += 1 }
            let tensor = tensors[index]
            var placeholder = try Tensor.placeholder(TensorType(checking: standIn.sizes(of: shape), tensor.dtype))
            if let mask = tensor.mask { placeholder.kerasMask = try .placeholder(TensorType(checking: standIn.sizes(of: mask.shape), .bool)) }
            return placeholder
        }
    }

    private func merged(_ a: [Int], _ b: [Int]) -> Shape {
        a.count == b.count ? Shape(zip(a, b).map { $0 == $1 ? $0 : nil }) : Shape(a.map { _ in nil })
    }

    /// The shapes with unknown sizes taken from the other inputs where these agree; `nil` if that changes nothing.
    private var unified: CallArguments<Shape>? {
        let leaves = arguments.inputs.leaves.map(\.shape)
        guard leaves.count > 1, let rank = leaves.first?.rank, leaves.allSatisfy({ $0.rank == rank }) else { return nil }
        var changed = false
        let known: [Int?] = (0..<rank).map { axis in
            let sizes = Set(leaves.compactMap { $0[axis] })
            if sizes.count == 1, leaves.contains(where: { $0[axis] == nil }) { changed = true }
            return sizes.count == 1 ? sizes.first : nil
        }
        guard changed else { return nil }
        var shapes = arguments.map(\.shape)
        shapes.inputs = shapes.inputs.map { Shape(zip($0.sizes, known).map { $0 ?? $1 }) }
        return shapes
    }
}
