import Synchronization

/// A group, a data set or a named type of a file.
final class StoredObject: Sendable {
    enum Kind {
        case group, dataset, type
    }

    let kind: Kind
    let header: ObjectHeader
    /// Told apart by it.
    let address: Int
    private let knownLinks = Mutex<StoredLinks?>(nil)
    private let knownAttributes = Mutex<StoredAttributes?>(nil)

    init(at address: Int, in file: StoredFile, _ place: HDF5Place) throws {
        self.address = address
        header = try ObjectHeader(at: address, in: file, place)
        if header.first(.symbolTable) != nil || header.first(.linkInfo) != nil {
            kind = .group
        } else if header.first(.dataspace) != nil {
            kind = .dataset
        } else if header.first(.datatype) != nil {
            kind = .type
        } else {
            throw HDF5Error.damaged(place, .header)
        }
    }

    /// Of a group: what lies in it.
    func links(in file: StoredFile, _ place: HDF5Place) throws -> StoredLinks {
        if let known = knownLinks.withLock({ $0 }) { return known }
        let links = try StoredLinks(of: header, in: file, place)
        knownLinks.withLock { $0 = links }
        return links
    }

    func attributes(in file: StoredFile, _ place: HDF5Place) throws -> StoredAttributes {
        if let known = knownAttributes.withLock({ $0 }) { return known }
        let attributes = try StoredAttributes(of: header, in: file, place)
        knownAttributes.withLock { $0 = attributes }
        return attributes
    }
}
