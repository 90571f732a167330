import CZip

/// A member's bytes while they are unpacked.
final class MemberStream: ByteStream {
    let name: String
    private(set) var remaining: Int
    private let archive: ZipReader
    private let member: ZipMember
    private let file: OpaquePointer

    init(_ archive: ZipReader, _ handle: OpaquePointer, number: Int, _ member: ZipMember) throws {
        guard let file = zip_fopen_index(handle, UInt64(number), ZIP_FL_UNCHANGED) else {
            throw ArchiveError.damagedMember(file: archive.name, member: member.name, .library(String(cString: zip_strerror(handle))))
        }
        self.archive = archive
        self.member = member
        self.file = file
        name = "\(archive.name): \(member.name)"
        remaining = member.size
    }

    deinit { zip_fclose(file) }

    func read(into target: UnsafeMutableRawBufferPointer) throws {
        var done = 0
        while done < target.count {
            let got = zip_fread(file, target.baseAddress! + done, UInt64(target.count - done))
            if got < 0 { throw failure(after: done) }
            if got == 0 { throw tooShort(after: done) }
            done += Int(got)
        }
        remaining -= done
    }

    /// libzip compares the CRC-32 when it meets the end.
    func finish() throws {
        var extra: UInt8 = 0
        let got = zip_fread(file, &extra, 1)
        if got < 0 { throw failure(after: 0) }
        if got > 0 { throw damaged(.tooLong(declared: member.size)) }
    }

    private func damaged(_ damage: MemberDamage) -> ArchiveError {
        .damagedMember(file: archive.name, member: member.name, damage)
    }

    private func tooShort(after done: Int) -> ArchiveError {
        damaged(.tooShort(declared: member.size, got: member.size - remaining + done))
    }

    /// - Parameter done: what this read got before it failed.
    private func failure(after done: Int) -> ArchiveError {
        switch zip_error_code_zip(zip_file_get_error(file)) {
        case ZIP_ER_CRC: damaged(.checksum)
        case ZIP_ER_ZLIB, ZIP_ER_COMPRESSED_DATA: damaged(.packedData)
        case ZIP_ER_EOF, ZIP_ER_INCONS: tooShort(after: done)
        case ZIP_ER_READ, ZIP_ER_SEEK: .cannotRead(file: archive.name, reason: String(cString: zip_file_strerror(file)))
        default: damaged(.library(String(cString: zip_file_strerror(file))))
        }
    }
}
