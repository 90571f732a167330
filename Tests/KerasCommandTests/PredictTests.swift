import Foundation
import Testing

@testable import Keras

/// `keras predict`: names, types and numbers of what it writes.
@Suite struct PredictTests {
    @Test(.live) func asKeras() throws {
        try CommandRun.withFolder { folder in
            for row in try CommandFixture.rows() {
                let out = "\(folder)/\(row.name).npz"
                try CommandRun.good("predict", row.path("keras"), "--inputs", row.path("x.npz"), "--output", out, "--batch-size", "4")
                try expectArrays(out, equal: row.path("predicted.npz"), tolerance: row.name == "halves" ? 1e-2 : 1e-4)
            }
        }
    }

    /// Numbers in every type, byte order, order of axes, stored and deflated.
    @Test(.live) func casts() throws {
        let live = try CommandFixture.live.get()
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(live)/cast")
        #expect(files.count >= 22)
        try CommandRun.withFolder { folder in
            for file in files {
                try CommandRun.good("predict", "\(live)/first.keras", "--inputs", "\(live)/cast/\(file)", "--output", "\(folder)/out.npz")
                try expectArrays("\(folder)/out.npz", equal: "\(live)/predicted.npz", tolerance: 1e-4)
            }
        }
    }

    @Test func namesOfInputs() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let x = try ArrayFile("\(folder)/x.npz").tensor("x")
            try ArrayFile.write([("numbers", x)], to: "\(folder)/named.npz")
            for file in ["x", "named"] {
                try CommandRun.good("predict", "\(folder)/single.keras", "--inputs", "\(folder)/\(file).npz", "--output", "\(folder)/\(file).out.npz")
            }
            try expectArrays("\(folder)/x.out.npz", equal: "\(folder)/named.out.npz", tolerance: 0)
            #expect(try ArrayFile("\(folder)/x.out.npz").names == ["scores"])
        }
    }

    /// An old file is replaced, and its permissions stay.
    @Test func replaces() throws {
        try CommandRun.withFolder { folder in
            try CommandModels.save(to: folder)
            let out = "\(folder)/out.npz"
            try "old".write(toFile: out, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: out)
            try CommandRun.good("predict", "\(folder)/single.keras", "--inputs", "\(folder)/x.npz", "--output", out)
            #expect(try ArrayFile(out).tensor("scores").shape == [12, 2])
            #expect(try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int == 0o640)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 5)
        }
    }
}
