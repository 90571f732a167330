import Foundation
import Testing

@testable import Keras

/// What `Tests/Fixtures/training/make_training.py` recorded from Keras.
enum TrainingFixture {
    struct Numbers: Decodable {
        let shape: [Int]
        let dtype: String
        let values: [Double]

        func tensor() throws -> Tensor { try Tensor(values, shape: shape, dtype: DType(rawValue: dtype) ?? .float32) }
    }

    struct LossRow: Decodable {
        struct Reduced: Decodable { let plain, weighted: [Double] }
        let `class`, name: String
        let config: JSON
        let `true`, pred: Numbers
        let none: Numbers
        let weights: Numbers?
        let reductions: [String: Reduced]
    }

    struct MetricRow: Decodable {
        let `class`, name: String
        let config: JSON
        let `true`, pred, weights: Numbers
        let plain, weighted: [Double]
    }

    struct ScheduleRow: Decodable {
        let `class`: String
        let config: JSON
        let steps: [Int]
        let values: [Double]
    }

    struct OptimizerRow: Decodable {
        struct Slot: Decodable { let path: String; let values: [Double] }
        let `class`: String
        let config: JSON
        let weights: [[Double]]
        let variables: [Slot]
    }

    struct FitRow: Decodable {
        let order: [String]
        let history: [String: [Double]]
        let epochs: [Int]
        let scores: [String: Double]
        let flat: [Double]
    }

    struct File: Decodable {
        let losses: [LossRow]
        let metrics: [MetricRow]
        let schedules: [ScheduleRow]
        let optimizers: [OptimizerRow]
        let fits: [String: FitRow]
    }

    static let file: File = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/training/training.json")
        do {
            return try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
        } catch {
            Issue.record("\(url.path): \(error)")
            return File(losses: [], metrics: [], schedules: [], optimizers: [], fits: [:])
        }
    }()

    /// The script's `pattern`: repeatable numbers between `low` and `high`.
    static func pattern(_ shape: [Int], _ salt: UInt64, _ low: Double = -1, _ high: Double = 1) throws -> Tensor {
        let count = shape.reduce(1, *)
        let numbers = (0..<count).map { index -> Float in
            var bits = (UInt64(index + 1) &* 2_654_435_761 &+ salt &* 40503) % (1 << 32)
            bits ^= bits >> 15
            bits = (bits &* 2_246_822_519) % (1 << 32)
            bits ^= bits >> 13
            return Float(Double(bits) / 4_294_967_296 * (high - low) + low)
        }
        return try Tensor(numbers, shape: shape)
    }

    /// Rows of a computed tensor.
    static func rowRange(_ tensor: Tensor, _ range: Range<Int>) throws -> Tensor {
        let rowBytes = tensor.type.byteCount / max(tensor.shape.first ?? 1, 1)
        return try tensor.withUnsafeBytes { bytes in
            let rows = UnsafeRawBufferPointer(rebasing: bytes[(range.lowerBound * rowBytes)..<(range.upperBound * rowBytes)])
            return try Tensor(bytes: rows, shape: [range.count] + tensor.shape.dropFirst(), dtype: tensor.dtype)
        }
    }

    static func classes(_ shape: [Int], _ salt: UInt64, _ count: Int) throws -> Tensor {
        let numbers = try pattern(shape, salt, 0, Double(count)).array(Float.self)
        return try Tensor(numbers.map { min(Int32($0), Int32(count - 1)) }, shape: shape)
    }
}

/// JSON as a layer's config has it.
indirect enum JSON: Decodable {
    case null, bool(Bool), int(Int), double(Double), string(String), list([JSON]), object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() { self = .null }
        else if let value = try? container.decode(Bool.self) { self = .bool(value) }
        else if let value = try? container.decode(Int.self) { self = .int(value) }
        else if let value = try? container.decode(Double.self) { self = .double(value) }
        else if let value = try? container.decode(String.self) { self = .string(value) }
        else if let value = try? container.decode([JSON].self) { self = .list(value) }
        else { self = .object(try container.decode([String: JSON].self)) }
    }

    var configValue: ConfigValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .list(let items): .list(items.map(\.configValue))
        case .object: .dictionary(config)
        }
    }

    var config: Config {
        guard case .object(let entries) = self else { return [:] }
        var config = Config()
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) { config[key] = value.configValue }
        return config
    }
}

extension Tensor {
    var numbers: [Double] { get throws { try cast(to: .float64).array(Double.self) } }
}

/// Whether numbers agree within a tolerance relative to the greater of 1 and the expected one.
func expectAgree(
    _ got: [Double], _ expected: [Double], tolerance: Double = 2e-6, _ label: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard got.count == expected.count else {
        Issue.record("\(label): \(got.count) numbers, expected \(expected.count)", sourceLocation: sourceLocation)
        return
    }
    for (index, (a, b)) in zip(got, expected).enumerated() where !(a == b || (a.isNaN && b.isNaN) || abs(a - b) <= tolerance * max(1, abs(b))) {
        Issue.record("\(label)[\(index)]: got \(a), expected \(b)", sourceLocation: sourceLocation)
        return
    }
}

/// The text of the error that `body` throws.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return "\(error)"
    }
}

/// Collects what is printed.
final class Printed: @unchecked Sendable {
    var text = ""
    func console(isTerminal: Bool = false) -> Console { Console(isTerminal: isTerminal) { self.text += $0 } }
}
