import Archive
import Testing

/// Messages that no file makes easily, and what they do with names that are not meant for people.
@Suite struct ArchiveMessageTests {
    @Test(arguments: [
        (.damagedArchive(file: "x.zip", .ambiguous), "x.zip is a damaged archive: its directory can be read in two ways."),
        (.damagedArchive(file: "x.zip", .library("No such thing")), "x.zip is a damaged archive: No such thing."),
        (.damagedMember(file: "x.zip", member: "m", .library("No such thing")), "x.zip: member \"m\" is damaged: No such thing."),
        (
            .limit(file: "x.zip", member: nil, .ratio, atMost: 200, got: 900),
            "x.zip takes 900 times its size unpacked; at most 200 times are taken."
        ),
        (.missingMember(file: "x.zip", member: "m", known: []), "x.zip has no member \"m\"; it has none."),
        (
            .missingMember(file: "x.zip", member: "m", known: (0..<10).map { "\($0)" }),
            "x.zip has no member \"m\"; it has \"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\" and 2 more."
        ),
        (
            .symbolicLink(file: "x.zip", member: "a\u{1b}[31m\n\u{202e}\"b"),
            "x.zip: member \"a\\u{1B}[31m\\n\\u{202E}\\\"b\" is a symbolic link; links are not followed."
        ),
        (
            .duplicateMember(file: "x.zip", member: String(repeating: "n", count: 101)),
            "x.zip has several members named \"\(String(repeating: "n", count: 100))…\"."
        ),
    ] as [(ArchiveError, String)])
    func messages(error: ArchiveError, text: String) {
        #expect(error.description == text)
    }
}
