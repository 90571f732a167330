/// What can be wrong with an archive or a NumPy file: a closed set of facts. The text of each is made in `ArchiveError+Message.swift`.
///
/// `file` is the path, or what the caller calls the bytes; for an array in an archive the member's name follows.
public enum ArchiveError: Error, Hashable, Sendable {
    // MARK: Files

    case cannotRead(file: String, reason: String)
    case cannotWrite(file: String, reason: String)
    /// More than the ``ArchiveLimits`` take.
    case limit(file: String, member: String?, ArchiveLimit, atMost: Int, got: Int)

    // MARK: Archives

    case notArchive(file: String)
    case damagedArchive(file: String, ArchiveDamage)
    case memberName(file: String, member: String, NameFault)
    case duplicateMember(file: String, member: String)
    case encryptedMember(file: String, member: String)
    /// Neither stored nor deflated: the number of the method.
    case compressionMethod(file: String, member: String, method: Int)
    case symbolicLink(file: String, member: String)
    /// A pipe, a device, a socket.
    case specialFile(file: String, member: String)
    case damagedMember(file: String, member: String, MemberDamage)
    case missingMember(file: String, member: String, known: [String])

    // MARK: Arrays

    case notArray(file: String)
    case arrayVersion(file: String, major: Int, minor: Int)
    case arrayHeader(file: String, HeaderFault)
    case arrayType(file: String, description: String, TypeFault)
    /// A shape whose bytes cannot be counted.
    case arrayShape(file: String, shape: [Int])
    /// The shape takes another number of bytes than follow it.
    case arraySize(file: String, shape: [Int], expected: Int, got: Int)
    /// Text with a number in it that is no Unicode scalar.
    case arrayText(file: String, element: Int)
    /// A member of an `.npz` that is no `.npy`.
    case notArrayMember(file: String, member: String)

    // MARK: Arrays in memory

    case elementCount(shape: [Int], expected: Int, got: Int)
    case elementType(stored: NumpyType, wanted: String)
}

/// How an archive as a whole is damaged.
public enum ArchiveDamage: Hashable, Sendable {
    /// Parts of it lie in other files.
    case severalDisks
    /// The directory does not lie where its end says it does, or other bytes stand before or behind it.
    case directoryPlace
    /// The directory ends before all its entries were read, or goes on behind them.
    case directorySize
    case directoryEntry(Int)
    /// libzip sees another directory than is seen here.
    case ambiguous
    case overlap(first: String, second: String)
    /// What libzip says of it.
    case library(String)
}

/// How a member is damaged.
public enum MemberDamage: Hashable, Sendable {
    /// Its data do not lie where the directory says.
    case place
    /// Its own header says something else than the directory.
    case header(field: String)
    case checksum
    /// The declared size is none that these data can have.
    case declaredSize(packed: Int, unpacked: Int)
    case tooShort(declared: Int, got: Int)
    case tooLong(declared: Int)
    case packedData
    case folderWithData
    case library(String)
}

/// Why a member's name is not taken.
public enum NameFault: Hashable, Sendable, CaseIterable {
    case empty, absolute, parent, emptyPart, backslash, drive, nul, notText
}

/// What is wrong with the text at an array's beginning.
public enum HeaderFault: Hashable, Sendable {
    case endsEarly
    case notText
    /// What should stand at a byte of it.
    case expected(String, at: Int)
    case missingKey(String)
    case repeatedKey(String)
    case unknownKey(String)
    case numberTooLarge(at: Int)
    case negativeSize(at: Int)
}

/// Why an array's element type is not taken.
public enum TypeFault: Hashable, Sendable, CaseIterable {
    case object, complex, structured, void, datetime, timedelta, longDouble, unknown
    /// No byte order where there are several.
    case byteOrder
    /// Strings without room for a character.
    case noWidth
}
