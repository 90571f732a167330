import Synchronization
import Tensors

/// How training and prediction are dealt out to several devices of one process. XLA does the work; results are those of one device.
///
/// - Source: `keras.distribution.Distribution`.
public protocol Distribution: Sendable {
    var deviceMesh: DeviceMesh { get }
    /// The mesh's axis that batches are split along.
    var batchDimName: String { get }
    /// How a variable of this path and shape is split; nil: it is whole on every device.
    func variableLayout(path: String, shape: [Int]) throws -> TensorLayout?
}

extension Distribution {
    /// How a batch of this shape is split.
    public func dataLayout(shape: [Int]) -> TensorLayout { TensorLayout(shape.indices.map { $0 == 0 ? batchDimName : nil }) }

    /// How many times the model is there.
    public var modelReplicaCount: Int { zip(deviceMesh.axisNames, deviceMesh.shape).first { $0.0 == batchDimName }?.1 ?? 1 }

    package var dealing: Dealing {
        Dealing(grid: deviceMesh.grid, batchAxis: batchDimName) { variable in
            try variableLayout(path: variable.path, shape: variable.shape)?.axes
        }
    }
}

/// Every device has all variables and takes a part of each batch.
///
/// ```swift
/// try setBackend(.xla(deviceCount: 4))
/// try setDistribution(DataParallel())
/// ```
///
/// - Source: `keras.distribution.DataParallel`.
public struct DataParallel: Distribution {
    public let deviceMesh: DeviceMesh
    public let batchDimName: String

    /// - Parameter devices: nil: all that there are.
    public init(devices: [String]? = nil) throws {
        try self.init(deviceMesh: DeviceMesh([devices?.count ?? listDevices().count], axisNames: ["batch"], devices: devices))
    }

    /// - Parameter deviceMesh: of one axis; of several the first one splits batches.
    public init(deviceMesh: DeviceMesh) {
        self.deviceMesh = deviceMesh
        batchDimName = deviceMesh.axisNames[0]
    }

    public func variableLayout(path: String, shape: [Int]) -> TensorLayout? { nil }
}

/// Variables are split too, by their paths.
///
/// ```swift
/// let mesh = try DeviceMesh([2, 2], axisNames: ["batch", "model"])
/// var layouts = LayoutMap(mesh)
/// try layouts.set(".*dense.*kernel", [nil, "model"])
/// try setDistribution(ModelParallel(layoutMap: layouts))
/// ```
///
/// - Source: `keras.distribution.ModelParallel`.
public struct ModelParallel: Distribution {
    public let layoutMap: LayoutMap
    public let batchDimName: String
    public var deviceMesh: DeviceMesh { layoutMap.deviceMesh }

    /// - Parameter batchDimName: the mesh's axis that batches are split along; nil: the first one.
    /// - Throws: `KerasError.invalidSetting` for a name that the mesh does not have.
    public init(layoutMap: LayoutMap, batchDimName: String? = nil) throws {
        let names = layoutMap.deviceMesh.axisNames
        let name = batchDimName ?? names[0]
        guard names.contains(name) else {
            throw KerasError.invalidSetting(object: "ModelParallel", argument: "batchDimName", expected: "one of \(names)", got: "\"\(name)\"")
        }
        self.layoutMap = layoutMap
        self.batchDimName = name
    }

    /// - Throws: `KerasError.invalidSetting` if several patterns match the path, or the layout does not suit the shape.
    public func variableLayout(path: String, shape: [Int]) throws -> TensorLayout? {
        guard let layout = try layoutMap.layout(of: path) else { return nil }
        func wrong(_ expected: String) -> KerasError {
            .invalidSetting(object: "the layout of variable \"\(path)\"", argument: "axes", expected: expected, got: "\(layout.axes.map { $0 ?? "nil" })")
        }
        guard layout.axes.count == shape.count else { throw wrong("one entry for each axis of \(shape)") }
        for (size, name) in zip(shape, layout.axes) {
            guard let name, let devices = zip(deviceMesh.axisNames, deviceMesh.shape).first(where: { $0.0 == name })?.1 else { continue }
            if size % devices != 0 { throw wrong("axes that deal out evenly; \(size) does not to \(devices) devices") }
        }
        return layout
    }
}

private let currentDistribution = Mutex<(any Distribution)?>(nil)

/// Sets how models that are trained from now on are dealt out; nil: not at all. Set it before a model is fitted.
///
/// - Source: `keras.distribution.set_distribution`.
/// - Throws: `KerasError.invalidSetting` if the backend has fewer devices.
public func setDistribution(_ distribution: (any Distribution)?) throws {
    if let distribution {
        let (wanted, count) = (distribution.deviceMesh.devices.count, try listDevices().count)
        guard wanted <= count else {
            throw KerasError.invalidSetting(object: "setDistribution", argument: "distribution", expected: "at most \(count) devices", got: "\(wanted)")
        }
    }
    currentDistribution.withLock { $0 = distribution }
    Dealing.current = distribution?.dealing
}

/// What ``setDistribution(_:)`` said last. Source: `keras.distribution.distribution`.
public func distribution() -> (any Distribution)? { currentDistribution.withLock { $0 } }
