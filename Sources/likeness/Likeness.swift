import ArgumentParser

/// Face recognition on your own machine.
@main
struct Likeness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "likeness", abstract: "Face recognition on your own machine.")
}
