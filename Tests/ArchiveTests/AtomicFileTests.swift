import Archive
import Foundation
import Testing

@Suite struct AtomicFileTests {
    private struct Stop: Error {}

    private func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    private func files(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    @Test func theNewFileTakesTheOldOnesPlace() throws {
        try ArchiveFixtures.withFolder { folder in
            let path = "\(folder)/x"
            for text in ["old", "new"] {
                let result = try AtomicFile.replace(path) { temporary in
                    #expect(temporary != path && temporary.hasPrefix(path))
                    try write(text, temporary)
                    return text.count
                }
                #expect(result == 3)
                #expect(try read(path) == text)
            }
            #expect(try files(folder) == ["x"])
        }
    }

    @Test func afterAFailureTheOldFileIsThere() throws {
        try ArchiveFixtures.withFolder { folder in
            let path = "\(folder)/x"
            try write("old", path)
            #expect(throws: Stop.self) {
                try AtomicFile.replace(path) { temporary in
                    try write("half", temporary)
                    throw Stop()
                }
            }
            #expect(try read(path) == "old")
            #expect(try files(folder) == ["x"])
        }
    }

    @Test func permissionsAndLinksStay() throws {
        try ArchiveFixtures.withFolder { folder in
            let path = "\(folder)/x", link = "\(folder)/link"
            try write("old", path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            try AtomicFile.replace(link) { try write("new", $0) }
            #expect(try read(path) == "new")
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
        }
    }

    /// What `replace` would refuse is refused before the work; nothing is left behind.
    @Test func checks() throws {
        #expect(message { try AtomicFile.check("/nowhere/x") } == "/nowhere/x cannot be written: No such file or directory.")
        try ArchiveFixtures.withFolder { folder in
            try write("old", "\(folder)/x")
            try AtomicFile.check("\(folder)/x")
            try AtomicFile.check("\(folder)/y")
            #expect(message { try AtomicFile.check(folder) } == "\(folder) cannot be written: it is not a file.")
            #expect(try files(folder) == ["x"])
            #expect(try read("\(folder)/x") == "old")
        }
    }

    @Test func whatCannotBeReplaced() throws {
        #expect(message { try AtomicFile.replace("/nowhere/x") { _ in } } == "/nowhere/x cannot be written: No such file or directory.")
        try ArchiveFixtures.withFolder { folder in
            let path = "\(folder)/inner"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            #expect(message { try AtomicFile.replace(path) { try write("x", $0) } } == "\(path) cannot be written: it is not a file.")
            #expect(try files(folder) == ["inner"])
        }
    }
}
