import Foundation
import Synchronization

/// What a program is told of that works, but is probably not meant: each text once, on standard error.
package final class Warnings: Sendable {
    private let said = Mutex<[String]>([])

    /// All texts so far.
    package var texts: [String] { said.withLock { $0 } }

    func callAsFunction(_ text: String) {
        let isNew = said.withLock { said in
            if said.contains(text) { return false }
            said.append(text)
            return true
        }
        if isNew { FileHandle.standardError.write(Data("Warning: \(text)\n".utf8)) }
    }

    func removeAll() { said.withLock { $0 = [] } }
}

extension Layer {
    /// Tells that a mask ends here, if one does.
    ///
    /// - Source: the warning of `keras.layers.Layer.__call__`. Models hand masks on to the layers inside, operations have none.
    func warnOfLostMask(_ inputs: Structure<Tensor>) {
        if supportsMasking || self is Model || self is KerasOperation { return }
        guard inputs.leaves.contains(where: { $0.kerasMask != nil }) else { return }
        Session.current.warnings("\(place) does not support masks and drops that of its input. Layers after it count every step.")
    }
}
