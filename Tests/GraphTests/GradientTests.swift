import Testing
@testable import Graph

/// Gradients of every primitive against central differences, once and twice; both on the reference interpreter.
@Suite(.serialized) struct GradientTests {
    @Test func everyKindHasASample() {
        let sampled = Set(Sample.all.map(\.primitive.kind))
        let missing = Primitive.Kind.allCases.filter { !sampled.contains($0) }
        #expect(missing.isEmpty, "no sample for \(missing)")
    }

    @Test(arguments: Sample.all.indices) func gradientIsTheSlope(_ index: Int) throws {
        let sample = Sample.all[index]
        switch sample.primitive {
        case .parameter, .randomBits: return
        case .bitcast:
            // Bits have no gradient, and integers stop the way before it is asked for.
            let x = Value.placeholder(sample.operands[0].type)
            let y = try Value.make(sample.primitive, x)
            #expect(try vectorJacobian(of: [y], cotangents: [y], withRespectTo: [x]) == [nil])
            return
        case .stopGradient:
            let x = Value.placeholder(sample.operands[0].type)
            #expect(try vectorJacobian(of: [.make(.stopGradient, x)], cotangents: [.ones(like: x)], withRespectTo: [x]) == [nil])
            return
        default: break
        }
        let x = sample.operands.map { Value.placeholder($0.type) }
        let y = try Value.makeAll(sample.primitive, x)
        let first = try Slope.weighted(y)
        let gradients = try Slope.check(first, x, sample, order: "first")
        let second = try Slope.weighted(gradients.compactMap { $0 })
        _ = try Slope.check(second, x, sample, order: "second")
    }

    /// Factors that are 0: no rule divides by them.
    @Test func scatteredProductsOfZeros() throws {
        let x = [Sample.floats([3]), Sample.ints([1, 1, 0, 2, 2]), Numbers(TensorType([5], .float64), [0, 2, 0, 3, 4])]
        let sample = Sample(.scatter(.multiply, axis: 0, batchAxes: 0), x[0], x[1], x[2])
        let values = x.map { Value.placeholder($0.type) }
        _ = try Slope.check(Slope.weighted(Value.makeAll(sample.primitive, values)), values, sample, order: "first")
    }

    /// What a better rule than the decomposition's gives is the same.
    @Test(arguments: Sample.composites.indices) func compositeAgreesWithItsDecomposition(_ index: Int) throws {
        let sample = Sample.composites[index]
        guard case .composite(let composite) = sample.primitive else { return }
        let x = sample.operands.map { Value.placeholder($0.type) }
        let arguments = Array(zip(x, sample.operands))
        let whole = try vectorJacobian(of: [Slope.weighted(Value.makeAll(sample.primitive, x))], cotangents: [.constant(Literal(1.0, .float64))], withRespectTo: x)
        let parts = try vectorJacobian(of: [Slope.weighted(composite.decomposed(x))], cotangents: [.constant(Literal(1.0, .float64))], withRespectTo: x)
        #expect(whole.map { $0 == nil } == parts.map { $0 == nil })
        let a = try Interpreter.evaluate(whole.compactMap { $0 }, arguments), b = try Interpreter.evaluate(parts.compactMap { $0 }, arguments)
        for (a, b) in zip(a, b) { #expect(Slope.distance(a.values, b.values) < 1e-9, "\(sample)") }
    }
}

enum Slope {
    /// A scalar that hangs on every element, with weights that have no pattern.
    static func weighted(_ outputs: [Value]) throws -> Value {
        var sum = Value.constant(Literal(0.0, .float64))
        for (number, output) in outputs.enumerated() where output.dtype.isFloatingPoint {
            let places = try Value.iota([output.type.elementCount], .float64, axis: 0).reshaped(output.shape)
            sum = try sum + ((places * 1.7 + Double(number + 1)).unary(.sin) * output).sum()
        }
        return sum
    }

    /// Checks the gradient of a scalar at the sample's point; gives it as an expression.
    static func check(_ scalar: Value, _ x: [Value], _ sample: Sample, order: String) throws -> [Value?] {
        let gradients = try vectorJacobian(of: [scalar], cotangents: [.constant(Literal(1.0, .float64))], withRespectTo: x)
        let function = try Graph.capture([scalar], parameters: x).graph
        let captured = try Graph.capture(gradients.compactMap { $0 }, parameters: x).graph
        let plain = try Interpreter.run(captured, sample.operands)
        let simplified = try captured.simplified()
        let quick = try Interpreter.run(simplified, sample.operands)
        #expect(zip(plain, quick).allSatisfy { distance($0.values, $1.values) < 1e-10 }, "\(sample): simplified, \(order)")
        #expect(try simplified.simplified() == simplified, "\(sample): simplified twice, \(order)")

        var next = plain.makeIterator()
        for (operand, gradient) in gradients.enumerated() where sample.operands[operand].type.dtype.isFloatingPoint {
            let values = gradient == nil ? nil : next.next()?.values
            let slopes = try differences(function, sample.operands, operand)
            let exact = elements(of: sample.operands[operand]).map { values?[$0] ?? 0 }
            #expect(distance(exact, slopes) < 2e-6, "\(sample): \(order) gradient of operand \(operand): \(exact), slopes \(slopes)")
        }
        return gradients
    }

    /// Eight elements at most, spread over the tensor.
    private static func elements(of numbers: Numbers) -> [Int] {
        let count = numbers.values.count
        return count <= 8 ? Array(0..<count) : (0..<8).map { $0 * count / 8 }
    }

    /// Central differences of fourth order.
    private static func differences(_ function: Graph, _ operands: [Numbers], _ operand: Int) throws -> [Double] {
        let step = 1e-3
        return try elements(of: operands[operand]).map { element in
            func at(_ offset: Double) throws -> Double {
                var moved = operands
                moved[operand].values[element] += offset * step
                return try Interpreter.run(function, moved)[0].values[0]
            }
            return try (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
        }
    }

    static func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).map { abs($0 - $1) / max(1, abs($0), abs($1)) }.reduce(0) { $1.isNaN || $0.isNaN ? .infinity : max($0, $1) }
    }
}
