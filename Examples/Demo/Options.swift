/// What the command line asks for.
struct Options {
    var seed = 1
    var epochs = 2
    var data: String?

    /// Something to be said instead of running.
    struct Problem: Error {
        let text: String
        let isQuestion: Bool
    }

    static let usage = """
        usage: demo [--seed N] [--epochs N] [--data FOLDER]
          --seed N       start of the random numbers (1)
          --epochs N     passes over the data (2)
          --data FOLDER  where Fashion-MNIST's four IDX files are, plain or gzip; without it they are looked for where
                         Debian's package dataset-fashion-mnist puts them, then in ~/.keras, then fetched
        """

    init(_ arguments: some Sequence<String>) throws {
        var arguments = Array(arguments)[...]
        while let name = arguments.popFirst() {
            if name == "--help" || name == "-h" { throw Problem(text: Self.usage, isQuestion: true) }
            guard ["--seed", "--epochs", "--data"].contains(name) else {
                throw Problem(text: "unknown option \(name)\n\(Self.usage)", isQuestion: false)
            }
            guard let value = arguments.popFirst() else { throw Problem(text: "\(name) needs a value\n\(Self.usage)", isQuestion: false) }
            switch name {
            case "--data": data = value
            case "--seed": seed = try Self.number(value, of: name, atLeast: 0)
            default: epochs = try Self.number(value, of: name, atLeast: 1)
            }
        }
    }

    private static func number(_ text: String, of name: String, atLeast least: Int) throws -> Int {
        guard let number = Int(text), number >= least else {
            throw Problem(text: "\(name) needs a whole number of \(least) or more; it got \(text)", isQuestion: false)
        }
        return number
    }
}
