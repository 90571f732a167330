import Foundation
import Testing
@testable import XLAEngine

/// Files that are no plugins, plugins that do not suit: each is one clear error, and the process goes on.
@Suite struct PluginTests {
    private func error(_ path: String) -> String {
        do {
            _ = try XLAEngine(plugin: path, programs: "")
            return "none"
        } catch { return "\(error)" }
    }

    @Test func nothingIsFound() throws {
        try Fixture.withFolder { folder in
            let thrown = #expect(throws: XLAError.self) { try XLAEngine.client(plugin: nil, deviceCount: nil, folders: [folder]) }
            #expect(thrown == .noPlugin(searched: [folder]))
            let message = "\(try #require(thrown))"
            for part in ["make xla", "pip install lammps-jax-pjrt-cpu", "PJRT_PLUGIN_PATH", folder] { #expect(message.contains(part)) }
        }
    }

    @Test func noFile() throws {
        try Fixture.withFolder { folder in
            #expect(error("\(folder)/missing.so").contains("missing.so cannot be used as a PJRT plugin: No such file"))
            #expect(error(folder).contains("it is not a file"))
        }
    }

    @Test(arguments: [0, 3, 64, 100]) func noLibrary(size: Int) throws {
        try Fixture.withFolder { folder in
            let path = "\(folder)/text.so"
            try Data(repeating: 65, count: size).write(to: URL(fileURLWithPath: path))
            #expect(error(path).contains("it is not a shared library"))
        }
    }

    /// A library of the system's, whole and cut off at each quarter: cut off it would end the process when it is opened.
    @Test(arguments: [1, 2, 3]) func cutOff(quarters: Int) throws {
        let library = try #require(SystemFiles.matches("/lib/*/libm.so.6").first ?? SystemFiles.matches("/usr/lib/*/libm.so.6").first)
        try Fixture.withFolder { folder in
            let whole = try Data(contentsOf: URL(fileURLWithPath: library)), path = "\(folder)/cut.so"
            try whole.prefix(whole.count * quarters / 4).write(to: URL(fileURLWithPath: path))
            #expect(error(path).contains("it is cut off"))
            try whole.write(to: URL(fileURLWithPath: path))
            #expect(error(path).contains("it exports no function GetPjrtApi"))
        }
    }

    /// Headers with numbers of any size.
    @Test func damagedHeaders() throws {
        let library = try #require(SystemFiles.matches("/lib/*/libm.so.6").first ?? SystemFiles.matches("/usr/lib/*/libm.so.6").first)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: library)).prefix(4096))
        try Fixture.withFolder { folder in
            let path = "\(folder)/damaged.so"
            for offset in 0..<64 {
                for byte: UInt8 in [0, 0x7f, 0xff] {
                    var bytes = whole
                    bytes[offset] = byte
                    try Data(bytes).write(to: URL(fileURLWithPath: path))
                    #expect(ELFCheck.problem(path) != nil)
                }
            }
        }
    }

    /// Libraries made here, with tables of other versions.
    @Test(.enabled(if: Compiler.path != nil, "no C compiler"), arguments: [
        ("1, 0", 4096, "speaks version 1.0"), ("0, 50", 4096, "speaks version 0.50"), ("0, 100", 40 + 8 * 20, "speaks version 0.100"),
        ("0, 100", 8, "speaks version 0.100"),
    ]) func otherVersions(version: String, size: Int, message: String) throws {
        try Fixture.withFolder { folder in
            let path = try Compiler.library(in: folder, """
                static struct { unsigned long size; void *e; struct { unsigned long size; void *e; int major, minor; } v; void *f[600]; }
                table = {\(size), 0, {24, 0, \(version)}, {0}};
                void *GetPjrtApi(void) { return &table; }
                """)
            #expect(error(path).contains(message))
        }
    }

    @Test(.enabled(if: Compiler.path != nil, "no C compiler")) func emptyTable() throws {
        try Fixture.withFolder { folder in
            let path = try Compiler.library(in: folder, "void *GetPjrtApi(void) { return 0; }")
            #expect(error(path).contains("gives nothing"))
        }
    }

    /// Of several plugins those that do not start are named.
    @Test(.enabled(if: Compiler.path != nil, "no C compiler")) func noneStarts() throws {
        try Fixture.withFolder { folder in
            for package in ["jax_plugins/xla_cuda13/xla_cuda_plugin.so", "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so"] {
                let file = URL(fileURLWithPath: "\(folder)/\(package)")
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("none".utf8).write(to: file)
            }
            let thrown = #expect(throws: XLAError.self) { try XLAEngine.client(plugin: nil, deviceCount: nil, folders: [folder]) }
            guard case .noneStarts(let failures)? = thrown else {
                Issue.record("\(String(describing: thrown))")
                return
            }
            #expect(failures.map { $0.path.hasSuffix("xla_cuda_plugin.so") } == [true, false])
        }
    }

    @Test(.needsPlugin) func tooManyDevices() throws {
        let engine = try #require(Fixture.engine)
        #expect(engine.deviceCount == 4)
        #expect(engine.platform == "cpu")
    }

    @Test func options() {
        #expect(LoadedProgram.options(partitions: 1, keepsNaN: false) == [0x1a, 4, 0x20, 1, 0x28, 1])
        #expect(LoadedProgram.options(partitions: 2, keepsNaN: false) == [0x1a, 9, 0x20, 1, 0x28, 2, 0x30, 1, 0x98, 1, 1])
        #expect(LoadedProgram.options(partitions: 200, keepsNaN: false) == [0x1a, 10, 0x20, 1, 0x28, 0xc8, 1, 0x30, 1, 0x98, 1, 1])
        #expect(LoadedProgram.options(partitions: 1, keepsNaN: true).count == 6 + 2 + 2 + 27 + 4)
    }
}

/// The C compiler of the Swift toolchain or the system.
private enum Compiler {
    static let path = ["clang", "cc", "gcc"].lazy.compactMap { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }.first

    static func library(in folder: String, _ source: String) throws -> String {
        let file = "\(folder)/library.c", library = "\(folder)/library.so"
        try Data(source.utf8).write(to: URL(fileURLWithPath: file))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = ["-shared", "-fPIC", "-o", library, file]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return library
    }
}
