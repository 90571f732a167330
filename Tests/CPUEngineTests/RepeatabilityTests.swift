import CPUEngine
import Graph
import Testing

/// One input gives one answer, to the bit: from run to run, and where asked for, on every number of threads.
@Suite(.serialized) struct RepeatabilityTests {
    @Test func runsAreBitEqual() throws {
        let work = try Workload()
        for threads in [1, 2, 4] {
            let engine = CPUEngine()
            engine.threads = threads
            let executable = try compile(work.outputs, work.parameters, engine: engine)
            let inputs = try work.inputs.map { try $0.buffer(on: engine) }
            let first = try executable.run(inputs).map { HostTensor($0) }
            for run in 1...10 {
                let again = try executable.run(inputs).map { HostTensor($0) }
                for (index, (a, b)) in zip(first, again).enumerated() where a != b {
                    Issue.record("output \(index) of run \(run) on \(threads) threads differs")
                }
            }
            // Another plan of the same graph, too.
            let other = try compile(work.outputs, work.parameters, engine: engine).run(inputs).map { HostTensor($0) }
            #expect(other == first, "a second plan on \(threads) threads differs")
        }
    }

    @Test func threadCountsAreBitEqualWhenDeterministic() throws {
        let work = try Workload()
        var first: [HostTensor] = []
        for threads in [1, 2, 3, 4, 7] {
            let engine = CPUEngine()
            engine.threads = threads
            engine.deterministic = true
            let results = try evaluate(work.outputs, work.parameters, work.inputs, engine: engine)
            if first.isEmpty { first = results }
            for (index, (a, b)) in zip(first, results).enumerated() where a != b {
                Issue.record("output \(index) (\(a.type)) on \(threads) threads differs from one thread's")
            }
        }
    }

    @Test func threadCountsAgreeNearlyOtherwise() throws {
        let work = try Workload()
        let engine = CPUEngine()
        engine.threads = 1
        let executable = try compile(work.outputs, work.parameters, engine: engine)
        let inputs = try work.inputs.map { try $0.buffer(on: engine) }
        let one = try executable.run(inputs).map { HostTensor($0) }
        for threads in [2, 4] {
            // The settings change under a compiled graph.
            engine.threads = threads
            let many = try executable.run(inputs).map { HostTensor($0) }
            for (index, (a, b)) in zip(one, many).enumerated() {
                let scale = a.doubles.map(\.magnitude).max() ?? 0
                for (x, y) in zip(a.doubles, b.doubles) where (x - y).magnitude > 1e-5 * max(scale, 1) {
                    Issue.record("output \(index) on \(threads) threads: \(y), on one: \(x)")
                    break
                }
            }
        }
    }

    @Test func threadSettingsAreKeptInRange() {
        let engine = CPUEngine()
        #expect(engine.threads >= 1)
        for count in [0, -5, Int.min] {
            engine.threads = count
            #expect(engine.threads == 1)
        }
        engine.threads = Int.max
        #expect(engine.threads >= 1)
    }
}
