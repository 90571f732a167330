import Foundation
import Testing

@testable import Archive

@Suite struct ZipWriterTests {
    private static let content = Array(String(repeating: "content ", count: 1000).utf8)

    @Test(arguments: ZipCompression.allCases)
    func whatIsWrittenIsRead(compression: ZipCompression) throws {
        try ArchiveFixtures.withFolder { folder in
            let file = "\(folder)/file", path = "\(folder)/x.zip"
            try Data(Self.content).write(to: URL(fileURLWithPath: file))
            var writer = ZipWriter()
            try writer.add("bytes", bytes: Self.content, compression: compression)
            try writer.add("größe/file", file: file, compression: compression)
            try writer.add("none", bytes: [], compression: compression)
            try writer.add("pieces", pieces: [[1, 2], [], [3]], compression: compression)
            try writer.write(to: path)
            let archive = try ZipReader(path: path)
            #expect(archive.members.map(\.name) == ["bytes", "größe/file", "none", "pieces"])
            #expect(archive["bytes"]?.compression == compression)
            if compression == .deflated { #expect(try #require(archive["bytes"]).compressedSize < 100) }
            #expect(try archive.read("bytes") == Self.content)
            #expect(try archive.read("größe/file") == Self.content)
            #expect(try archive.read("none") == [])
            #expect(try archive.read("pieces") == [1, 2, 3])
            // The same members give the same bytes, in memory and in a file, now and later.
            #expect(try writer.bytes() == [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        }
    }

    @Test func anArchiveWithoutMembers() throws {
        try ArchiveFixtures.withFolder { folder in
            try ZipWriter().write(to: "\(folder)/x.zip")
            #expect(try ZipReader(path: "\(folder)/x.zip").members == [])
            #expect(try ZipReader(bytes: ZipWriter().bytes()).members == [])
        }
    }

    @Test func whatWasThereIsReplaced() throws {
        try ArchiveFixtures.withFolder { folder in
            var old = ZipWriter()
            try old.add("old", bytes: Self.content)
            try old.write(to: "\(folder)/x.zip")
            var new = ZipWriter()
            try new.add("new", bytes: [1])
            try new.write(to: "\(folder)/x.zip")
            #expect(try ZipReader(path: "\(folder)/x.zip").members.map(\.name) == ["new"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.zip"])
        }
    }

    @Test func refusals() throws {
        var writer = ZipWriter()
        try writer.add("x", bytes: [])
        #expect(message { try writer.add("x", bytes: []) } == "The archive has several members named \"x\".")
        #expect(message { try writer.add("../x", bytes: []) }.hasPrefix("The archive: member \"../x\" is refused"))
        #expect(message { try writer.add("x/", bytes: []) }.hasPrefix("The archive: member \"x/\" is refused"))
        #expect(message { try writer.write(to: "/nowhere/x.zip") }.hasSuffix("No such file or directory."))
        #expect(message { try ZipWriter().write(to: "/nowhere/x.zip") } == "/nowhere/x.zip cannot be written: No such file or directory.")
        try writer.add("missing", file: "/nowhere/x")
        #expect(message { try writer.bytes() } == "/nowhere/x cannot be read: No such file or directory.")
    }
}
