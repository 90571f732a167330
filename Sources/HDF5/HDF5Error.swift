/// What can be wrong with an HDF5 file: a closed set of facts.
public enum HDF5Error: Error, Hashable, Sendable {
    case cannotOpen(file: String, reason: String)
    case cannotCreate(file: String, reason: String)
    /// A file that was closed already.
    case closed(file: String)
    /// Something is to be made in a file that is read.
    case readOnly(file: String)
    /// Something is to be read in a file that is not closed yet.
    case beingWritten(file: String)
    case missing(HDF5Place, known: [String])
    /// A group where a data set is asked for, or the other way round.
    case wrongKind(HDF5Place, expected: String, got: String)
    /// Something that would lead out of the file, or run code: no model needs it.
    case refused(HDF5Place, HDF5Refusal)
    case unsupportedType(HDF5Place, type: String)
    /// Something that does not have the form that it should have.
    case damaged(HDF5Place, HDF5Part)
    /// A part of the format that no usual writer uses.
    case unsupportedForm(HDF5Place, form: String)
    /// Elements that cannot be read as what they are asked for.
    case elementType(HDF5Place, stored: HDF5Type, wanted: String)
    case shape(HDF5Place, expected: [Int], got: [Int])
    case byteCount(HDF5Place, expected: Int, got: Int)
    /// More than anybody expects: nothing was reserved for it.
    case tooLarge(HDF5Place, bytes: Int, limit: Int)
    case notText(HDF5Place)
    case invalidName(String)
    /// What the library could not do, in its words.
    case library(HDF5Place, action: String, reason: String)
}

/// What is not followed in files.
public enum HDF5Refusal: Hashable, Sendable {
    case softLink, externalLink, userLink
    /// A second name of something, where each thing has one.
    case secondName
    /// Numbers that lie in other files.
    case externalStorage
    case virtualDataset
    /// A filter other than those that libhdf5 has itself; its number.
    case filter(Int)
    /// Compressed more than once.
    case repeatedCompression
    /// Chunks far larger than the data.
    case chunkSize(bytes: Int)
    case rank(Int)
    /// Numbers that are declared, and not there.
    case missingNumbers
    /// The same parts are named over and over again.
    case repetition
}

/// The parts of a file that can be damaged.
public enum HDF5Part: Hashable, Sendable, CaseIterable {
    case header, links, attributes, type, shape, layout, filters, pieces, texts
}

extension HDF5Error: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotOpen(let file, let reason): "\(file) cannot be opened as an HDF5 file: \(reason)."
        case .cannotCreate(let file, let reason): "\(file) cannot be made: \(reason)."
        case .closed(let file): "\(file) is closed."
        case .readOnly(let file): "\(file) is open for reading; nothing can be made in it."
        case .beingWritten(let file): "\(file) is being written; it can be read when it is closed."
        case .missing(let place, let known):
            "There is no \(place)\(known.isEmpty ? "; nothing stands beside it" : "; there are \(listed(known))")."
        case .wrongKind(let place, let expected, let got): "\(place) is \(got), not \(expected)."
        case .refused(let place, let what): "\(place) is refused: \(what)."
        case .unsupportedType(let place, let type): "\(place) holds \(type), which is not read here."
        case .damaged(let place, let part): "\(place) is damaged: \(part)."
        case .unsupportedForm(let place, let form): "\(place) is written in a form of HDF5 that is not read here: \(form)."
        case .elementType(let place, let stored, let wanted): "\(place) holds \(stored); it cannot be read as \(wanted)."
        case .shape(let place, let expected, let got): "\(place) has shape \(got), not \(expected)."
        case .byteCount(let place, let expected, let got): "\(place) takes \(expected) bytes; there are \(got)."
        case .tooLarge(let place, let bytes, let limit): "\(place) says it has \(bytes) bytes; at most \(limit) are taken."
        case .notText(let place): "\(place) is not text in UTF-8."
        case .invalidName(let name): "\(quoted(name)) cannot be a name in an HDF5 file."
        case .library(let place, let action, let reason): "\(place): \(action) failed: \(reason)."
        }
    }
}

extension HDF5Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .softLink: "it is a soft link"
        case .externalLink: "it is a link to another file"
        case .secondName: "it is a second name of a group"
        case .userLink: "it is a link of a user's own kind"
        case .externalStorage: "its numbers lie in other files"
        case .virtualDataset: "it is put together from other data sets"
        case .filter(let number): "it is packed with filter \(number); only deflate, shuffle and checksums are read"
        case .repeatedCompression: "it is compressed more than once"
        case .chunkSize(let bytes): "it is cut into pieces of \(bytes) bytes, more than all of it takes"
        case .rank(let rank): "it has \(rank) axes"
        case .missingNumbers: "the file does not have all of its numbers"
        case .repetition: "the file names the same parts over and over again"
        }
    }
}

extension HDF5Part: CustomStringConvertible {
    public var description: String {
        switch self {
        case .header: "its header cannot be read"
        case .links: "the list of what is in it cannot be read"
        case .attributes: "its attributes cannot be read"
        case .type: "its type cannot be read"
        case .shape: "its shape cannot be read"
        case .layout: "its numbers are not where it says"
        case .filters: "how it is packed cannot be read"
        case .pieces: "its pieces cannot be read"
        case .texts: "its texts are not where it says"
        }
    }
}

/// Names come from files that are not trusted: nothing in one gets to a terminal as it is, and none fills it.
func quoted(_ name: String) -> String { "\"\(shown(name))\"" }

private func shown(_ name: String) -> String {
    let longest = 200
    let scalars = name.unicodeScalars.prefix(longest).map { scalar in
        let kind = scalar.properties.generalCategory
        return kind == .control || kind == .format ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return scalars.joined() + (name.unicodeScalars.count > longest ? "…" : "")
}

private func listed(_ names: [String]) -> String {
    let most = 40
    return names.prefix(most).map(shown).joined(separator: ", ") + (names.count > most ? ", …" : "")
}
