import Foundation
import Testing

@testable import Keras

/// `keras convert`: each way, read back here and by Python.
@Suite struct ConvertTests {
    /// Everything that Python saved, in every form; one run of Python looks at it all.
    @Test(.live) func asKeras() throws {
        let rows = try CommandFixture.rows()
        try CommandRun.withFolder { folder in
            let out = "\(folder)/out"
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            for row in rows {
                // What Keras does not load from .h5 if it wrote it itself: bfloat16, and operations, which that form has no place for.
                let hasOld = !["halves", "whole"].contains(row.name)
                for ending in ["keras", "weights.h5", "json"] + (hasOld ? ["h5"] : []) {
                    try CommandRun.good("convert", row.path("keras"), "\(out)/\(row.name).direct.\(ending)")
                }
                if hasOld { try CommandRun.good("convert", "\(out)/\(row.name).direct.h5", "\(out)/\(row.name).again.keras") }
                try CommandRun.good(
                    "convert", "\(out)/\(row.name).direct.weights.h5", "\(out)/\(row.name).joined.keras", "--architecture",
                    "\(out)/\(row.name).direct.json")
            }
            let printed = try CommandFixture.run("check_command.py", [CommandFixture.live.get(), out])
            let results = try Config(json: String(printed[#require(printed.range(of: "RESULTS")).upperBound...]))
            #expect(results.entries.count == rows.count * 6 - 4)
            for entry in results.entries {
                guard case .dictionary(let result) = entry.value, result["error"] == nil else {
                    Issue.record("\(entry.key): \(entry.value)")
                    continue
                }
                #expect(try result.double("predictions") <= (entry.key.hasPrefix("halves") ? 1e-2 : 1e-4), "\(entry.key)")
                #expect(result["isEqual"] ?? true == true, "\(entry.key)")
                let row = try #require(rows.first { entry.key.hasPrefix("\($0.name).") })
                #expect(result["isCompiled"] ?? .bool(row.isCompiled) == .bool(row.isCompiled), "\(entry.key)")
            }
        }
    }

    /// There and back, nothing is lost.
    @Test(arguments: ["single", "double"]) func roundTrips(_ name: String) throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let start = "\(folder)/\(name).keras"
            func convert(_ from: String, _ to: String, _ options: String...) throws {
                let run = try CommandRun(["convert", from, to] + options)
                #expect(run.status == 0 && run.error == "" && run.output == "")
            }
            try convert(start, "\(folder)/a.h5")
            try convert("\(folder)/a.h5", "\(folder)/b.keras")
            try CommandRun.good("diff", start, "\(folder)/a.h5")
            try CommandRun.good("diff", start, "\(folder)/b.keras")
            try convert(start, "\(folder)/c.json")
            try convert(start, "\(folder)/c.weights.h5")
            try convert("\(folder)/c.weights.h5", "\(folder)/c.keras", "--architecture", "\(folder)/c.json")
            try CommandRun.good("diff", start, "\(folder)/c.keras")
            // A model of JSON alone has weights of its own, and the settings.
            try convert("\(folder)/c.json", "\(folder)/d.keras")
            #expect(try ModelDifference(loadModel(start), loadModel("\(folder)/d.keras")).architecture.isEmpty)
        }
    }

    @Test func withoutOptimizer() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            for ending in ["keras", "h5", "json"] {
                try CommandRun.good("convert", "\(folder)/single.keras", "\(folder)/out.\(ending)", "--no-compile")
            }
            #expect(try !loadModel("\(folder)/out.keras").isCompiled)
            #expect(try !loadModel("\(folder)/out.h5").isCompiled)
            #expect(try CommandFixture.config("\(folder)/out.json")["compile_config"] == nil)
        }
    }
}
