extension ArchiveError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotRead(let file, let reason): "\(file) cannot be read: \(reason)."
        case .cannotWrite(let file, let reason): "\(file) cannot be written: \(reason)."
        case .limit(let file, let member, let limit, let most, let got):
            "\(place(file, member)) \(limit.text(atMost: most, got: got))."
        case .notArchive(let file): "\(file) is not a zip archive, or its end is missing."
        case .damagedArchive(let file, let damage): "\(file) is a damaged archive: \(damage)."
        case .memberName(let file, let member, let fault): "\(place(file, member)) is refused: \(fault)."
        case .duplicateMember(let file, let member): "\(file) has several members named \(quoted(member))."
        case .encryptedMember(let file, let member): "\(place(file, member)) is encrypted; encrypted members are not read."
        case .compressionMethod(let file, let member, let method):
            "\(place(file, member)) is packed by method \(method); only stored (0) and deflated (8) members are read."
        case .symbolicLink(let file, let member): "\(place(file, member)) is a symbolic link; links are not followed."
        case .specialFile(let file, let member): "\(place(file, member)) is neither a file nor a folder."
        case .damagedMember(let file, let member, let damage): "\(place(file, member)) is damaged: \(damage)."
        case .missingMember(let file, let member, let known):
            "\(file) has no member \(quoted(member)); it has \(known.isEmpty ? "none" : listed(known))."
        case .notArray(let file): "\(file) is not an .npy file: it does not begin as one."
        case .arrayVersion(let file, let major, let minor):
            "\(file) is written in version \(major).\(minor) of the .npy format; 1.0, 2.0 and 3.0 are read."
        case .arrayHeader(let file, let fault): "\(file) has a header that is not NumPy's: \(fault)."
        case .arrayType(let file, let description, let fault): "\(file) has elements of type \(quoted(description)): \(fault)."
        case .arrayShape(let file, let shape): "\(file) says it has the shape \(shape), which no memory holds."
        case .arraySize(let file, let shape, let expected, let got):
            "\(file) says it has the shape \(shape), which takes \(bytes(expected)); it has \(got)."
        case .arrayText(let file, let element): "\(file) has text in element \(element) that is not Unicode."
        case .notArrayMember(let file, let member): "\(place(file, member)) is not an array: its name does not end in .npy."
        case .elementCount(let shape, let expected, let got): "An array of shape \(shape) takes \(expected); it got \(got)."
        case .elementType(let stored, let wanted): "An array of type \(stored) cannot be read as \(wanted)."
        }
    }
}

extension ArchiveLimit {
    fileprivate func text(atMost most: Int, got: Int) -> String {
        switch self {
        case .members: "has \(got) members; at most \(most) are taken"
        case .nameBytes: "has a name of \(bytes(got)); at most \(most) are taken"
        case .directoryBytes: "has a directory of \(bytes(got)); at most \(most) are taken"
        case .memberBytes: "takes \(bytes(got)) unpacked; at most \(most) are taken"
        case .totalBytes: "has members that take \(bytes(got)) unpacked; at most \(most) are taken"
        case .ratio: "takes \(got) times its size unpacked; at most \(most) times are taken"
        case .headerBytes: "has a header of \(bytes(got)); at most \(most) are taken"
        case .rank: "has more axes than the \(most) that are taken"
        case .expectedBytes: "takes \(bytes(got)) unpacked; \(most) or less are expected"
        }
    }
}

extension ArchiveDamage: CustomStringConvertible {
    public var description: String {
        switch self {
        case .severalDisks: "parts of it are in other files"
        case .directoryPlace: "its directory is not where its end says"
        case .directorySize: "its directory does not have the size that its end says"
        case .directoryEntry(let index): "entry \(index) of its directory cannot be read"
        case .ambiguous: "its directory can be read in two ways"
        case .overlap(let first, let second): "members \(quoted(first)) and \(quoted(second)) share bytes"
        case .library(let text): text
        }
    }
}

extension MemberDamage: CustomStringConvertible {
    public var description: String {
        switch self {
        case .place: "it is not where the directory says"
        case .header(let field): "its \(field) is not the same in the directory and in its own header"
        case .checksum: "its CRC-32 is not what it should be"
        case .declaredSize(let packed, let unpacked): "\(bytes(packed)) cannot unpack to the \(unpacked) that it says it has"
        case .tooShort(let declared, let got): "it says it has \(bytes(declared)), and has \(got)"
        case .tooLong(let declared): "it says it has \(bytes(declared)), and has more"
        case .packedData: "its packed data cannot be unpacked"
        case .folderWithData: "it is a folder, and has data"
        case .library(let text): text
        }
    }
}

extension NameFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "it has no name"
        case .absolute: "its name is absolute"
        case .parent: "its name has a part \"..\", which leads out of the archive"
        case .emptyPart: "its name has an empty part or a part \".\""
        case .backslash: "its name has a backslash"
        case .drive: "its name begins with a drive letter"
        case .nul: "its name has a NUL"
        case .notText: "its name is not text in UTF-8, marked as such"
        }
    }
}

extension HeaderFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .endsEarly: "it ends too early"
        case .notText: "it is not text"
        case .expected(let what, let position): "\(what) is expected at byte \(position)"
        case .missingKey(let key): "there is no \(quoted(key))"
        case .repeatedKey(let key): "\(quoted(key)) stands there twice"
        case .unknownKey(let key): "\(quoted(key)) is none of its keys"
        case .numberTooLarge(let position): "the number at byte \(position) is too large"
        case .negativeSize(let position): "the size at byte \(position) is negative"
        }
    }
}

extension TypeFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .object: "Python objects are not read, since reading them runs code"
        case .complex: "complex numbers are not read"
        case .structured: "records of several fields are not read"
        case .void: "opaque bytes are not read"
        case .datetime: "dates are not read"
        case .timedelta: "spans of time are not read"
        case .longDouble: "floating-point numbers of more than 8 bytes are not read"
        case .unknown: "no such type is known"
        case .byteOrder: "it does not say the order of its bytes"
        case .noWidth: "its strings have no room for a character"
        }
    }
}

// MARK: Parts of messages

private func place(_ file: String, _ member: String?) -> String { member.map { "\(file): member \(quoted($0))" } ?? file }

private func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

/// Names come from files that are not trusted: nothing in one gets to a terminal as it is, and none fills it.
private func quoted(_ name: String) -> String {
    let longest = 100
    let shown = name.unicodeScalars.prefix(longest).map { scalar in
        scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format || scalar == "\""
            ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "\"\(shown.joined())\(name.unicodeScalars.count > longest ? "…" : "")\""
}

private func listed(_ names: [String]) -> String {
    let most = 8
    let shown = names.prefix(most).map(quoted).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
}
