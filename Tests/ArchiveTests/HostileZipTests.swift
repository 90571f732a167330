import Testing

@testable import Archive

/// One archive for each refusal.
struct HostileZip: CustomTestStringConvertible, Sendable {
    let message: String
    let bytes: [UInt8]

    init(_ message: String, _ archive: HandMadeZip) {
        self.message = message
        bytes = archive.bytes
    }

    init(_ message: String, _ member: HandMadeZip.Member, _ change: (inout HandMadeZip.Member) -> Void = { _ in }) {
        self.init(message, HandMadeZip(member.changed(change)))
    }

    var testDescription: String { message }

    static let names: [HostileZip] = [
        ("", "member \"\" is refused: it has no name."),
        ("/etc/passwd", "member \"/etc/passwd\" is refused: its name is absolute."),
        ("../x", "member \"../x\" is refused: its name has a part \"..\", which leads out of the archive."),
        ("a/../../x", "member \"a/../../x\" is refused: its name has a part \"..\", which leads out of the archive."),
        ("a/..", "member \"a/..\" is refused: its name has a part \"..\", which leads out of the archive."),
        ("a//x", "member \"a//x\" is refused: its name has an empty part or a part \".\"."),
        ("./x", "member \"./x\" is refused: its name has an empty part or a part \".\"."),
        ("a\\x", "member \"a\\x\" is refused: its name has a backslash."),
        ("C:x", "member \"C:x\" is refused: its name begins with a drive letter."),
        ("a\0b", "member \"a\\0b\" is refused: its name has a NUL."),
        ("größe", "member \"größe\" is refused: its name is not text in UTF-8, marked as such."),
    ].map { HostileZip("The archive: \($1)", .init($0)) }

    static let members: [HostileZip] = [
        HostileZip(
            "The archive: member \"\u{fffd}\" is refused: its name is not text in UTF-8, marked as such.",
            .init(nameBytes: [0xff]).changed { $0.flags = 1 << 11 }),
        HostileZip("The archive has several members named \"x\".", HandMadeZip(.init("x"), .init("x"))),
        HostileZip("The archive has several members named \"x\".", HandMadeZip(.init("x/", []), .init("x"))),
        HostileZip(
            "The archive has several members named \"e\u{301}\".",
            HandMadeZip(.init("\u{e9}").changed { $0.flags = 1 << 11 }, .init("e\u{301}").changed { $0.flags = 1 << 11 })),
        HostileZip("The archive: member \"x\" is encrypted; encrypted members are not read.", .init("x")) { $0.flags = 1 },
        HostileZip("The archive: member \"x\" is encrypted; encrypted members are not read.", .init("x")) { $0.flags = 1 << 6 },
        HostileZip("The archive: member \"x\" is packed by method 12; only stored (0) and deflated (8) members are read.", .init("x")) {
            $0.method = 12
        },
        HostileZip("The archive: member \"x\" is a symbolic link; links are not followed.", .init("x")) { $0.attributes = 0o120777 << 16 },
        HostileZip("The archive: member \"x\" is neither a file nor a folder.", .init("x")) { $0.attributes = 0o010644 << 16 },
        HostileZip("The archive: member \"x/\" is damaged: it is a folder, and has data.", .init("x/")),
        HostileZip("The archive: member \"x\" is damaged: 7 bytes cannot unpack to the 8 that it says it has.", .init("x")) { $0.size = 8 },
        HostileZip("The archive: member \"x\" is damaged: 7 bytes cannot unpack to the 100000 that it says it has.", .init("x")) {
            $0.method = 8
            $0.size = 100_000
        },
        HostileZip("The archive: member \"x\" is damaged: it is not where the directory says.", .init("x")) { $0.offset = 3 },
        HostileZip("The archive: member \"x\" is damaged: it is not where the directory says.", .init("x")) { $0.offset = 1 << 30 },
        HostileZip("The archive: member \"x\" is damaged: it is not where the directory says.", .init("x")) {
            $0.size = 1 << 20
            $0.compressedSize = 1 << 20
        },
        differing("name") { $0.localName = Array("y".utf8) },
        differing("flags") { $0.localFlags = 1 },
        differing("size") { $0.localSize = 6 },
        differing("CRC-32") { $0.localChecksum = 1 },
        HostileZip("The archive is a damaged archive: parts of it are in other files.", .init("x")) { $0.disk = 1 },
        HostileZip("The archive is a damaged archive: entry 0 of its directory cannot be read.", .init("x")) { $0.extra = [1, 0, 9] },
        HostileZip("The archive is a damaged archive: entry 0 of its directory cannot be read.", .init("x")) {
            $0.extra = record((1, 2), (8, 2), (-1, 8))
            $0.size = 0xffff_ffff
        },
    ]

