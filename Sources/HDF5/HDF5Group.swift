/// A folder in an HDF5 file: names that lead to data sets and to other groups.
///
/// ```swift
/// let dense = try file.root.group("layers/dense/vars")
/// for name in try dense.names() { … }
/// ```
///
/// A file that is being written is not read: its groups throw `HDF5Error.beingWritten` then, those of a file that is read
/// `.readOnly` when something is to be made in them.
public struct HDF5Group: Sendable {
    public let place: HDF5Place
    let object: HDF5Object

    init(_ object: HDF5Object, _ place: HDF5Place) {
        self.object = object
        self.place = place
    }

    public var attributes: HDF5Attributes { HDF5Attributes(object, place) }

    /// The names of what lies in the group, sorted.
    public func names() throws -> [String] {
        let (group, file) = try object.stored(place)
        return try group.links(in: file, place).names
    }

    /// Tells groups apart: two paths that lead to the same group have one number.
    public func identity() throws -> Int { try object.stored(place).object.address }

    /// Whether there is something of this path, `dense/kernel`.
    public func contains(_ path: String) throws -> Bool {
        do {
            _ = try find(path)
            return true
        } catch HDF5Error.missing {
            return false
        }
    }

    /// What stands at a path: steps from group to group, separated by `/`.
    ///
    /// - Throws: `HDF5Error.missing`; `.refused` for a step that is not a plain link; `.wrongKind` for one that is not a group;
    ///   `.damaged`.
    public func item(_ path: String) throws -> HDF5Item {
        let (object, file, place) = try find(path)
        switch object.kind {
        case .group: return .group(HDF5Group(.stored(object, file), place))
        case .dataset: return .dataset(try HDF5Dataset(object, in: file, place))
        case .type: throw HDF5Error.wrongKind(place, expected: "a group or a data set", got: "a named type")
        }
    }

    /// The group of a path.
    ///
    /// - Throws: as ``item(_:)``; `HDF5Error.wrongKind` for a data set.
    public func group(_ path: String) throws -> HDF5Group {
        switch try item(path) {
        case .group(let group): return group
        case .dataset(let dataset): throw HDF5Error.wrongKind(dataset.place, expected: "a group", got: "a data set")
        }
    }

    /// The data set of a path.
    ///
    /// - Throws: as ``item(_:)``; `HDF5Error.wrongKind` for a group; what ``HDF5Dataset`` does not read.
    public func dataset(_ path: String) throws -> HDF5Dataset {
        switch try item(path) {
        case .dataset(let dataset): return dataset
        case .group(let group): throw HDF5Error.wrongKind(group.place, expected: "a data set", got: "a group")
        }
    }

    /// Follows plain links only.
    private func find(_ path: String) throws -> (StoredObject, StoredFile, HDF5Place) {
        var (object, file) = try object.stored(place)
        var place = place
        for step in path.split(separator: "/").map(String.init) where step != "." {
            guard object.kind == .group else { throw HDF5Error.wrongKind(place, expected: "a group", got: "a data set") }
            let links = try object.links(in: file, place)
            place = place.child(step)
            switch links[step] {
            case nil: throw HDF5Error.missing(place, known: links.names)
            case .refused(let refusal): throw HDF5Error.refused(place, refusal)
            case .object(let address): object = try file.object(at: address, place)
            }
        }
        return (object, file, place)
    }
}

/// What a name in a group leads to.
public enum HDF5Item: Sendable {
    case group(HDF5Group)
    case dataset(HDF5Dataset)
}
