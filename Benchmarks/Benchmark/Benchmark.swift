import Foundation
import Keras

/// Our side of the benchmark: the workloads of `peers.py` through the public API, one JSON line each.
///
///     benchmark mlp            least time of a step over whole epochs of `fit`, time to the first steps, peak memory
///     benchmark --startup mlp  time from the start of the process to the first trained step, peak memory
///     benchmark --growth batch time of a step by the size of batches, also `length` and `depth`
///     benchmark --ceiling      what the machine can do at most: matrix product and memory copy
@main
struct Benchmark {
    static let rounds = 4

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let names = arguments.filter { !$0.hasPrefix("-") }
        do {
            if arguments.contains("--ceiling") { return try Report.ceiling() }
            if arguments.contains("--growth") { return try names.map(growth).forEach { try $0.measure() } }
            for name in names.isEmpty ? Workload.all.map(\.name) : names {
                guard let workload = Workload.all.first(where: { $0.name == name }) else {
                    throw UnknownName(what: "workload", name: name, known: Workload.all.map(\.name))
                }
                if arguments.contains("--startup") {
                    try workload.prepare(1).first()
                    Report.startup(workload)
                } else {
                    try measure(workload)
                }
            }
        } catch {
            fflush(nil)
            FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func growth(_ name: String) throws -> Growth {
        guard let growth = Growth(rawValue: name) else {
            throw UnknownName(what: "kind of growth", name: name, known: Growth.allCases.map(\.rawValue))
        }
        return growth
    }

    /// The first steps, and then the least time of a step: over whole epochs, as users run them.
    static func measure(_ workload: Workload) throws {
        let clock = ContinuousClock()
        var run: Workload.Run?
        let first = try clock.measure {
            run = try workload.prepare(workload.steps)
            try run?.first()
        }
        guard let run else { return }
        let rounds = try (0..<rounds).map { _ in try clock.measure { try run.whole() } }
        guard let least = rounds.min() else { return }
        try Report.step(workload, run, first: first, step: least / workload.steps)
    }
}

struct UnknownName: Error, CustomStringConvertible {
    let what, name: String
    let known: [String]
    var description: String { "there is no \(what) \(name); there are: \(known.joined(separator: ", "))" }
}
