import CZlib
import Foundation
import Testing

@testable import Keras

/// CIFAR's archives: packed, unpacked, and damaged in every way.
@Suite(.serialized, .ownSession) struct CIFARTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-cifar-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch {
            return "\(error)"
        }
    }

    /// A record: labels, then planes whose bytes tell image, colour and place.
    private func record(_ labels: [UInt8], _ image: Int) -> [UInt8] {
        labels + (0..<3).flatMap { colour in (0..<1024).map { UInt8(truncatingIfNeeded: image * 50 + colour * 100 + $0) } }
    }

    /// A member of a tar archive.
    private func member(_ name: String, _ contents: [UInt8], kind: Character = "0") -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) { header.replaceSubrange(offset..<(offset + text.utf8.count), with: Array(text.utf8)) }
        func octal(_ number: Int, _ digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(name, at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(contents.count, 11), at: 124)
        put(String(kind), at: 156)
        put("ustar", at: 257)
        put("        ", at: 148)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0", at: 148)
        return header + contents + [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
    }

    private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    private func writeGzip(_ bytes: [UInt8], _ path: String) throws {
        let file = try #require(gzopen(path, "wb"))
        #expect(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
        #expect(gzclose(file) == Z_OK)
    }

    private func files10(labels: [UInt8] = [3, 9]) -> [(String, [UInt8])] {
        (1...5).map { batch in ("data_batch_\(batch).bin", labels.enumerated().flatMap { record([$0.element], batch * 2 + $0.offset) }) }
            + [("test_batch.bin", record([7], 0))]
    }

    private func archive10(_ files: [(String, [UInt8])]) -> [UInt8] {
        member("cifar-10-batches-bin/", [], kind: "5") + member("cifar-10-batches-bin/readme.html", [1, 2, 3])
            + files.flatMap { member("cifar-10-batches-bin/\($0.0)", $0.1) } + [UInt8](repeating: 0, count: 1024)
    }

    private func check10(_ data: (train: Examples, test: Examples)) throws {
        #expect(data.train.x.shape == [10, 32, 32, 3])
        #expect(data.train.x.dtype == .uint8)
        #expect(data.train.y.shape == [10, 1])
        #expect(data.test.x.shape == [1, 32, 32, 3])
        #expect(try data.train.y.array(Int.self) == [3, 9, 3, 9, 3, 9, 3, 9, 3, 9])
        #expect(try data.test.y.array(Int.self) == [7])
        let x: [UInt8] = try data.train.x.array()
        for (image, pixel, colour) in [(0, 0, 0), (3, 33, 1), (9, 1023, 2)] {
            #expect(x[(image * 1024 + pixel) * 3 + colour] == UInt8(truncatingIfNeeded: (image + 2) * 50 + colour * 100 + pixel))
        }
    }

    @Test func packedAndUnpacked() throws {
        try withFolder { folder in
            try writeGzip(archive10(files10()), "\(folder)/cifar-10-binary.tar.gz")
            try check10(CIFAR10.load(from: folder))
        }
        try withFolder { folder in
            for (name, bytes) in files10() { try write(bytes, "\(folder)/\(name)") }
            try check10(CIFAR10.load(from: folder))
        }
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/cifar-10-batches-bin", withIntermediateDirectories: false)
            for (name, bytes) in files10() { try write(bytes, "\(folder)/cifar-10-batches-bin/\(name)") }
            try check10(CIFAR10.load(from: folder))
        }
    }

    @Test func classesAndGroups() throws {
        #expect(CIFAR10.classNames.count == 10)
        #expect(CIFAR100.classNames.count == 100)
        #expect(CIFAR100.groupNames.count == 20)
        try withFolder { folder in
            let train = member("cifar-100-binary/train.bin", record([19, 99], 1) + record([0, 5], 2))
            let test = member("cifar-100-binary/test.bin", record([4, 50], 3))
            try writeGzip(train + test, "\(folder)/cifar-100-binary.tar.gz")
            let fine = try CIFAR100.load(from: folder)
            #expect(try fine.train.y.array(Int.self) == [99, 5])
            #expect(fine.train.x.shape == [2, 32, 32, 3])
            let coarse = try CIFAR100.load(from: folder, labelMode: .coarse)
            #expect(try coarse.train.y.array(Int.self) == [19, 0])
            #expect(try coarse.test.y.array(Int.self) == [4])
        }
    }

    @Test func fromTheCache() throws {
        try withFolder { home in
            let path = "\(home)/datasets/cifar-10-binary.tar.gz"
            try FileManager.default.createDirectory(atPath: "\(home)/datasets", withIntermediateDirectories: false)
            try writeGzip(archive10(files10()), path)
            let sum = try FileTools.digest(of: path, SHA256.self)
            let published = CIFAR10.published
            func set(_ sha256: String, address: String = "file:///nowhere.tar.gz") -> ColorDataset {
                ColorDataset(
                    title: "CIFAR-10", archive: published.archive, address: address, sha256: sha256, folder: published.folder,
                    trainFiles: published.trainFiles, testFiles: published.testFiles, labels: published.labels, home: home)
            }
            try check10(set(sum).load(from: nil))
            #expect(throws: KerasError.data(.checksum(path: path, expected: published.sha256, got: sum))) {
                try set(published.sha256).load(from: nil)
            }
            try FileManager.default.moveItem(atPath: path, toPath: "\(home)/server.tar.gz")
            try check10(set(sum, address: "file://\(home)/server.tar.gz").load(from: nil))
            #expect(FileManager.default.fileExists(atPath: path))
            try FileManager.default.removeItem(atPath: path)
            let text = message { _ = try set(sum).load(from: nil) }
            #expect(text.hasPrefix("CIFAR-10: there is no \(path), and file:///nowhere.tar.gz could not be downloaded: "))
            #expect(text.hasSuffix("\nGive the folder of cifar-10-binary.tar.gz or of its files: load(from: \"folder\")."))
        }
    }

    @Test func damagedFiles() throws {
        try withFolder { folder in
            let path = "\(folder)/cifar-10-binary.tar.gz"
            let load = { _ = try CIFAR10.load(from: folder) }
            #expect(message(load) == "\(folder) has no cifar-10-binary.tar.gz, and no data_batch_1.bin.")

            let whole = archive10(files10())
            try writeGzip(archive10(files10().dropLast()), path)
            #expect(message(load).hasSuffix("test_batch.bin."))
            try writeGzip(Array(whole.prefix(5000)), path)
            #expect(message(load).hasPrefix("cifar-10-batches-bin/data_batch_1.bin in \(path) is truncated: it says it holds 6146 bytes"))
            try writeGzip([UInt8](repeating: 7, count: 2000), path)
            #expect(message(load).hasPrefix("\(path) is not a tar archive as expected: a member's header is damaged.\nDelete it"))
            try writeGzip([UInt8](repeating: 7, count: 100), path)
            #expect(message(load).hasPrefix("\(path) is truncated: it says it holds 512 bytes, and has 100."))
            try writeGzip([], path)
            #expect(message(load) == "\(path) has no member cifar-10-batches-bin/data_batch_1.bin.")
            try writeGzip(archive10(files10() + [files10()[0]]), path)
            try check10(CIFAR10.load(from: folder))
            try writeGzip(archive10([files10()[0]] + files10()), path)
            #expect(message(load).contains("it has two members cifar-10-batches-bin/data_batch_1.bin"))
            try writeGzip(archive10(files10(labels: [3, 10])), path)
            #expect(message(load) == "data_batch_1.bin has class 10 in record 2; there are 10 classes, from 0.")
            try writeGzip(archive10(files10().map { ($0.0, $0.1 + [0]) }), path)
            #expect(message(load) == "data_batch_1.bin has 6147 bytes; it is to have records of 3073.")

            try writeGzip(whole, path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
            #expect(message(load).contains("is not a whole gzip file"))

            // A header that promises more than the file can hold.
            var huge = member("cifar-10-batches-bin/data_batch_1.bin", [])
            huge.replaceSubrange(124..<136, with: Array("10000000000\0".utf8))
            huge.replaceSubrange(148..<156, with: Array("        ".utf8))
            let sum = String(huge.reduce(0) { $0 + Int($1) }, radix: 8)
            huge.replaceSubrange(148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
            try writeGzip(huge, path)
            #expect(message(load).contains("is truncated: it says it holds 1073741824 bytes"))
        }
    }

    @Test func checksumsOfMD5() {
        #expect(MD5.hex([]) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(MD5.hex(Array("abc".utf8)) == "900150983cd24fb0d6963f7d28e17f72")
        #expect(MD5.hex([UInt8](repeating: 97, count: 1000)) == "cabe45dcc9ae5b66ba86600cca6b8ba8")
        for count in [1, 55, 56, 63, 64, 65, 119, 120, 128] {
            var hash = MD5()
            for _ in 0..<count { withUnsafeBytes(of: UInt8(97)) { hash.update($0) } }
            #expect(hash.finish() == MD5.hex([UInt8](repeating: 97, count: count)))
        }
    }
}
