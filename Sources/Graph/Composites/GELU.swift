extension Decomposition {
    /// Hendrycks and Gimpel, "Gaussian Error Linear Units": `x · Φ(x)`, and its form with tanh.
    static func gelu(_ x: Value, approximate: Bool) throws -> Value {
        try approximate ? 0.5 * x * (1 + tanhArgument(x).tanh()) : x * normalDistribution(x)
    }

    /// `Φ(x) + x · φ(x)`, or the derivative of the form with tanh.
    static func geluDerivative(_ x: Value, approximate: Bool) throws -> Value {
        guard approximate else { return try normalDistribution(x) + x * normalDensity(x) }
        let t = try tanhArgument(x).tanh()
        let slope = try sqrtOfTwoOverPi * (1 + (3 * cubic) * x.squared())
        return try 0.5 * (1 + t) + 0.5 * x * (1 - t.squared()) * slope
    }

    private static let sqrtOfTwoOverPi = (2 / Double.pi).squareRoot()
    private static let cubic = 0.044715

    private static func tanhArgument(_ x: Value) throws -> Value { try sqrtOfTwoOverPi * (x + cubic * (x.squared() * x)) }

    /// `Φ(x) = (1 + erf(x / √2)) / 2`
    private static func normalDistribution(_ x: Value) throws -> Value { try 0.5 * (1 + (x * 0.5.squareRoot()).unary(.erf)) }

    /// `φ(x) = exp(-x² / 2) / √(2π)`
    private static func normalDensity(_ x: Value) throws -> Value { try (-0.5 * x.squared()).exp() * (1 / (2 * Double.pi).squareRoot()) }
}
