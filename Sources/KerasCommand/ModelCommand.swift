import ArgumentParser

/// A subcommand: what goes wrong in it is told in one line.
protocol ModelCommand: ParsableCommand {
    func execute() throws
}

extension ModelCommand {
    func run() throws {
        do { try execute() } catch { throw Failure(error) }
    }
}

/// An error as the person at the shell is told of it: on one line, without characters that a terminal takes as orders.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        let lines = "\(error)".split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
        description = lines.joined(separator: " ").unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }
}
