import Testing

@testable import Tensors

@Suite("Einsum")
struct EinsumTests {
    /// The sum over all letters that the result lacks, element by element.
    private func reference(_ equation: String, _ operands: [(shape: [Int], numbers: [Double])]) -> [Double] {
        let sides = equation.split(separator: ">", omittingEmptySubsequences: false)
        let terms = sides[0].dropLast().split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
        let output = Array(sides[1])
        var sizes: [Character: Int] = [:]
        for (term, operand) in zip(terms, operands) { for (letter, size) in zip(term, operand.shape) { sizes[letter] = size } }
        let letters = output + Set(terms.joined()).subtracting(output).sorted()
        var result = [Double](repeating: 0, count: output.reduce(1) { $0 * (sizes[$1] ?? 1) })
        for place in 0..<letters.reduce(1, { $0 * (sizes[$1] ?? 1) }) {
            var rest = place
            var values: [Character: Int] = [:]
            for letter in letters.reversed() {
                values[letter] = rest % (sizes[letter] ?? 1)
                rest /= sizes[letter] ?? 1
            }
            func offset(_ term: [Character]) -> Int { term.reduce(0) { $0 * (sizes[$1] ?? 1) + (values[$1] ?? 0) } }
            result[offset(output)] += zip(terms, operands).reduce(1) { $0 * $1.1.numbers[offset($1.0)] }
        }
        return result
    }

    static let equations: [(String, [[Int]])] = [
        ("ij,jk->ik", [[2, 3], [3, 4]]), ("ij,kj->ik", [[2, 3], [4, 3]]), ("ji,jk->ik", [[3, 2], [3, 4]]), ("ji,kj->ik", [[3, 2], [4, 3]]),
        ("bij,bjk->bik", [[2, 2, 3], [2, 3, 4]]), ("bhqd,bhkd->bhqk", [[2, 2, 3, 4], [2, 2, 5, 4]]), ("bqhd,bkhd->bhqk", [[2, 3, 2, 4], [2, 5, 2, 4]]),
        ("abc,cde->abde", [[2, 3, 2], [2, 2, 3]]), ("ij->ji", [[2, 3]]), ("ii->i", [[3, 3]]), ("ii->", [[3, 3]]), ("iji->j", [[3, 2, 3]]),
        ("ij->", [[2, 3]]), ("i,j->ij", [[2], [3]]), ("i,i->", [[4], [4]]), ("ij,ij->ij", [[2, 3], [2, 3]]), ("ij,j->ij", [[2, 3], [3]]),
        ("ij,kl->k", [[2, 3], [2, 2]]), ("ab,bc,cd->ad", [[2, 3], [3, 2], [2, 4]]), ("ab,ac,ad->bcd", [[2, 3], [2, 2], [2, 4]]), (",i->i", [[], [3]]),
    ]

    @Test(arguments: 0..<equations.count) func equalsTheDefinition(_ index: Int) throws {
        let (equation, shapes) = Self.equations[index]
        let operands = shapes.map { shape -> (shape: [Int], numbers: [Double]) in
            let count = shape.reduce(1, *)
            return (shape, (0..<count).map { Double(($0 * 7 + 3) % 11) - 4 })
        }
        let tensors = try operands.map { try Tensor($0.numbers, shape: $0.shape, dtype: .float64) }
        expectClose(try ops.einsum(equation, tensors).array(), reference(equation, operands), "\(equation)")
    }

    @Test func ellipsesAndImplicitResults() throws {
        let a = try ops.reshape(ops.arange(24), [2, 3, 4]), b = try ops.reshape(ops.arange(20), [4, 5])
        #expect(try ops.einsum("...ij,jk", a, b).array(Int.self) == ops.matmul(a, b).array(Int.self))
        #expect(try ops.einsum("...d,d->...", a, Tensor([1, 2, 3, 4])).array(Int.self) == ops.matmul(a, [1, 2, 3, 4]).array(Int.self))
        #expect(try ops.einsum("ba", ops.arange(6).reshaped(2, 3)).shape == [3, 2])
        #expect(try ops.einsum("i...->...", a).array(Int.self) == a.sum(axis: 0).array(Int.self))
        #expect(try ops.einsum("...,...->...", ops.ones([3, 1]), ops.ones([2, 1, 4])).shape == [2, 3, 4])
        #expect(try ops.einsum(" i j , j k -> i k ", Tensor([[1]]), Tensor([[2]])).item(Int.self) == 2)
    }
}
