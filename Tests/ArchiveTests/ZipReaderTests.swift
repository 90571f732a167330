import Archive
import Foundation
import Testing

@Suite struct ZipReaderTests {
    @Test func membersThatPythonWrote() throws {
        let archive = try ZipReader(path: ArchiveFixtures.path("members.zip"))
        #expect(archive.members.map(\.name) == ["config.json", "assets/größe.txt"])
        #expect(archive.members.map(\.size) == [8, 8])
        #expect(archive.members.map(\.compression) == [.stored, .deflated])
        #expect(archive["config.json"]?.compressedSize == 8)
        #expect(try archive.read("config.json") == Array("{\"a\": 1}".utf8))
        #expect(try archive.read("assets/größe.txt", atMost: 8) == Array("wörter\n".utf8))
        #expect(archive["assets"] == nil)
    }

    @Test func sizesThatFollowTheData() throws {
        let archive = try ZipReader(path: ArchiveFixtures.path("streamed.zip"))
        #expect(try archive.read("first") == Array(String(repeating: "one", count: 50).utf8))
        #expect(try archive.read("second") == Array("two".utf8))
    }

    @Test func anArchiveInMemoryIsTheSame() throws {
        let archive = try ZipReader(bytes: ArchiveFixtures.bytes("members.zip"))
        #expect(try archive.members == ZipReader(path: ArchiveFixtures.path("members.zip")).members)
        #expect(try archive.read("config.json").count == 8)
    }

    @Test func piecesAndFiles() throws {
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        var writer = ZipWriter()
        try writer.add("large", bytes: content, compression: .deflated)
        let archive = try ZipReader(bytes: writer.bytes())
        var pieces: [UInt8] = []
        try archive.read("large") { pieces += $0 }
        #expect(pieces == content)
        try ArchiveFixtures.withFolder { folder in
            try archive.extract("large", to: "\(folder)/large")
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/large"))) == content)
        }
    }

    @Test func recordsOfEightBytes() throws {
        let content = Array("content".utf8)
        let member = HandMadeZip.Member("x").changed {
            $0.extra = record((1, 2), (16, 2), (content.count, 8), (content.count, 8))
            $0.localExtra = $0.extra
            $0.size = 0xffff_ffff
            $0.compressedSize = 0xffff_ffff
        }
        let archive = try ZipReader(bytes: HandMadeZip(member).changed { $0.wideCount = 1 }.bytes)
        #expect(archive["x"]?.size == content.count)
        #expect(try archive.read("x") == content)
    }

    @Test func anEmptyArchive() throws {
        #expect(try ZipReader(bytes: HandMadeZip().bytes).members == [])
    }

    @Test func memberOfNoBytes() throws {
        #expect(try ZipReader(bytes: HandMadeZip(.init("x", [])).bytes).read("x") == [])
    }

    @Test func unknownMembersAndWhatIsNoFile() {
        let path = ArchiveFixtures.path("members.zip")
        #expect(
            message { try ZipReader(path: path).read("x") }
                == "\(path) has no member \"x\"; it has \"config.json\", \"assets/größe.txt\".")
        #expect(message { try ZipReader(path: "/nowhere/x.zip") } == "/nowhere/x.zip cannot be read: No such file or directory.")
        #expect(message { try ZipReader(path: "/tmp") } == "/tmp cannot be read: it is not a file.")
        #expect(message { try ZipReader(path: "/dev/zero") } == "/dev/zero cannot be read: it is not a file.")
    }

    @Test func moreThanExpected() throws {
        let archive = try ZipReader(bytes: HandMadeZip(.init("x")).bytes)
        #expect(message { try archive.read("x", atMost: 6) } == "The archive: member \"x\" takes 7 bytes unpacked; 6 or less are expected.")
    }

    // MARK: Limits

    @Test(arguments: [
        (\ArchiveLimits.members, 1, "The archive has 2 members; at most 1 are taken."),
        (\.nameBytes, 3, "The archive has a name of 4 bytes; at most 3 are taken."),
        (\.directoryBytes, 99, "The archive has a directory of 100 bytes; at most 99 are taken."),
        (\.memberBytes, 6, "The archive: member \"long\" takes 7 bytes unpacked; at most 6 are taken."),
        (\.totalBytes, 13, "The archive has members that take 14 bytes unpacked; at most 13 are taken."),
    ] as [(WritableKeyPath<ArchiveLimits, Int> & Sendable, Int, String)])
    func limits(limit: WritableKeyPath<ArchiveLimits, Int> & Sendable, most: Int, text: String) throws {
        var limits = ArchiveLimits()
        limits[keyPath: limit] = most
        let archive = HandMadeZip(.init("long"), .init("next")).bytes
        #expect(message { try ZipReader(bytes: archive, limits: limits) } == text)
        limits[keyPath: limit] += 1
        #expect(throws: Never.self) { try ZipReader(bytes: archive, limits: limits) }
    }

    @Test func bombs() throws {
        var writer = ZipWriter()
        try writer.add("zeros", bytes: [UInt8](repeating: 0, count: 1 << 20), compression: .deflated)
        let archive = try writer.bytes()
        var limits = ArchiveLimits()
        #expect(throws: Never.self) { try ZipReader(bytes: archive, limits: limits) }
        limits.ratioFreeBytes = 1 << 19
        #expect(message { try ZipReader(bytes: archive, limits: limits) }
            .hasPrefix("The archive: member \"zeros\" takes 10"))
        limits.ratio = 2000
        #expect(throws: Never.self) { try ZipReader(bytes: archive, limits: limits) }
    }
}
