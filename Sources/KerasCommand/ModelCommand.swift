import ArgumentParser
import Keras

/// A subcommand: what goes wrong in it is told in one line.
protocol ModelCommand: ParsableCommand {
    /// The exit code of a run that failed.
    static var failureCode: ExitCode { get }
    func execute() throws
}

extension ModelCommand {
    static var failureCode: ExitCode { .failure }

    func run() throws {
        do { try execute() } catch let code as ExitCode { throw code } catch {
            Console.standardError.write("Error: \(Failure(error))\n")
            throw Self.failureCode
        }
    }

    /// A model that can be trained and evaluated.
    func compiledModel(_ path: String) throws -> Model {
        let model = try loadModel(path)
        guard model.isCompiled else { throw CommandError.notCompiled(path: path) }
        return model
    }
}

extension ExitCode {
    /// As shells say it of programs that Ctrl-C ends.
    static let interrupted = ExitCode(130)
}
