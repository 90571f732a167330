import CHDF5

/// A folder in an HDF5 file: names that lead to data sets and to other groups.
///
/// ```swift
/// let dense = try file.root.group("layers/dense/vars")
/// for name in try dense.names() { … }
/// ```
public struct HDF5Group: Sendable {
    public let place: HDF5Place
    let handle: Handle

    init(_ handle: Handle, _ place: HDF5Place) {
        self.handle = handle
        self.place = place
    }

    public var attributes: HDF5Attributes { HDF5Attributes(handle, place) }

    /// The names of what lies in the group, sorted.
    public func names() throws -> [String] {
        try Library.locked {
            let count = chdf5_link_count(handle.id)
            guard count >= 0 else { throw place.failed("listing")(Library.lastFailure()) }
            return try (0..<UInt64(count)).map { index in
                try name(place) { chdf5_link_name(handle.id, index, $0, $1) }
            }
        }
    }

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
    /// - Throws: `HDF5Error.missing`; `.refused` for a step that is not a plain link; `.wrongKind` for one that is not a group.
    public func item(_ path: String) throws -> HDF5Item {
        let (object, place) = try find(path)
        return switch Library.locked({ H5Iget_type(object.id) }) {
        case H5I_GROUP: .group(HDF5Group(object, place))
        case H5I_DATASET: .dataset(try HDF5Dataset(object, place))
        default: throw HDF5Error.wrongKind(place, expected: "a group or a data set", got: "a named type")
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
    private func find(_ path: String) throws -> (Handle, HDF5Place) {
        try Library.locked {
            var (object, place) = (handle, place)
            for step in path.split(separator: "/").map(String.init) where step != "." {
                if H5Iget_type(object.id) != H5I_GROUP {
                    throw HDF5Error.wrongKind(place, expected: "a group", got: "a data set")
                }
                let group = HDF5Group(object, place)
                place = place.child(step)
                // The library takes a name as far as its first zero byte.
                guard !step.utf8.contains(0), H5Lexists(object.id, step, defaults) > 0 else {
                    throw HDF5Error.missing(place, known: try group.names())
                }
                switch chdf5_link_kind(object.id, step) {
                case Int32(H5L_TYPE_HARD.rawValue): break
                case Int32(H5L_TYPE_SOFT.rawValue): throw HDF5Error.refused(place, .softLink)
                case Int32(H5L_TYPE_EXTERNAL.rawValue): throw HDF5Error.refused(place, .externalLink)
                case ..<0: throw place.failed("following a link")(Library.lastFailure())
                default: throw HDF5Error.refused(place, .userLink)
                }
                object = try Handle.object(H5Oopen(object.id, step, defaults), place.failed("opening"))
            }
            return (object, place)
        }
    }

    // MARK: Writing

    /// Makes a group, and those it lies in.
    ///
    /// - Throws: `HDF5Error.invalidName`; `.library` if there is something of the name already.
    @discardableResult
    public func createGroup(_ path: String) throws -> HDF5Group {
        try Library.locked {
            let (parent, name) = try parent(of: path)
            let place = parent.place.child(name)
            let made = H5Gcreate2(parent.handle.id, name, defaults, defaults, defaults)
            return HDF5Group(try Handle.object(made, place.failed("making a group")), place)
        }
    }

    /// The group that a new thing of this path lies in, made if need be, and the thing's own name.
    func parent(of path: String) throws -> (HDF5Group, name: String) {
        var steps = path.split(separator: "/").map(String.init)
        guard let name = steps.popLast(), !(steps + [name]).contains(where: { $0 == "." || $0.utf8.contains(0) }) else {
            throw HDF5Error.invalidName(path)
        }
        var group = self
        for step in steps {
            group = try group.contains(step) ? group.group(step) : group.createGroup(step)
        }
        return (group, name)
    }
}

/// What a name in a group leads to.
public enum HDF5Item: Sendable {
    case group(HDF5Group)
    case dataset(HDF5Dataset)
}

/// A name that the library writes: asked for its length first.
func name(_ place: HDF5Place, _ write: (UnsafeMutablePointer<CChar>?, Int) -> Int) throws -> String {
    let length = write(nil, 0)
    guard length >= 0 else { throw place.failed("listing")(Library.lastFailure()) }
    var characters = [CChar](repeating: 0, count: length + 1)
    guard write(&characters, length + 1) >= 0 else { throw place.failed("listing")(Library.lastFailure()) }
    guard let text = String(validating: characters.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) else {
        throw HDF5Error.notText(place)
    }
    return text
}
