import Foundation
import Testing

/// Numbers recorded from Keras, in `Tests/Fixtures/tensors`; the scripts beside them made them.
enum Fixture {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/tensors")

    static func load<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }
}

/// Whether numbers agree within a tolerance relative to the greater of 1 and the expected one.
func expectClose(
    _ got: [Double], _ expected: [Double], tolerance: Double = 1e-5, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(got.count == expected.count, comment, sourceLocation: sourceLocation)
    for (index, (a, b)) in zip(got, expected).enumerated() where !(a == b || (a.isNaN && b.isNaN) || abs(a - b) <= tolerance * max(1, abs(b))) {
        Issue.record("\(comment.map { "\($0): " } ?? "")element \(index): got \(a), expected \(b)", sourceLocation: sourceLocation)
        return
    }
}
