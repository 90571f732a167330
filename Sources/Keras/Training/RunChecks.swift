/// Checks of the numbers that `fit`, `evaluate` and `predict` take.
enum RunChecks {
    static func atLeast(_ minimum: Int, _ argument: String, _ value: Int?, of method: String) throws {
        guard let value, value < minimum else { return }
        throw KerasError.invalidSetting(object: method, argument: argument, expected: "\(minimum) or more", got: "\(value)")
    }
}
