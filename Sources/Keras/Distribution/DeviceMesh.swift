import Tensors

/// The devices that programs can be dealt out to, `"cpu:0"`, `"gpu:1"`. Source: `keras.distribution.list_devices`.
///
/// The CPU engine is one device. XLA's plugins have those that are there; of a CPU they make as many as
/// `setBackend(.xla(deviceCount: 4))` says.
public func listDevices() throws -> [String] {
    let engine = try Backend.engine
    return (0..<engine.deviceCount).map { "\(engine.deviceType):\($0)" }
}

/// Devices in a grid whose axes have names.
///
/// ```swift
/// let mesh = try DeviceMesh([2, 4], axisNames: ["batch", "model"])      // eight devices
/// ```
///
/// - Source: `keras.distribution.DeviceMesh`.
public struct DeviceMesh: Hashable, Sendable {
    public let shape: [Int]
    public let axisNames: [String]
    /// In the order of the grid, the last axis running fastest.
    public let devices: [String]

    /// - Parameters:
    ///   - shape: the grid's sizes.
    ///   - axisNames: a name for each axis.
    ///   - devices: the first of the devices that there are, in their order; nil: all that there are.
    /// - Throws: `KerasError.invalidSetting` if sizes, names and devices do not suit each other; `XLAError` if no plugin starts.
    public init(_ shape: [Int], axisNames: [String], devices: [String]? = nil) throws {
        func wrong(_ argument: String, _ expected: String, _ got: String) -> KerasError {
            .invalidSetting(object: "DeviceMesh", argument: argument, expected: expected, got: got)
        }
        guard !shape.isEmpty, shape.allSatisfy({ $0 >= 1 }) else { throw wrong("shape", "one size or more, each 1 or more", "\(shape)") }
        guard axisNames.count == shape.count, Set(axisNames).count == shape.count, !axisNames.contains("") else {
            throw wrong("axisNames", "\(shape.count) different name\(shape.count == 1 ? "" : "s")", "\(axisNames)")
        }
        let known = try listDevices()
        let devices = devices ?? known
        guard shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue }) == devices.count else {
            throw wrong("shape", "a grid of \(devices.count) devices", "\(shape)")
        }
        guard devices == Array(known.prefix(devices.count)) else {
            throw wrong("devices", "the first of \(known.joined(separator: ", "))", devices.joined(separator: ", "))
        }
        self.shape = shape
        self.axisNames = axisNames
        self.devices = devices
    }

    var grid: DeviceGrid { DeviceGrid(zip(axisNames, shape).map { DeviceGrid.Axis($0, $1) }) }
}
