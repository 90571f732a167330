import Synchronization

/// What files name by class and make again from its settings: layers, losses, metrics, optimizers, learning rate schedules.
///
/// A class of one's own is known to a file's reader if it is among the `customObjects:`, or registered:
///
/// ```swift
/// registerKerasSerializable(CustomDense.self, package: "my_package")
/// let model = try loadModel("model.keras", customObjects: [CubicError.self])
/// ```
public protocol KerasSerializable: SendableMetatype {
    /// The class's name in files.
    static var registeredName: String { get }
    init(config: Config) throws
}

extension Layer: KerasSerializable {}
extension Loss: KerasSerializable {}
extension Metric: KerasSerializable {}
extension Optimizer: KerasSerializable {}

/// Makes a class known to readers of files, under the name `package>name`, by which files name it from now on.
///
/// Python's class of the same name is to be registered there with `@keras.saving.register_keras_serializable(package, name)`. Source:
/// `keras.saving.register_keras_serializable`.
///
/// - Parameter name: `nil`: the class's `registeredName`.
public func registerKerasSerializable(_ type: any KerasSerializable.Type, package: String = "Custom", name: String? = nil) {
    Session.current.register(CustomObject(type: type, fullName: "\(package)>\(name ?? type.registeredName)"))
}

/// A class of the user's.
struct CustomObject: Sendable {
    let type: any KerasSerializable.Type
    /// With the package, if it is registered.
    var fullName: String?

    func isNamed(_ name: String, _ fullName: String?) -> Bool {
        if let own = self.fullName, own == fullName || own == name { return true }
        return type.registeredName == name || self.fullName?.split(separator: ">").last.map(String.init) == name
    }
}

/// Classes and functions of the user's that configs may name.
enum CustomObjects {
    @TaskLocal private static var given: [CustomObject] = []

    /// Runs `body` with further classes known.
    static func with<Result>(_ types: [any KerasSerializable.Type], _ body: () throws -> Result) rethrows -> Result {
        try $given.withValue(given + types.map { CustomObject(type: $0) }, operation: body)
    }

    private static var all: [CustomObject] { given + Session.current.registered }

    /// The class of a name and kind; those given come before those registered.
    static func type<Kind>(named name: String, fullName: String? = nil, as kind: Kind.Type) -> Kind? {
        // A loop, since an optional metatype cast to a generic kind is miscompiled by Swift 6.3's optimiser.
        for object in all where object.isNamed(name, fullName) {
            if let match = object.type as? Kind { return match }
        }
        return nil
    }

    /// The class of an object in a config.
    static func type<Kind>(of object: ObjectConfig, as kind: Kind.Type) -> Kind? {
        type(named: object.baseName, fullName: object.registeredName ?? object.className, as: kind)
    }

    /// The names of the known classes of a kind.
    static func names<Kind>(_ kind: Kind.Type) -> [String] { all.filter { $0.type is Kind }.map { $0.type.registeredName } }

    /// What files write as a class's `registered_name`.
    static func registeredName(of type: any KerasSerializable.Type) -> String {
        Session.current.registered.last { $0.type == type }?.fullName ?? type.registeredName
    }

    /// An object of a class that is not Keras', as Keras writes it.
    static func object(_ type: any KerasSerializable.Type, config: Config) -> ObjectConfig {
        ObjectConfig(module: nil, className: type.registeredName, config: config, registeredName: registeredName(of: type))
    }
}

/// Functions of the user's (activations, initializers, …), known by name from when they are made, so that layers which use them can be
/// made again from their configs.
final class CustomFunctions<Function: Sendable>: Sendable {
    private let functions = Mutex<[String: Function]>([:])

    func register(_ function: Function, name: String, config: Config = [:]) {
        functions.withLock { $0[Self.key(name, config)] = function }
    }

    func function(named name: String, config: Config = [:]) -> Function? { functions.withLock { $0[Self.key(name, config)] } }

    var names: [String] { functions.withLock { $0.keys.sorted() } }

    func removeAll() { functions.withLock { $0 = [:] } }

    private static func key(_ name: String, _ config: Config) -> String { config.isEmpty ? name : "\(name) \(config.entries)" }
}
