/// Small algebra: what can be computed now, and moves that become one.
extension Graph {
    func folded() throws -> Graph {
        try GraphRewriter.rewrite(self) { rewriter, index, operands in
            rewriter.folded(instructions[index], operands, label: labels[index]) ?? rewriter.copy(index, operands)
        }
    }
}

extension GraphRewriter {
    /// The results of an instruction that has a simpler form.
    fileprivate mutating func folded(_ instruction: Graph.Instruction, _ operands: [Graph.Operand], label: String) -> [Graph.Operand]? {
        guard let first = operands.first, let type = instruction.results.first else { return nil }
        let source = self.instruction(first)
        switch (instruction.primitive, source.primitive) {
        case (.stopGradient, _):
            return [first]
        case (.identity(let count), _):
            return Array(operands.prefix(count))

        // A move of a move.
        case (.reshape, .reshape):
            return write(instruction.primitive, source.operands, [type], label: label)
        case (.transpose(let outer), .transpose(let inner)):
            return write(.transpose(outer.map { inner[$0] }), source.operands, [type], label: label)
        case (.reverse(let outer), .reverse(let inner)):
            let axes = Set(outer).symmetricDifference(inner).sorted()
            return write(.reverse(axes: axes), source.operands, [type], label: label)
        case (.broadcast(let shape, let outer), .broadcast(_, let inner)):
            return write(.broadcast(shape, axes: inner.map { outer[$0] }), source.operands, [type], label: label)
        case (.unary(.negate), .unary(.negate)):
            return source.operands

        // A transposed matrix is a flag of the product.
        case (.matmul(let transposeA, let transposeB), _):
            let a = matrixTransposed(first), b = matrixTransposed(operands[1])
            guard a != nil || b != nil else { return nil }
            let primitive = Primitive.matmul(transposeA: transposeA != (a != nil), transposeB: transposeB != (b != nil))
            return write(primitive, [a ?? first, b ?? operands[1]], [type], label: label)

        // Numbers.
        case (.reshape(let shape), .constant(let literal)):
            return write(.constant(Literal(type: literal.type.with(shape: shape), bytes: literal.bytes)), [], [type])
        case (.convert(let dtype), .constant(let literal)) where literal.type.isScalar && literal.type.dtype.isFloatingPoint:
            return literal.scalar.flatMap { number in
                dtype == .bool || dtype.isFloatingPoint ? write(.constant(Literal(number, dtype)), [], [type]) : nil
            }
        case (.unary(.negate), _):
            return constant(first).flatMap { fill(-$0, type) }
        case (.binary(let operation), _):
            guard let a = constant(first), let b = constant(operands[1]) else { return nil }
            return switch operation {
            case .add: fill(a + b, type)
            case .subtract: fill(a - b, type)
            case .multiply: fill(a * b, type)
            case .divide: fill(a / b, type)
            default: nil
            }
        default:
            return nil
        }
    }

    /// The operand of an instruction that exchanges the last two axes and nothing else.
    private func matrixTransposed(_ operand: Graph.Operand) -> Graph.Operand? {
        let source = instruction(operand)
        guard case .transpose(let permutation) = source.primitive, permutation.count >= 2 else { return nil }
        let rank = permutation.count
        return permutation == Array(0..<(rank - 2)) + [rank - 1, rank - 2] ? source.operands[0] : nil
    }

    /// The number that a floating-point constant, or a tensor filled with one, holds.
    private func constant(_ operand: Graph.Operand) -> Double? {
        let source = instruction(operand)
        switch source.primitive {
        case .constant(let literal): return literal.type.dtype.isFloatingPoint ? literal.scalar : nil
        case .broadcast: return constant(source.operands[0])
        default: return nil
        }
    }

    /// One arithmetic step in `Double` and the rounding to the type give what the step in the type itself gives.
    private mutating func fill(_ number: Double, _ type: TensorType) -> [Graph.Operand]? {
        guard type.dtype.isFloatingPoint else { return nil }
        let scalar = write(.constant(Literal(number, type.dtype)), [], [TensorType([], type.dtype)])
        return type.isScalar ? scalar : write(.broadcast(type.shape, axes: []), scalar, [type])
    }
}
