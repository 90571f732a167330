import CPJRT

/// A plugin at work: its devices, their memory and programs.
///
/// `@unchecked Sendable`: the pointers are never written after `init`, and PJRT's functions may be called from any thread.
final class Client: @unchecked Sendable {
    let plugin: Plugin
    let pointer: OpaquePointer
    let devices: [OpaquePointer]
    /// `"cpu"`, `"cuda"`, `"tpu"`.
    let platform: String
    let platformVersion: String
    /// What the devices call themselves.
    let deviceKind: String

    /// - Parameter deviceCount: how many devices of a CPU there are to be; nil: one. Other platforms have those they have.
    init(_ plugin: Plugin, deviceCount: Int?) throws {
        self.plugin = plugin
        let api = plugin.api
        pointer = try Self.create(plugin, deviceCount: deviceCount ?? 1)

        func text(_ get: (OpaquePointer, OpaquePointer, inout UnsafePointer<CChar>?, inout Int) -> OpaquePointer?, _ of: OpaquePointer) throws -> String {
            var (start, size) = (UnsafePointer<CChar>?.none, 0)
            try plugin.check(get(api, of, &start, &size), "describe itself")
            return Plugin.text(start, size)
        }
        platform = try text({ cpjrt_client_platform($0, $1, &$2, &$3) }, pointer)
        platformVersion = try text({ cpjrt_client_platform_version($0, $1, &$2, &$3) }, pointer)
        var (list, count) = (UnsafePointer<OpaquePointer?>?.none, 0)
        try plugin.check(cpjrt_client_devices(api, pointer, &list, &count), "list its devices")
        devices = (0..<count).compactMap { list?[$0] }
        guard let first = devices.first else { throw XLAError.devices(wanted: deviceCount ?? 1, found: 0, platform: platform) }
        deviceKind = try text({ cpjrt_device_kind($0, $1, &$2, &$3) }, first)
        if let deviceCount, devices.count < deviceCount {
            throw XLAError.devices(wanted: deviceCount, found: devices.count, platform: platform)
        }
    }

    deinit { cpjrt_client_destroy(plugin.api, pointer) }

    /// A CPU's plugin makes as many devices as it is told to, four if it is told nothing. Others refuse the option's name.
    private static func create(_ plugin: Plugin, deviceCount: Int) throws -> OpaquePointer {
        var client: OpaquePointer?
        if let error = cpjrt_client_create(plugin.api, "cpu_device_count", Int64(deviceCount), &client) {
            cpjrt_error_destroy(plugin.api, error)
            try plugin.check(cpjrt_client_create(plugin.api, nil, 0, &client), "find a device")
        }
        guard let client else { throw XLAError.unusablePlugin(path: plugin.path, reason: "it makes no client") }
        return client
    }
}
