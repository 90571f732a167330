import Foundation
import Testing

@testable import Keras

/// What the scripts under `Tests/Fixtures` recorded from Keras, as configs.
enum KerasFixture {
    static func read(_ path: String) -> [Config] {
        do {
            let value = try ConfigValue(json: text(path))
            if case .list(let items) = value { return try items.map { try [Config](configValue: .list([$0])).unwrap()[0] } }
            if case .dictionary(let config) = value { return [config] }
        } catch {
            Issue.record("\(path): \(error)")
        }
        return []
    }

    static func text(_ path: String) throws -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: tests.appendingPathComponent("Fixtures").appendingPathComponent(path), encoding: .utf8)
    }
}

extension Optional {
    func unwrap(sourceLocation: SourceLocation = #_sourceLocation) throws -> Wrapped { try #require(self, sourceLocation: sourceLocation) }
}

/// Numbers in a fixture: `{"shape": …, "dtype": …, "values": …}`.
struct RecordedArray {
    let shape: [Int]
    let dtype: DType
    let values: [Double]

    init(_ config: Config) throws {
        shape = try config.ints("shape")
        dtype = try DType(rawValue: config.value("dtype", default: "float32")).unwrap()
        values = try [ConfigValue](configValue: config["values"].unwrap()).unwrap().map {
            if case .bool(let flag) = $0 { return flag ? 1 : 0 }
            return try Double(configValue: $0).unwrap()
        }
    }

    func tensor() throws -> Tensor { try Tensor(values, shape: shape, dtype: dtype) }
}

extension Config {
    func array(_ key: String) throws -> RecordedArray? { try value(key, as: Config?.self).map(RecordedArray.init) }
    func arrays(_ key: String) throws -> [RecordedArray] { try value(key, as: [Config].self).map(RecordedArray.init) }
}

/// Where two configs differ, numbers compared by value.
func differences(_ a: ConfigValue?, _ b: ConfigValue?, at path: String = "") -> [String] {
    switch (a, b) {
    case (.dictionary(let a)?, .dictionary(let b)?):
        return Set(a.keys).union(b.keys).sorted().flatMap { differences(a[$0], b[$0], at: "\(path)/\($0)") }
    case (.list(let a)?, .list(let b)?) where a.count == b.count:
        return zip(a, b).enumerated().flatMap { differences($1.0, $1.1, at: "\(path)[\($0)]") }
    case (let a?, let b?):
        if let x = Double(configValue: a), let y = Double(configValue: b), x == y { return [] }
        return a == b ? [] : ["\(path): \(a.json()) ≠ \(b.json())"]
    case (nil, nil): return []
    default: return ["\(path): \(a?.json() ?? "missing") ≠ \(b?.json() ?? "missing")"]
    }
}
