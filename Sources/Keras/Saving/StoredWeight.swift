import HDF5

/// Numbers in an HDF5 file that are to become a weight. Nothing is read before their shape was compared with the weight's.
struct StoredWeight {
    let dataset: HDF5Dataset
    let dtype: DType

    /// - Throws: `KerasError.saving`, `.weightType` for elements that are no numbers.
    init(_ dataset: HDF5Dataset) throws {
        guard let dtype = DType(dataset.type) else {
            throw KerasError.saving(.weightType(file: dataset.place.file, weight: dataset.place.path, type: "\(dataset.type)"))
        }
        self.dataset = dataset
        self.dtype = dtype
    }

    var shape: [Int] { dataset.shape }

    /// The bytes that are to be read with this one.
    ///
    /// - Throws: `KerasError.saving`, `.limit` for more than the policy takes, `.hdf5` for numbers that the file does not have.
    func added(to bytes: Int, _ limits: LoadLimits, _ file: String) throws -> Int {
        try limits.check(.elements, dataset.count, \.elements, file)
        let (own, isTooLarge) = dataset.count.multipliedReportingOverflow(by: dtype.byteCount)
        let (sum, overflow) = bytes.addingReportingOverflow(own)
        try limits.check(.weightBytes, isTooLarge || overflow ? .max : sum, \.weightBytes, file)
        try KerasError.reading { try dataset.checkPresent() }
        return sum
    }

    /// The numbers, read into the engine's memory.
    func tensor() throws -> Tensor {
        try Tensor(shape: shape, dtype: dtype) { target in
            try KerasError.reading { try dataset.read(into: target, as: dataset.type) }
        }
    }
}

extension DType {
    /// The element type that holds what a file has; `nil` for texts and other bytes. Keras keeps bfloat16 as two bytes without meaning.
    init?(_ type: HDF5Type) {
        switch type {
        case .int8: self = .int8
        case .int16: self = .int16
        case .int32: self = .int32
        case .int64: self = .int64
        case .uint8: self = .uint8
        case .uint16: self = .uint16
        case .uint32: self = .uint32
        case .uint64: self = .uint64
        case .float16: self = .float16
        case .bfloat16, .opaque(size: 2): self = .bfloat16
        case .float32: self = .float32
        case .float64: self = .float64
        case .bool: self = .bool
        case .opaque, .fixedString, .string: return nil
        }
    }
}
