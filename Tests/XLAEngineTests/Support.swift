import Foundation
import Graph
import Testing
@testable import XLAEngine

/// The plugin that `make xla` fetches, or another one that is found; tests that need it say so and are left out without it.
enum Fixture {
    /// Seen as four devices; nothing is kept in a folder.
    static let engine = try? XLAEngine(deviceCount: 4, programs: "")

    static func withFolder<R>(_ body: (String) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xla-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }
}

extension Trait where Self == ConditionTrait {
    static var needsPlugin: Self { .enabled(if: Fixture.engine != nil, "no PJRT plugin; `make xla` fetches one") }
}

extension Engine {
    func buffer(_ floats: [Float], _ shape: [Int]? = nil) throws -> any Buffer {
        try floats.withUnsafeBytes { try makeBuffer(TensorType(shape ?? [floats.count], .float32), copying: $0) }
    }
}

extension Buffer {
    func floats() throws -> [Float] { try withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } }
}

/// A program of float32 parameters.
func program(_ shapes: [[Int]], _ body: ([Value]) throws -> [Value]) throws -> Graph {
    let parameters = shapes.map { Value.placeholder(TensorType($0, .float32)) }
    return try Graph.capture(body(parameters), parameters: parameters).graph
}
