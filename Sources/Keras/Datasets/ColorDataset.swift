/// A published set of coloured images of 32 × 32 in records: one or two class numbers, then all red, all green, all blue bytes.
struct ColorDataset {
    let title: String
    /// The archive, `cifar-10-binary.tar.gz`; the name in Keras' cache too.
    let archive: String
    let address: String
    let sha256: String
    /// The folder in the archive.
    let folder: String
    let trainFiles: [String]
    let testFiles: [String]
    /// How many class numbers a record has, which of them is asked for, and how many classes there are.
    let labels: (count: Int, index: Int, classes: Int)
    /// Keras' folder; tests have their own.
    var home = FileTools.kerasHome

    private static let side = 32
    private static let channels = 3
    private static var pixels: Int { side * side }
    private var recordSize: Int { labels.count + ColorDataset.channels * ColorDataset.pixels }

    /// - Parameter folder: where the archive lies, or its files; nil: Keras' cache, the network.
    func load(from folder: String?) throws -> (train: Examples, test: Examples) {
        let files = try contents(folder)
        func examples(_ names: [String]) throws -> Examples { try self.examples(names.map { (path: $0, bytes: files[$0] ?? []) }) }
        return (try examples(trainFiles), try examples(testFiles))
    }

    /// The files' bytes, by name.
    private func contents(_ place: String?) throws -> [String: [UInt8]] {
        let names = trainFiles + testFiles
        // Ten times what the largest published file has.
        let limit = 10 * 50_000 * recordSize
        guard let place else {
            let file = PublishedFile(
                what: title, name: archive, folder: "datasets", address: address, checksum: .sha256(sha256),
                remedy: "Give the folder of \(archive) or of its files: load(from: \"folder\").", home: home)
            return try unpack(file.fetched(), names, limit)
        }
        for folder in [place, "\(place)/\(folder)"] where FileTools.exists("\(folder)/\(names[0])") {
            return Dictionary(uniqueKeysWithValues: try names.map { name in
                guard FileTools.exists("\(folder)/\(name)") else { throw KerasError.data(.missingFile(folder: folder, file: name)) }
                return (name, try FileTools.bytes(of: "\(folder)/\(name)", limit: limit))
            })
        }
        let path = "\(place)/\(archive)"
        guard FileTools.exists(path) else { throw KerasError.data(.missingFile(folder: place, file: "\(archive), and no \(names[0])")) }
        return try unpack(path, names, limit)
    }

    private func unpack(_ path: String, _ names: [String], _ limit: Int) throws -> [String: [UInt8]] {
        let members = try TarArchive.read(path, members: names.map { "\(folder)/\($0)" }, limit: limit)
        return Dictionary(uniqueKeysWithValues: members.map { (String($0.key.dropFirst(folder.count + 1)), $0.value) })
    }

    private func examples(_ files: [(path: String, bytes: [UInt8])]) throws -> Examples {
        let (pixels, channels, side, size) = (ColorDataset.pixels, ColorDataset.channels, ColorDataset.side, recordSize)
        for file in files where file.bytes.isEmpty || file.bytes.count % size != 0 {
            throw KerasError.data(.records(path: file.path, recordSize: size, got: file.bytes.count))
        }
        let count = files.reduce(0) { $0 + $1.bytes.count / size }
        var classes: [UInt8] = []
        classes.reserveCapacity(count)
        for file in files {
            for record in 0..<(file.bytes.count / size) {
                let label = file.bytes[record * size + labels.index]
                guard label < labels.classes else {
                    throw KerasError.data(.label(path: file.path, record: record, classes: labels.classes, got: Int(label)))
                }
                classes.append(label)
            }
        }
        let channelsLast = imageDataFormat() == .channelsLast
        let shape = channelsLast ? [count, side, side, channels] : [count, channels, side, side]
        let x = try Tensor(shape: shape, dtype: .uint8) { target in
            var start = 0
            for file in files {
                file.bytes.withUnsafeBytes { bytes in
                    for record in stride(from: labels.count, to: bytes.count, by: size) {
                        let image = UnsafeRawBufferPointer(rebasing: bytes[record..<(record + channels * pixels)])
                        let place = UnsafeMutableRawBufferPointer(rebasing: target[start..<(start + image.count)])
                        if channelsLast { interleave(image, into: place) } else { place.copyMemory(from: image) }
                        start += image.count
                    }
                }
            }
        }
        return Examples(x: x, y: try Tensor(classes, shape: [count, 1], dtype: .uint8))
    }

    /// From planes of colours to pixels.
    private func interleave(_ planes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) {
        let pixels = ColorDataset.pixels
        var place = 0
        for pixel in 0..<pixels {
            target[place] = planes[pixel]
            target[place &+ 1] = planes[pixel &+ pixels]
            target[place &+ 2] = planes[pixel &+ 2 &* pixels]
            place &+= 3
        }
    }
}
