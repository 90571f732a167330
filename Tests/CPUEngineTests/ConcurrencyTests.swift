import CPUEngine
import Foundation
import Graph
import Synchronization
import Testing

/// One executable on many threads at once, and memory over many runs.
@Suite(.serialized) struct ConcurrencyTests {
    @Test func manyThreadsPredictAtOnce() throws {
        let work = try Workload(batch: 9, features: 33, units: 17)
        for threads in [1, 2] {
            let engine = CPUEngine()
            engine.threads = threads
            let executable = try compile(work.outputs, work.parameters, engine: engine)
            // Every caller has its own inputs and must get its own answers.
            let inputs = (0..<8).map { caller in
                work.inputs.map { input in
                    input.type.dtype == .int32 ? input : HostTensor(input.type.shape, .float32) { Double(($0 * 37 + caller * 101) % 19) / 10 - 0.9 }
                }
            }
            let expected = try inputs.map { try executable.run($0.map { try $0.buffer() }).map { HostTensor($0) } }
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { caller in
                do {
                    let buffers = try inputs[caller].map { try $0.buffer() }
                    for run in 0..<25 {
                        let results = try executable.run(buffers).map { HostTensor($0) }
                        if results != expected[caller] { failures.withLock { $0.append("caller \(caller), run \(run), \(threads) threads") } }
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock { $0 }.isEmpty, "\(failures.withLock { $0.prefix(3) })")
        }
    }

    @Test func settingsChangeWhileRunning() throws {
        let work = try Workload(batch: 9, features: 33, units: 17)
        let engine = CPUEngine()
        let executable = try compile(work.outputs, work.parameters, engine: engine)
        let inputs = try work.inputs.map { try $0.buffer() }
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { caller in
            for run in 0..<20 {
                if caller == 0 {
                    engine.threads = 1 + run % 3
                    engine.deterministic = run % 2 == 0
                } else {
                    do { _ = try executable.run(inputs) } catch { failures.withLock { $0.append("\(error)") } }
                }
            }
        }
        #expect(failures.withLock { $0 }.isEmpty)
    }

    @Test func memoryDoesNotGrow() throws {
        let x = Value.placeholder(TensorType([1, 64], .float32)), w = Value.placeholder(TensorType([64, 32], .float32))
        let h = try x.matmul(w).tanh()
        let executable = try compile([try Value.make(.composite(.softmax(axis: 1)), h), try h.sum(axes: [1])], [x, w])
        let inputs = try [HostTensor([1, 64], .float32) { Double($0) / 64 }, HostTensor([64, 32], .float32) { Double($0 % 7) / 70 }].map { try $0.buffer() }
        // Other tests run beside this one and take memory too, so the least growth of four counts: a leak grows in each.
        let growth = try leastGrowth(of: 4) { for _ in 0..<2500 { _ = try executable.run(inputs) } }
        #expect(growth < 128 << 10, "2,500 runs grew the process by \(growth >> 10) KiB at least")
    }

    @Test func plansAreFreed() throws {
        func once(_ size: Int) throws {
            let x = Value.placeholder(TensorType([size], .float32))
            let executable = try compile([try (x.exp() + x).sum()], [x])
            _ = try executable.run([try HostTensor([size], .float32) { _ in 0.5 }.buffer()])
        }
        let growth = try leastGrowth(of: 4) { for size in 1...500 { try once(1 + size % 300) } }
        #expect(growth < 1 << 20, "500 plans grew the process by \(growth >> 10) KiB at least")
    }

    /// The least that the process grew by in one of several rounds of the same work, after one to warm up.
    private func leastGrowth(of rounds: Int, _ work: () throws -> Void) throws -> Int {
        try work()
        var least = Int.max
        for _ in 0..<rounds {
            guard let before = residentBytes() else { return 0 }
            try work()
            least = min(least, (residentBytes() ?? before) - before)
        }
        return least
    }

    /// What the process has in memory, on Linux.
    private func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
    }
}
