#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes the numbers of each epoch as a line of a CSV file.
///
/// The first line names the columns: `epoch`, then the names of the logs in alphabetical order. Source: `keras.callbacks.CSVLogger`.
///
/// ```swift
/// try model.fit(x, y, epochs: 10, callbacks: [CSVLogger("run.csv")])
/// ```
public final class CSVLogger: Callback {
    private let path: String
    private let separator: String
    private let appends: Bool
    private var file: UnsafeMutablePointer<FILE>?
    private var columns: [String]?
    private var writesHeader = true

    /// - Parameters:
    ///   - path: the file; written anew unless `append`.
    ///   - separator: between columns.
    ///   - append: whether to go on behind what is there.
    public init(_ path: String, separator: String = ",", append: Bool = false) {
        self.path = path
        self.separator = separator
        appends = append
    }

    deinit { close() }

    override public func onTrainBegin() throws {
        close()
        columns = nil
        writesHeader = true
        if appends, let old = fopen(path, "r") {
            writesHeader = fgetc(old) == EOF
            fclose(old)
        }
        file = fopen(path, appends ? "a" : "w")
        guard file != nil else { throw KerasError.training(.cannotWrite(path: path, reason: String(cString: strerror(errno)))) }
    }

    override public func onEpochEnd(_ epoch: Int, logs: inout Logs) throws {
        let columns = columns ?? makeColumns(logs)
        if self.columns == nil {
            self.columns = columns
            if writesHeader { try write(["epoch"] + columns) }
        }
        try write(["\(epoch)"] + columns.map { name in logs[name].map { "\($0)" } ?? "NA" })
    }

    /// Validation may come in later epochs only: its columns are there from the start.
    private func makeColumns(_ logs: Logs) -> [String] {
        let names = logs.names.sorted()
        return names.contains { $0.hasPrefix("val_") } ? names : names + names.map { "val_\($0)" }
    }

    private func write(_ fields: [String]) throws {
        let line = fields.map(quoted).joined(separator: separator) + "\r\n"
        guard let file, fputs(line, file) >= 0, fflush(file) == 0 else {
            throw KerasError.training(.cannotWrite(path: path, reason: String(cString: strerror(errno))))
        }
    }

    private func quoted(_ field: String) -> String {
        guard field.contains(separator) || field.contains("\"") || field.contains("\n") else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    override public func onTrainEnd(logs: Logs) { close() }

    private func close() {
        if let file { fclose(file) }
        file = nil
    }
}
