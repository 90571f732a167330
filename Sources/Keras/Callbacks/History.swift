/// The numbers of all epochs of a `fit`.
///
/// ```swift
/// let history = try model.fit(x, y, epochs: 2, validationSplit: 0.2)
/// history["val_accuracy"]        // one number for each epoch
/// history.names                  // accuracy, loss, val_accuracy, val_loss
/// ```
///
/// Source: `keras.callbacks.History`.
public final class History: Callback {
    /// The numbers of the epochs that were finished, from 0.
    public private(set) var epoch: [Int] = []
    /// The names, in Keras' order.
    public private(set) var names: [String] = []
    /// One number for each epoch, by name. A name that not every epoch has (validation every few epochs) has fewer.
    public private(set) var history: [String: [Double]] = [:]

    /// The numbers under a name; empty if there is none.
    public subscript(name: String) -> [Double] { history[name] ?? [] }

    override public func onTrainBegin() { epoch = [] }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) {
        self.epoch.append(epoch)
        for (name, value) in logs {
            if history[name] == nil { names.append(name) }
            history[name, default: []].append(value)
        }
    }
}

extension History: CustomStringConvertible {
    public var description: String { "[" + names.map { "\"\($0)\": \(self[$0])" }.joined(separator: ", ") + "]" }
}
