/// The equation of an ``EinsumDense``, read: the letters of input, kernel and output, and on which side an ellipsis stands.
struct EinsumTerms {
    enum Ellipsis { case none, left, right }

    let input: [Character]
    let kernel: [Character]
    let output: [Character]
    let ellipsis: Ellipsis

    /// - Throws: `KerasError.invalidArgument`.
    init(_ equation: String, for place: LayerPlace) throws {
        func wrong(_ expected: String) -> KerasError {
            .invalidArgument(place, argument: "equation", expected: expected, got: "\"\(equation)\"")
        }
        let form = wrong("of the form \"ab,bc->ac\", \"...ab,bc->...ac\" or \"ab...,bc->ac...\"")
        let sides = equation.split(separator: "->", omittingEmptySubsequences: false)
        let operands = (sides.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
        guard sides.count == 2, operands.count == 2 else { throw form }
        func letters(_ term: Substring) -> (letters: [Character], ellipsis: Ellipsis) {
            if term.hasPrefix("...") { return (Array(term.dropFirst(3)), .left) }
            if term.hasSuffix("...") { return (Array(term.dropLast(3)), .right) }
            return (Array(term), .none)
        }
        let (inputTerm, outputTerm) = (letters(operands[0]), letters(sides[1]))
        (input, kernel, output) = (inputTerm.letters, Array(operands[1]), outputTerm.letters)
        ellipsis = inputTerm.ellipsis
        let all = [input, kernel, output]
        guard inputTerm.ellipsis == outputTerm.ellipsis, all.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isLetter } }),
            ellipsis != .right || input.count > 1
        else { throw form }
        guard all.allSatisfy({ Set($0).count == $0.count }) else { throw wrong("one that names an axis once in each term") }
        if let letter = output.first(where: { !input.contains($0) && !kernel.contains($0) }) {
            throw wrong("one whose output axis \"\(letter)\" is an axis of the input or the kernel")
        }
        if let letter = kernel.first(where: { !input.contains($0) && !output.contains($0) }) {
            throw wrong("one whose kernel axis \"\(letter)\" is an axis of the input or the output")
        }
    }

    func check(biasAxes: String?, for place: LayerPlace) throws {
        guard let biasAxes, biasAxes.isEmpty || biasAxes.contains(where: { !output.contains($0) }) else { return }
        throw KerasError.invalidArgument(
            place, argument: "biasAxes", expected: "letters of the output \"\(String(output))\"", got: "\"\(biasAxes)\"")
    }

    /// What the equation asks of the input.
    var inputSpec: InputSpec {
        let names = input.map(String.init)
        switch ellipsis {
        case .none: return InputSpec(rank: input.count, layout: "[\(names.joined(separator: ", "))]")
        case .left: return InputSpec(minRank: input.count, layout: "[…, \(names.joined(separator: ", "))]")
        case .right: return InputSpec(minRank: input.count, layout: "[\(names.joined(separator: ", ")), …]")
        }
    }

    struct Shapes {
        var kernel: Shape
        var bias: Shape?
        /// The kernel's axes that the output does not have, and those it has.
        var inputAxes: [Int]
        var outputAxes: [Int]
        /// The sizes of the input's axes that the kernel has.
        var inputSizes: [Int: Int]
    }

    /// The weights' shapes for an input.
    ///
    /// - Throws: `KerasError.unknownDimension`, `.invalidArgument` where the input is another size than the output is to be.
    func shapes(input shape: Shape, output partial: Shape, biasAxes: String?, for layer: Layer) throws -> Shapes {
        if let requirement = inputSpec.violation(shape: shape, dtype: layer.computeDType) {
            throw KerasError.incompatibleInput(
                layer.place, requirement: requirement, index: nil, name: nil, input: TensorSource(shape: shape, dtype: layer.computeDType))
        }
        func wrong(_ expected: String) -> KerasError {
            .invalidArgument(layer.place, argument: "outputShape", expected: expected, got: "\(partial)")
        }
        let hidden = shape.rank - input.count
        let (before, behind) = ellipsis == .left ? (hidden, 0) : (0, hidden)
        let count = output.count - (before > 0 ? 0 : 1)
        guard partial.rank == count else { throw wrong("\(count) size\(count == 1 ? "" : "s") for an input of rank \(shape.rank)") }
        var sizes: [Character: Int] = [:]
        for (index, letter) in input.enumerated() { sizes[letter] = shape[index + before] }
        for (letter, size) in zip(output.suffix(count), partial) {
            guard let size else { continue }
            if input.contains(letter), sizes[letter] != size {
                throw wrong("of the input's size, \(sizes[letter].map(String.init) ?? "nil"), in axis \"\(letter)\"")
            }
            sizes[letter] = size
        }
        let kernelSizes = try kernel.map { letter -> Int in
            if let size = sizes[letter] { return size }
            if let place = input.firstIndex(of: letter) { return try shape.known(axis: place + before, for: layer) }
            throw wrong("known for the kernel's axis \"\(letter)\"")
        }
        let outputAxes = kernel.indices.filter { output.contains(kernel[$0]) }
        let inputAxes = kernel.indices.filter { !output.contains(kernel[$0]) }
        var bias: Shape?
        if let biasAxes, let first = output.firstIndex(where: { biasAxes.contains($0) }) {
            let biasSizes = try output[first...].map { letter -> Int in
                guard biasAxes.contains(letter) else { return 1 }
                if let size = sizes[letter] { return size }
                guard let place = input.firstIndex(of: letter) else { return 1 }
                return try shape.known(axis: place + before, for: layer)
            }
            bias = Shape(biasSizes + [Int](repeating: 1, count: behind))
        }
        let start = ellipsis == .left ? -input.count : 0
        let inputSizes = zip(kernel, kernelSizes).compactMap { letter, size in input.firstIndex(of: letter).map { ($0 + start, size) } }
        return Shapes(
            kernel: Shape(kernelSizes), bias: bias, inputAxes: inputAxes, outputAxes: outputAxes,
            inputSizes: Dictionary(inputSizes, uniquingKeysWith: { $1 }))
    }
}
