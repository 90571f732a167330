@testable import CPUEngine
import Foundation
import Graph
import Testing

/// Records of runs, and what plans say of themselves. One after the other: whoever records sees every plan that runs meanwhile.
@Suite(.serialized) struct ProfileTests {
    private static let x = TensorType([4, 3], .float32), w = TensorType([3, 5], .float32), b = TensorType([5], .float32)

    /// A dense layer with ReLU, then twice its square.
    private func graph() throws -> Graph {
        let p = [Self.x, Self.w, Self.b].map(Value.placeholder)
        let h = try Label.$current.withValue("dense") { try relu(p[0].matmul(p[1]) + p[2].broadcast([4, 5], axes: [1])) }
        let y = try Label.$current.withValue("square \"it\"") { try h * h * 2 }
        return try Graph.capture([y], parameters: p).graph
    }

    private func relu(_ x: Value) throws -> Value { try Value.make(.binary(.maximum), x, Value.full(0, like: x)) }

    private func plan() throws -> Plan { try Plan(graph().preparedForCPU(), aliases: [:], settings: CPUEngine.shared.currentSettings) }

    private func run(_ plan: Plan) throws {
        _ = try plan.run(plan.parameterTypes.map { try HostTensor($0.shape, $0.dtype) { Double($0) }.buffer() })
    }

    @Test func stepsSayWhatTheyDo() throws {
        let steps = try plan().steps
        try #require(steps.count == 2)
        #expect(steps[0].title == "dense: matmul + bias + relu")
        #expect(steps[0].flops == 2 * 4 * 3 * 5)
        #expect(steps[0].operands == [Self.x, Self.w, Self.b])
        #expect(steps[0].results == [TensorType([4, 5], .float32)])
        #expect(steps[0].bytes == 4 * (12 + 15 + 5 + 20))
        #expect(steps[0].places == ["arena 0…80"])
        #expect(steps[1].layers == ["square \"it\""])
        #expect(steps[1].kind == "fused" && steps[1].operations == ["multiply", "multiply"])
        #expect(steps[1].flops == 40)
        #expect(steps[1].places == ["output 0"])
    }

    @Test func recordsOnlyBetweenStartAndStop() throws {
        let plan = try plan(), profile = Profile()
        func steps() -> Int { profile.events.count { if case .step(let of, _) = $0.subject { of === plan } else { false } } }
        try run(plan)
        #expect(steps() == 0)
        profile.start()
        for _ in 0..<3 { try run(plan) }
        profile.stop()
        try run(plan)
        #expect(steps() == 3 * plan.stepCount)
    }

    @Test func aFullRecordCountsWhatItLeavesOut() throws {
        let plan = try plan(), profile = Profile(limit: 2)
        profile.start()
        try run(plan)
        profile.stop()
        #expect(profile.events.count == 2)
        #expect(profile.droppedCount >= 1)
        #expect(profile.chromeTrace.contains("events left out"))
    }

    @Test func chromeTrace() throws {
        struct Trace: Decodable {
            struct Event: Decodable {
                let name: String, ph: String
                let cat: String?, ts: Double?, dur: Double?
            }
            let traceEvents: [Event]
        }
        let plan = try plan(), profile = Profile()
        profile.start()
        try Profile.region("step") { try run(plan) }
        profile.stop()
        let events = try JSONDecoder().decode(Trace.self, from: Data(profile.chromeTrace.utf8)).traceEvents
        let step = try #require(events.first { $0.name == "step" })
        let end = try #require(step.ts) + #require(step.dur)
        for (name, category) in [("dense: matmul + bias + relu", "kernel"), ("square \"it\": fused", "kernel"), ("run of 2 kernels", "run")] {
            let event = try #require(events.first { $0.name == name && $0.cat == category }, "no \(name) among \(events.map(\.name))")
            #expect(event.ph == "X")
            #expect(try #require(event.ts) >= #require(step.ts) && #require(event.ts) + #require(event.dur) <= end + 0.002)
        }
    }

    @Test func tableNamesRunsByTheirRegion() throws {
        let plan = try plan(), profile = Profile()
        profile.start()
        for _ in 0..<3 { try Profile.region("model.train") { try run(plan) } }
        profile.stop()
        let lines = profile.table.split(separator: "\n").map(String.init)
        let head = try #require(lines.firstIndex { $0.hasPrefix("model.train: 2 kernels, 3 runs of ") })
        #expect(lines[head + 2...head + 3].contains { $0.contains("dense: matmul + bias + relu") && $0.contains("float32[4, 5]") })
        #expect(lines[head + 2...head + 3].contains { $0.contains("fused(multiply multiply)") })
    }

    @Test func writingSaysWhatIsWrong() throws {
        #expect(throws: GraphError.self) { try Profile().write(to: "/no/such/folder/trace.json") }
    }

    @Test(arguments: [(0.0, 2, "0.00"), (1.005, 0, "1"), (-1.25, 1, "-1.3"), (12.3456, 3, "12.346"), (0.05, 1, "0.1")])
    func numbers(_ value: Double, _ places: Int, _ text: String) { #expect(value.text(places) == text) }
}
