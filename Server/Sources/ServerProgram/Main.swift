import ArgumentParser
import Foundation
import Likeness
import LikenessServer

/// The program `likeness-server`.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "likeness-server", abstract: "Face recognition over HTTP.",
        subcommands: [Serve.self, Keys.self], defaultSubcommand: Serve.self)

    static func main() async {
        do {
            var command = try parseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as any LikenessError {
            FileHandle.standardError.write(Data("likeness-server: \(error.description)\n".utf8))
            Foundation.exit(error.category.exitStatus)
        } catch {
            exit(withError: error)
        }
    }
}

extension ErrorCategory {
    /// The exit status, as of `likeness`.
    fileprivate var exitStatus: Int32 {
        switch self {
        case .usage: 64
        case .badData: 65
        case .noInput: 66
        case .unavailable: 69
        case .system: 71
        case .inputOutput: 74
        case .interrupted: 130
        }
    }
}

/// Where the galleries and the keys are.
struct Places: ParsableArguments {
    @Option(help: ArgumentHelp("The file of the galleries; created if it does not exist.", valueName: "file"))
    var store = "likeness.sqlite"

    @Option(
        help: ArgumentHelp(
            "The file of keys and of answered requests. (default: the store's name with .server)", valueName: "file"))
    var data: String?

    /// The server's own file.
    var database: URL { URL(filePath: data ?? store + ".server") }
}
