import Foundation

/// What a section claims, and whether it turned out so.
final class Facts {
    private(set) var passed = 0
    private(set) var failures: [String] = []
    private let isQuiet: Bool

    init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

    /// A fact that holds or not.
    func holds(_ fact: String, _ condition: @autoclosure () throws -> Bool) {
        do { record(fact, try condition() ? nil : "it does not hold") } catch { record(fact, "\(error)") }
    }

    /// A value that is known beforehand.
    func equal<Value: Equatable>(_ fact: String, _ value: @autoclosure () throws -> Value, _ expected: Value) {
        do {
            let value = try value()
            record(fact, value == expected ? nil : "it is \(value), not \(expected)")
        } catch { record(fact, "\(error)") }
    }

    /// A mistake, and what the message about it says.
    func mistake(_ fact: String, says parts: String..., when body: () throws -> Any) {
        do {
            _ = try body()
            record(fact, "nothing was said")
        } catch {
            let message = "\(error)"
            let missing = parts.filter { !message.contains($0) }
            if !isQuiet { print("    | " + message.replacingOccurrences(of: "\n", with: "\n    | ")) }
            record(fact, missing.isEmpty ? nil : "the message does not say \(missing): \(message)")
        }
    }

    /// Something that ends a section before its end.
    func ended(_ section: String, by error: any Error) { record("section \(section) runs to its end", "\(error)") }

    private func record(_ fact: String, _ problem: String?) {
        if let problem {
            failures.append("\(fact): \(problem)")
            print("  ✗ \(fact): \(problem)")
        } else {
            passed += 1
            if !isQuiet { print("  ✓ \(fact)") }
        }
        fflush(nil)
    }
}
