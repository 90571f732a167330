extension ops {
    /// Einstein's summation: names axes by letters and sums over those that the result does not have.
    ///
    /// ```swift
    /// try ops.einsum("bij,bjk->bik", a, b)     // a batch of matrix products
    /// try ops.einsum("...d,d->...", x, w)
    /// ```
    ///
    /// - Throws: `TensorError.equation`.
    public static func einsum(_ equation: String, _ operands: Tensor...) throws -> Tensor {
        try einsum(equation, operands)
    }

    /// Einstein's summation of tensors in an array.
    public static func einsum(_ equation: String, _ operands: [Tensor]) throws -> Tensor {
        let plan = try EinsumPlan(equation, shapes: operands.map(\.shape))
        let dtype = Promotion.join(operands.map(\.dtype))
        let compute: DType = dtype == .bool || operands.allSatisfy { $0.dtype == .int8 } ? .int32 : dtype
        let result = try plan.apply(operands.map { try $0.converted(compute) })
        return try dtype == .bool ? result.converted(.bool) : result
    }
}

/// An equation read and checked against shapes. Axes of an ellipsis are labels too.
private struct EinsumPlan {
    enum Label: Hashable {
        case letter(Character)
        /// Counted from the last axis of the ellipsis.
        case ellipsis(Int)
    }

    let equation: String
    let inputs: [[Label]]
    let output: [Label]
    let sizes: [Label: Int]

    init(_ equation: String, shapes: [[Int]]) throws {
        self.equation = equation
        func wrong(_ detail: String) -> TensorError { .equation(equation, detail: detail) }
        let text = equation.filter { !$0.isWhitespace }
        let sides: [String]
        if let arrow = text.firstRange(of: "->") {
            sides = [String(text[..<arrow.lowerBound]), String(text[arrow.upperBound...])]
        } else {
            sides = [text]
        }
        let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard terms.count == shapes.count, !shapes.isEmpty else { throw wrong("it names \(terms.count) operands; \(shapes.count) were given") }

        /// The letters before and behind the ellipsis, if there is one.
        func parse(_ term: String) throws -> (before: [Label], behind: [Label]?) {
            let parts: [Substring]
            if let dots = term.firstRange(of: "...") {
                parts = [term[..<dots.lowerBound], term[dots.upperBound...]]
            } else {
                parts = [term[...]]
            }
            let labels = try parts.map { part in
                try part.map { character -> Label in
                    guard character.isLetter else { throw wrong("\"\(character)\" is no letter") }
                    return .letter(character)
                }
            }
            return (labels[0], labels.count > 1 ? labels[1] : nil)
        }
        func ellipsis(_ count: Int) -> [Label] { (0..<count).reversed().map(Label.ellipsis) }

        var inputs: [[Label]] = []
        var sizes: [Label: Int] = [:]
        var widest = 0
        for (term, shape) in zip(terms, shapes) {
            let (before, behind) = try parse(term)
            let named = before.count + (behind?.count ?? 0)
            guard behind == nil ? named == shape.count : named <= shape.count else {
                throw wrong("\"\(term)\" does not fit a tensor of rank \(shape.count)")
            }
            let hidden = shape.count - named
            widest = Swift.max(widest, hidden)
            let labels = before + ellipsis(hidden) + (behind ?? [])
            for (label, size) in zip(labels, shape) {
                if let known = sizes[label], known != size, known != 1, size != 1 {
                    throw wrong("one axis has sizes \(known) and \(size)")
                }
                sizes[label] = sizes[label].map { $0 == 1 ? size : $0 } ?? size
            }
            inputs.append(labels)
        }
        if sides.count == 2 {
            let (before, behind) = try parse(sides[1])
            output = before + (behind.map { ellipsis(widest) + $0 } ?? [])
        } else {
            // Letters that occur once, in the alphabet's order.
            var counts: [Label: Int] = [:]
            inputs.joined().forEach { counts[$0, default: 0] += 1 }
            let letters = counts.compactMap { label, count -> Character? in
                if case .letter(let letter) = label, count == 1 { letter } else { nil }
            }
            output = ellipsis(widest) + letters.sorted().map(Label.letter)
        }
        guard Set(output).count == output.count else { throw wrong("the result names an axis twice") }
        for label in output where sizes[label] == nil { throw wrong("the result names an axis that no operand has") }
        self.inputs = inputs
        self.sizes = sizes
    }

