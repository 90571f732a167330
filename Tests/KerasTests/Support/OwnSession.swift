import Testing

@testable import Keras

/// Gives each test its own automatic names, random seeds and dtype policy: tests run side by side.
struct OwnSession: TestTrait, SuiteTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await Session.isolated { try await function() }
    }
}

extension Trait where Self == OwnSession {
    static var ownSession: OwnSession { OwnSession() }
}
