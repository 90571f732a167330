import Foundation
import Testing

@testable import Keras

/// Files in the IDX format: whole, plain and packed, and damaged in every way.
@Suite(.serialized, .ownSession) struct ImageDatasetTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-idx-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func idx(_ shape: [Int], _ values: [UInt8]) -> [UInt8] {
        ([0x0800 | shape.count] + shape).flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } } + values
    }

    private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    /// A small set in the four files' names.
    private func writeSet(_ folder: String, labels: Int = 4) throws {
        for (part, count) in [("train", 4), ("t10k", 2)] {
            try write(idx([count, 2, 3], (0..<count * 6).map { UInt8($0) }), "\(folder)/\(part)-images-idx3-ubyte")
            let own = part == "train" ? labels : count
            try write(idx([own], (0..<own).map { UInt8($0) }), "\(folder)/\(part)-labels-idx1-ubyte")
        }
    }

    private func gzip(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-f", path]
        try process.run()
        process.waitUntilExit()
    }

    @Test func plainAndPacked() throws {
        try withFolder { folder in
            try writeSet(folder)
            for isPacked in [false, true] {
                if isPacked { for file in try FileManager.default.contentsOfDirectory(atPath: folder) { try gzip("\(folder)/\(file)") } }
                let (train, test) = try MNIST.load(from: folder)
                #expect(train.x.shape == [4, 2, 3] && train.x.dtype == .uint8)
                #expect(try train.x.array(Int.self) == Array(0..<24))
                #expect(try train.y.array(Int.self) == [0, 1, 2, 3])
                #expect(test.x.shape == [2, 2, 3] && test.y.shape == [2])
            }
        }
    }

    @Test func damagedFilesAreNamed() throws {
        try withFolder { folder in
            try writeSet(folder)
            let images = "\(folder)/train-images-idx3-ubyte"
            let whole = idx([4, 2, 3], (0..<24).map { UInt8($0) })
            func said(_ bytes: [UInt8]) throws -> String {
                try write(bytes, images)
                return message { _ = try MNIST.load(from: folder) }
            }
            #expect(try said(Array(whole.dropLast(3))) == "\(images) is truncated: it says it holds 40 bytes, and has 37.\nDelete it and fetch it again.")
            #expect(try said(Array(whole.prefix(7))) == "\(images) is truncated: it says it holds 16 bytes, and has 7.\nDelete it and fetch it again.")
            #expect(try said([]) == "\(images) is truncated: it says it holds 16 bytes, and has 0.\nDelete it and fetch it again.")
            #expect(try said(whole + [1]) == "\(images) has 41 bytes where its header says 40.\nDelete it and fetch it again.")
            #expect(try said(idx([4], [0, 1, 2, 3]) + [UInt8](repeating: 0, count: 20)) == "\(images) is not an IDX file as expected: it begins with 2049, not 2051 (bytes, 3 axes).")
            #expect(try said(idx([1 << 30, 1 << 15, 1 << 15], [])).hasPrefix("A tensor of shape"))
            #expect(try said(idx([1 << 20, 1 << 10, 28], [])).hasPrefix("\(images) is truncated"))
            try write(whole, images)
            try gzip(images)
            let packed = try Array(Data(contentsOf: URL(fileURLWithPath: "\(images).gz")))
            try write(Array(packed.dropLast(12)), "\(images).gz")
            #expect(message { _ = try MNIST.load(from: folder) } == "\(images).gz is not a whole gzip file: it ends too early.\nDelete it and fetch it again.")
            var altered = packed
            altered[packed.count - 6] ^= 1
            try write(altered, "\(images).gz")
            #expect(message { _ = try MNIST.load(from: folder) }.hasPrefix("\(images).gz is not a whole gzip file: "))
        }
    }

    @Test func missingFilesAndUnevenSets() throws {
        try withFolder { folder in
            #expect(message { _ = try MNIST.load(from: folder) } == "\(folder) has no train-images-idx3-ubyte, plain or with .gz.")
            try writeSet(folder, labels: 3)
            #expect(message { _ = try FashionMNIST.load(from: folder) }
                == "\(folder)/train-images-idx3-ubyte has 4 images, \(folder)/train-labels-idx1-ubyte has 3 labels.")
        }
    }

    @Test func nothingThereAndNoNetwork() throws {
        try withFolder { folder in
            var set = FashionMNIST.published
            set = ImageDataset(
                title: set.title, folder: set.folder, files: set.files, systemFolder: "\(folder)/system", package: set.package,
                addresses: ["file://\(folder)/nothing"], home: folder)
            let text = message { _ = try set.load(from: nil) }
            #expect(text.hasPrefix("Fashion-MNIST is not on this machine (looked in \(folder)/datasets/fashion-mnist, \(folder)/system) and could not be downloaded: "))
            #expect(text.contains("Either give the folder of its four IDX files, load(from: \"folder\"), or install Debian's package: apt install dataset-fashion-mnist."))
        }
    }

    @Test func cacheAndDownload() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/server", withIntermediateDirectories: true)
            try writeSet("\(folder)/server")
            var sums: [String: String] = [:]
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/server") {
                try gzip("\(folder)/server/\(file)")
                sums[file] = try FileTools.digest(of: "\(folder)/server/\(file).gz", SHA256.self)
            }
            func set(wrong: String? = nil) -> ImageDataset {
                func file(_ name: String, _ axes: Int) -> ImageDataset.File {
                    .init(name: name, axes: axes, sha256: name == wrong ? String(repeating: "0", count: 64) : sums[name] ?? "", contentSum: nil)
                }
                return ImageDataset(
                    title: "Small", folder: "small",
                    files: (
                        file("train-images-idx3-ubyte", 3), file("train-labels-idx1-ubyte", 1), file("t10k-images-idx3-ubyte", 3),
                        file("t10k-labels-idx1-ubyte", 1)
                    ), systemFolder: nil, package: nil, addresses: ["file://\(folder)/server"], home: folder)
            }
            #expect(message { _ = try set(wrong: "t10k-labels-idx1-ubyte").load(from: nil) }.hasPrefix("file://\(folder)/server/t10k-labels-idx1-ubyte.gz is not the published file: its SHA-256 is"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/datasets/small/t10k-labels-idx1-ubyte.gz"))
            #expect(try set().load(from: nil).train.y.array(Int.self) == [0, 1, 2, 3])
            try FileManager.default.removeItem(atPath: "\(folder)/server")
            #expect(try set().load(from: nil).test.y.array(Int.self) == [0, 1])
            let cached = "\(folder)/datasets/small/train-labels-idx1-ubyte.gz"
            try write(Array(Data(contentsOf: URL(fileURLWithPath: cached))) + [0], cached)
            #expect(message { _ = try set().load(from: nil) }.hasPrefix("\(cached) is not the published file"))
        }
    }

    @Test func checksums() {
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        for count in [55, 56, 57, 63, 64, 65, 119, 120, 1000] {
            var hash = SHA256()
            for byte in [UInt8](repeating: 97, count: count) { withUnsafeBytes(of: byte) { hash.update($0) } }
            #expect(hash.finish() == SHA256.hex([UInt8](repeating: 97, count: count)))
        }
        #expect(SHA256.hex([UInt8](repeating: 97, count: 1000)) == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist"), "needs Debian's dataset-fashion-mnist"))
    func fashionMNIST() throws {
        let (train, test) = try FashionMNIST.load()
        #expect(train.x.shape == [60000, 28, 28] && train.y.shape == [60000])
        #expect(test.x.shape == [10000, 28, 28] && test.y.shape == [10000])
        #expect(try TrainingFixture.rowRange(train.y, 0..<8).array(Int.self) == [9, 0, 0, 3, 0, 2, 7, 2])
        #expect(FashionMNIST.classNames.count == 10)
    }
}
