import Graph
import Testing
@testable import XLAEngine

/// Programs dealt out to several devices give what one gives.
@Suite(.needsPlugin) struct DeviceTests {
    private let engine: XLAEngine
    private let grid = DeviceGrid([.init("batch", 2), .init("model", 2)])

    init() throws { engine = try #require(Fixture.engine) }

    private func numbers(_ count: Int) -> [Float] { (0..<count).map { Float(($0 * 37) % 101) / 50 - 1 } }

    @Test(arguments: [
        [nil, nil], ["batch", nil], [nil, "model"], ["batch", "model"], ["model", "batch"], ["model", nil],
    ] as [[String?]]) func split(axes: [String?]) throws {
        let graph = try program([[4, 6], [6, 8]]) { [try $0[0].matmul($0[1]).tanh(), try $0[0].matmul($0[1]).sum()] }
        let x = try engine.buffer(numbers(24), [4, 6]), w = try engine.buffer(numbers(48), [6, 8])
        let alone = try engine.compile(graph, options: CompileOptions()).run([x, w]).map { try $0.floats() }
        let options = CompileOptions(grid: grid, parameterAxes: [0: axes], outputAxes: [0: axes])
        let together = try engine.compile(graph, options: options).run([x, w])
        for (a, b) in zip(alone, together) {
            for (p, q) in zip(a, try b.floats()) { #expect((p - q).magnitude <= 1e-5) }
        }
        // From one layout to another, and back to one device.
        let copy = try engine.copy(together[0])
        #expect(try copy.floats() == together[0].floats())
        let single = try engine.compile(program([[4, 8]]) { [try $0[0] + 0] }, options: CompileOptions()).run([together[0]])
        #expect(try single[0].floats() == together[0].floats())
    }

    @Test func wrongLayouts() throws {
        let graph = try program([[3, 6]]) { [try $0[0] + 1] }
        func message(_ options: CompileOptions) -> String {
            do {
                _ = try engine.compile(graph, options: options)
                return "none"
            } catch { return "\(error)" }
        }
        #expect(message(CompileOptions(grid: grid, parameterAxes: [0: ["batch", nil]])).contains("3 elements cannot be dealt out evenly to 2 devices"))
        #expect(message(CompileOptions(grid: grid, parameterAxes: [0: [nil, "rows"]])).contains("no axis \"rows\""))
        #expect(message(CompileOptions(grid: grid, parameterAxes: [0: [nil]])).contains("1 axes are named, it has 2"))
        #expect(message(CompileOptions(grid: DeviceGrid([.init("batch", 3), .init("m", 3)]))).contains("9 devices are asked for"))
    }

    @Test func updatedInPlace() throws {
        let graph = try program([[4, 4]]) { [try $0[0] * 2] }
        let options = CompileOptions(aliases: [0: 0], grid: grid, parameterAxes: [0: ["batch", "model"]], outputAxes: [0: ["batch", "model"]])
        let double = try engine.compile(graph, options: options)
        let x = try engine.buffer(numbers(16), [4, 4])
        for _ in 0..<3 { #expect(try double.run([x])[0] === x) }
        #expect(try x.floats() == numbers(16).map { $0 * 8 })
    }
}
