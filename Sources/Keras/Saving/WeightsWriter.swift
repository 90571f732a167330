import HDF5

/// Writes the states of a model in the layout of Keras' `.weights.h5`: for each part a group, and in its group `vars` the variables by
/// number.
///
/// Source: `keras.src.saving.saving_lib`, `H5IOStore`.
struct WeightsWriter {
    private let file: HDF5File

    init(_ file: HDF5File) { self.file = file }

    func write(_ states: [SavedState]) throws {
        for state in states {
            switch state.owner {
            case .layer, .copy, .optimizer: try add(state.path, name: state.name, state.variables)
            case .kept: try add(state.path, name: nil, state.variables)
            case .metrics(let own):
                for (index, metric) in own.metrics.enumerated() where metric.isBuilt {
                    try add(StateWalk.join(state.path, "\(index)"), name: nil, metric.variables)
                }
            }
        }
    }

    private func add(_ path: String, name: String?, _ variables: [Variable]) throws {
        let group = try Self.group(path, name: name, in: file)
        for (index, variable) in variables.enumerated() { try Self.add(variable, as: "\(index)", to: group) }
    }

    /// The group for a part's variables.
    static func group(_ path: String, name: String?, in file: HDF5File) throws -> HDF5Group {
        let group = try file.root.createGroup(StateWalk.join(path, "vars"))
        if let name { try group.attributes.set("name", to: name) }
        return group
    }

    static func add(_ variable: Variable, as key: String, to group: HDF5Group) throws {
        let value = variable.rawValue
        try value.withUnsafeBytes { bytes in
            let set = try group.createDataset(key, shape: value.shape, type: HDF5Type(savedAs: value.dtype), bytes: bytes)
            if value.dtype == .bfloat16 { try set.attributes.set("dtype", to: value.dtype.rawValue) }
        }
    }
}

extension HDF5Type {
    /// How Keras keeps elements of a type. NumPy has no bfloat16: h5py keeps its bytes, without saying what they are.
    init(savedAs dtype: DType) {
        self = switch dtype {
        case .bool: .bool
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .float16: .float16
        case .bfloat16: .opaque(size: dtype.byteCount)
        case .float32: .float32
        case .float64: .float64
        }
    }
}
