import Foundation
import Graph
import Testing
@testable import XLAEngine

/// Programs compiled, kept, run; what is wrong with them is said.
@Suite(.needsPlugin) struct ProgramTests {
    private let engine: XLAEngine

    init() throws { engine = try #require(Fixture.engine) }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return "\(error)" }
    }

    // MARK: Mistakes

    @Test(arguments: ["", "nonsense", "module { func.func public @main() -> (tensor<2xf32>) { return } }",
                      "module { func.func public @main(%a: tensor<2xf32>) -> (tensor<3xf32>) { %0 = \"stablehlo.nothing\"(%a) : (tensor<2xf32>) -> tensor<3xf32>\n return %0 : tensor<3xf32> } }"])
    func noProgram(text: String) throws {
        let said = message { _ = try LoadedProgram(text, partitions: 1, client: engine.client) }
        #expect(said.hasPrefix("XLA could not compile a program:"), "\(said)")
    }

    @Test func wrongInputs() throws {
        let sum = try engine.compile(program([[2], [2]]) { [try $0[0] + $0[1]] }, options: CompileOptions())
        let x = try engine.buffer([1, 2])
        #expect(message { _ = try sum.run([x]) } == "The program takes 2 inputs; it was given 1.")
        #expect(message { _ = try sum.run([x, x, x]) } == "The program takes 2 inputs; it was given 3.")
        #expect(message { _ = try sum.run([x, engine.buffer([1, 2, 3])]) } == "The program's input 1 is float32[2]; it was given float32[3].")
        #expect(try sum.run([x, x])[0].floats() == [2, 4])
        #expect(message { _ = try [Float(1)].withUnsafeBytes { try engine.makeBuffer(TensorType([2], .float32), copying: $0) } }
            == "A tensor float32[2] has 8 bytes; it was given 4.")
    }

    /// The arguments reach the plugin too few: it says so, and goes on.
    @Test func wrongArity() throws {
        let text = try engine.stableHLO(program([[2], [2]]) { [try $0[0] + $0[1]] })
        let loaded = try LoadedProgram(text, partitions: 1, client: engine.client)
        #expect(message { _ = try loaded.run([], outputs: [.single]) }.hasPrefix("XLA could not run a program:"))
        #expect(message { try loaded.check(outputCount: 2) }.contains("has 1 results, not 2"))
    }

    @Test func tooLittleMemory() throws {
        let size = 1 << 40
        let graph = try program([[]]) { [try $0[0].broadcast([size], axes: []).reversed(axes: [0])] }
        let said = message {
            let results = try engine.compile(graph, options: CompileOptions()).run([engine.buffer([1], [])])
            try engine.wait(for: results)
        }
        #expect(said.contains("too little memory"), "\(said)")
    }

    @Test func wrongAliases() throws {
        let graph = try program([[2], [3]]) { [try $0[0] + $0[0], try $0[0] * $0[0]] }
        for aliases in [[0: 7], [3: 0], [0: -1], [0: 1], [0: 0, 1: 0]] {
            #expect(throws: GraphError.self, "\(aliases)") { try engine.compile(graph, options: CompileOptions(aliases: aliases)) }
        }
    }

    // MARK: Memory

    @Test func updatedInPlace() throws {
        let step = try engine.compile(program([[3], [3]]) { [try $0[0] + $0[1]] }, options: CompileOptions(aliases: [0: 0]))
        let host = [Float](arrayLiteral: 1, 2, 3)
        let x = try engine.buffer(host), y = try engine.buffer([10, 10, 10])
        for count in 1...3 {
            let result = try step.run([x, y])[0]
            #expect(result === x, "the result is not in the parameter's memory")
            #expect(try result.floats() == host.map { $0 + Float(10 * count) })
            #expect(try y.floats() == [10, 10, 10])
        }
    }

    /// Others that hold the memory an update starts from keep their numbers: the host's memory is not written to.
    @Test func copiesStayAsTheyAre() throws {
        let step = try engine.compile(program([[3]]) { [try $0[0] * $0[0]] }, options: CompileOptions(aliases: [0: 0]))
        let x = try engine.buffer([1, 2, 3])
        let onHost = try engine.copy(x)
        _ = try step.run([x])
        let onDevice = try engine.copy(x)
        _ = try step.run([x])
        #expect(try onHost.floats() == [1, 2, 3])
        #expect(try onDevice.floats() == [1, 4, 9])
        #expect(try x.floats() == [1, 16, 81])
    }

    /// What steps pass on stays on the device until it is read.
    @Test func staysOnTheDevice() throws {
        let step = try engine.compile(program([[3]]) { [try $0[0] + 1] }, options: CompileOptions())
        var x: any Buffer = try engine.buffer([0, 0, 0])
        for _ in 0..<4 { x = try step.run([x])[0] }
        let last = try #require(x as? XLABuffer)
        #expect(!last.isOnHost)
        #expect(try x.floats() == [4, 4, 4])
        #expect(last.isOnHost)
    }

    @Test func memoryIsFreed() throws {
        weak var memory: DeviceMemory?
        let step = try engine.compile(program([[1 << 16]]) { [try $0[0] + 1] }, options: CompileOptions())
        do {
            let result = try step.run([engine.buffer([Float](repeating: 0, count: 1 << 16))])[0]
            memory = try (result as? XLABuffer)?.memory(.single)
            #expect(memory != nil)
        }
        #expect(memory == nil)
    }

    @Test func buffersOfOthers() throws {
        final class Foreign: Buffer {
            let type = TensorType([3], .float32)
            let floats: [Float] = [1, 2, 3]
            func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R { try floats.withUnsafeBytes(body) }
        }
        let twice = try engine.compile(program([[3]]) { [try $0[0] + $0[0]] }, options: CompileOptions(aliases: [0: 0]))
        let foreign = Foreign()
        #expect(try twice.run([foreign])[0].floats() == [2, 4, 6])
        #expect(foreign.floats == [1, 2, 3])
    }

    @Test func manyThreads() async throws {
        let graph = try program([[64, 64], [64, 64]]) { [try $0[0].matmul($0[1]).sum()] }
        let executable = try engine.compile(graph, options: CompileOptions())
        let engine = engine
        let results = try await withThrowingTaskGroup(of: Float.self) { group in
            for number in 0..<16 {
                group.addTask {
                    let x = try engine.buffer([Float](repeating: Float(number), count: 4096), [64, 64])
                    let one = try engine.buffer([Float](repeating: 1, count: 4096), [64, 64])
                    return try executable.run([x, one])[0].floats()[0] / Float(64 * 64 * 64)
                }
            }
            return try await group.reduce(into: Set<Float>()) { $0.insert($1) }
        }
        #expect(results == Set((0..<16).map(Float.init)))
    }

    // MARK: The folder of programs

    /// A program that takes long enough to be kept.
    private func longProgram() throws -> Graph {
        try program([[32, 32]]) { x in
            var y = x[0]
            for step in 0..<40 { y = try (y.matmul(x[0]).tanh() + Double(step)).sum(axes: [1]).broadcast([32, 32], axes: [0]).exp() }
            return [y]
        }
    }

    @Test func keptInAFolder() throws {
        try Fixture.withFolder { folder in
            let graph = try longProgram(), x = try engine.buffer([Float](repeating: 0.01, count: 1024), [32, 32])
            func run() throws -> [Float] {
                let engine = try XLAEngine(programs: "\(folder)/programs")
                return try engine.compile(graph, options: CompileOptions()).run([x])[0].floats()
            }
            func files() -> [String] { SystemFiles.matches("\(folder)/programs/*") }
            let first = try run()
            let file = try #require(files().first, "the program was compiled too fast to be kept")
            let whole = try Data(contentsOf: URL(fileURLWithPath: file))
            #expect(try run() == first)
            #expect(files() == [file])
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
            // Damaged files are compiled again.
            for damaged in [Data(), whole.prefix(40), whole.prefix(whole.count / 2), whole.dropLast(1), whole.dropLast(1) + [whole.last! ^ 1]] {
                try Data(damaged).write(to: URL(fileURLWithPath: file))
                #expect(try run() == first)
                #expect(try Data(contentsOf: URL(fileURLWithPath: file)).count >= whole.count / 2)
            }
        }
    }

    @Test func foldersOfOthersAreNotUsed() throws {
        try Fixture.withFolder { folder in
            let open = "\(folder)/open"
            try FileManager.default.createDirectory(atPath: open, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open)
            #expect(ProgramStore(folder: open, client: engine.client) == nil)
            #expect(ProgramStore(folder: "", client: engine.client) == nil)
            #expect(ProgramStore(folder: "\(folder)/new/deeper", client: engine.client) != nil)
        }
    }
}