    /// A tensor whose axes have names.
    struct Named {
        var tensor: Tensor
        var labels: [Label]
    }

    func apply(_ operands: [Tensor]) throws -> Tensor {
        var terms = try zip(operands, inputs).map { try simplified(Named(tensor: $0, labels: $1)) }
        for (index, term) in terms.enumerated() {
            let others = Set(terms.enumerated().filter { $0.offset != index }.flatMap(\.element.labels))
            terms[index] = try summed(term, keeping: others.union(output))
        }
        while terms.count > 1 {
            let (a, b) = (terms.removeFirst(), terms.removeFirst())
            let needed = Set(output).union(terms.flatMap(\.labels))
            terms.insert(try contracted(a, b, needed), at: 0)
        }
        let result = try summed(terms[0], keeping: Set(output))
        let order = output.compactMap { result.labels.firstIndex(of: $0) }
        return try ops.transpose(result.tensor, axes: order)
    }

    /// Without repeated names (their diagonal is taken) and without axes of size 1 that are broadcast.
    private func simplified(_ term: Named) throws -> Named {
        var term = term
        for axis in term.labels.indices.reversed() where term.tensor.shape[axis] == 1 && sizes[term.labels[axis]] != 1 {
            term = Named(tensor: try ops.squeeze(term.tensor, axis: axis), labels: term.labels.enumerated().filter { $0.offset != axis }.map(\.element))
        }
        while let first = term.labels.indices.first(where: { term.labels[($0 + 1)...].contains(term.labels[$0]) }),
            let second = term.labels.lastIndex(of: term.labels[first])
        {
            let label = term.labels[first]
            let rest = term.labels.enumerated().filter { $0.offset != first && $0.offset != second }.map(\.element)
            term = Named(tensor: try ops.diagonal(term.tensor, axis1: first, axis2: second), labels: rest + [label])
        }
        return term
    }

    private func summed(_ term: Named, keeping kept: Set<Label>) throws -> Named {
        let axes = term.labels.indices.filter { !kept.contains(term.labels[$0]) }
        guard !axes.isEmpty else { return term }
        let tensor = try ops.reduce(.sum, term.tensor, axes, false, "einsum")
        return Named(tensor: tensor, labels: term.labels.filter(kept.contains))
    }

    private func contracted(_ a: Named, _ b: Named, _ needed: Set<Label>) throws -> Named {
        let shared = a.labels.filter(b.labels.contains)
        let batch = shared.filter(needed.contains), inner = shared.filter { !needed.contains($0) }
        let freeA = a.labels.filter { !shared.contains($0) }, freeB = b.labels.filter { !shared.contains($0) }
        func size(_ labels: [Label]) -> Int { labels.reduce(1) { $0 * (sizes[$1] ?? 1) } }
        func shape(_ labels: [Label]) -> [Int] { labels.map { sizes[$0] ?? 1 } }
        /// The axes in the given order, as `[batch…, rows, columns]`.
        func arranged(_ term: Named, _ rows: [Label], _ columns: [Label]) throws -> Tensor {
            let order = (batch + rows + columns).compactMap { term.labels.firstIndex(of: $0) }
            return try ops.transpose(term.tensor, axes: order).reshaped(shape(batch) + [size(rows), size(columns)])
        }
        let labels = batch + freeA + freeB
        if inner.isEmpty {
            let left = try arranged(a, freeA, []).reshaped(shape(batch) + [size(freeA), 1])
            let right = try arranged(b, [], freeB).reshaped(shape(batch) + [1, size(freeB)])
            return Named(tensor: try ops.multiply(left, right).reshaped(shape(labels)), labels: labels)
        }
        // An operand that already lies the other way round is not moved.
        let turnedA = a.labels == batch + inner + freeA, turnedB = b.labels == batch + freeB + inner
        let left = try turnedA ? arranged(a, inner, freeA) : arranged(a, freeA, inner)
        let right = try turnedB ? arranged(b, freeB, inner) : arranged(b, inner, freeB)
        let product = try Tensor.apply(.matmul(transposeA: turnedA, transposeB: turnedB), left, right)
        return Named(tensor: try product.reshaped(shape(labels)), labels: labels)
    }
}