    private static func differing(_ field: String, _ change: (inout HandMadeZip.Member) -> Void) -> HostileZip {
        HostileZip(
            "The archive: member \"x\" is damaged: its \(field) is not the same in the directory and in its own header.", .init("x"),
            change)
    }

    /// What is seen only when a member is read.
    static let contents: [HostileZip] = [
        HostileZip("The archive: member \"x\" is damaged: its CRC-32 is not what it should be.", .init("x")) { $0.checksum = 1 },
        packed("it says it has 8 bytes, and has 7") { $0.size = 8 },
        packed("it says it has 6 bytes, and has more") { $0.size = 6 },
        packed("its packed data cannot be unpacked") { $0.data[1] ^= 1 },
        packed("its CRC-32 is not what it should be") { $0.checksum ^= 1 },
    ]

    private static func packed(_ damage: String, _ change: (inout HandMadeZip.Member) -> Void) -> HostileZip {
        var member = HandMadeZip.Member("x")
        member.method = 8
        member.data = deflateBlock(member.data)
        member.compressedSize = member.data.count
        return HostileZip("The archive: member \"x\" is damaged: \(damage).", member, change)
    }

    static let archives: [HostileZip] = [
        HostileZip("The archive is a damaged archive: parts of it are in other files.", HandMadeZip(.init("x")).changed { $0.disk = 1 }),
        placed {
            $0.before = [0]
            $0.directoryOffset = 38
        },
        placed { $0.betweenDirectoryAndEnd = [0] },
        placed { $0.directoryOffset = 1 << 31 },
        placed { $0.directorySize = 46 },
        placed {
            // Another archive in the comment of the first.
            $0.comment = HandMadeZip(.init("y")).bytes
        },
        placed {
            $0.wideCount = 1
            $0.directoryOffset = 0xffff_ffff
        },
        HostileZip(
            "The archive is a damaged archive: its directory can be read in two ways.",
            HandMadeZip(.init("x")).changed { $0.wideCount = 2 }),
        sized { $0.count = 2 },
        sized { $0.count = 0 },
        sized {
            $0.count = 0xffff
            $0.wideCount = 1 << 16
        },
        HostileZip(
            "The archive has 4611686018427387904 members; at most 100000 are taken.",
            HandMadeZip(.init("x")).changed {
                $0.count = 0xffff
                $0.wideCount = 1 << 62
            }),
        HostileZip(
            "The archive is not a zip archive, or its end is missing.", HandMadeZip(.init("x")).changed { $0.commentLength = 1 }),
        overlapping,
    ]

    private static func placed(_ change: (inout HandMadeZip) -> Void) -> HostileZip {
        HostileZip("The archive is a damaged archive: its directory is not where its end says.", HandMadeZip(.init("x")).changed(change))
    }

    private static func sized(_ change: (inout HandMadeZip) -> Void) -> HostileZip {
        HostileZip(
            "The archive is a damaged archive: its directory does not have the size that its end says.",
            HandMadeZip(.init("x")).changed(change))
    }

    /// A member that lies in another one's data.
    private static var overlapping: HostileZip {
        let inner = HandMadeZip.Member("b", [])
        let outer = HandMadeZip.Member("a", inner.local)
        let place = outer.local.count
        return HostileZip(
            "The archive is a damaged archive: members \"a\" and \"b\" share bytes.",
            HandMadeZip(outer, inner.changed { $0.offset = place }))
    }
}

@Suite struct HostileZipTests {
    @Test(arguments: HostileZip.names + HostileZip.members + HostileZip.archives)
    func refusedWhenOpened(hostile: HostileZip) {
        #expect(message { try ZipReader(bytes: hostile.bytes) } == hostile.message)
    }

    @Test(arguments: HostileZip.contents)
    func refusedWhenRead(hostile: HostileZip) throws {
        let archive = try ZipReader(bytes: hostile.bytes)
        #expect(message { try archive.read("x") } == hostile.message)
        #expect(message { try archive.read("x") { _ in } } == hostile.message)
    }

    @Test(arguments: ["members.zip", "streamed.zip"])
    func noBeginningOfAnArchiveIsOne(name: String) throws {
        let whole = try ArchiveFixtures.bytes(name)
        for count in whole.indices {
            #expect(throws: ArchiveError.self, "the first \(count) bytes") { try ZipReader(bytes: Array(whole[..<count])) }
        }
    }

    @Test func whatIsNoArchive() {
        for bytes in [[], Array("PK".utf8), [UInt8](repeating: 0, count: 100_000)] {
            #expect(message { try ZipReader(bytes: bytes) } == "The archive is not a zip archive, or its end is missing.")
        }
    }
}
