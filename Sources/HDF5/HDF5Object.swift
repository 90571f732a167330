/// What a group, a data set or an attribute's owner is: a part of a file that is read, or one of libhdf5's in a file that is written.
enum HDF5Object: Sendable {
    case stored(StoredObject, StoredFile)
    case written(Handle)

    /// - Throws: `HDF5Error.readOnly`.
    func handle(_ place: HDF5Place) throws -> Handle {
        guard case .written(let handle) = self else { throw HDF5Error.readOnly(file: place.file) }
        return handle
    }

    /// - Throws: `HDF5Error.beingWritten`.
    func stored(_ place: HDF5Place) throws -> (object: StoredObject, file: StoredFile) {
        guard case .stored(let object, let file) = self else { throw HDF5Error.beingWritten(file: place.file) }
        return (object, file)
    }
}
