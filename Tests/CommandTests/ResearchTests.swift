import Foundation
import TestSupport
import Testing

/// The command without `likeness-research` beside it, as it is in a build of the product `likeness` alone.
@Suite("likeness without likeness-research", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ResearchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: Command.executable(), to: folder.url.appending(path: "likeness"))
    }

    private func alone(_ words: String...) throws -> Command.Outcome {
        try Command.run(
            words, environment: ["LIKENESS_HOME": Fixtures.dependencies.path],
            program: folder.url.appending(path: "likeness"))
    }

    @Test(
        "Commands of research say that the program is missing, and how to build it",
        arguments: [
            ["evaluate", "pairs", "--pairs", "pairs.txt"], ["train", "--help"], ["help", "tune"],
            ["augment", "-", "--masks"],
        ])
    func missing(_ words: [String]) throws {
        let outcome = try Command.run(words, program: folder.url.appending(path: "likeness"))
        #expect(outcome.status == 69)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("likeness-research") && outcome.errors.contains("swift build -c release"))
    }

    @Test("Recognition works alone, and doctor says that the program is not built")
    func recognition() throws {
        #expect(try alone("detect", portrait("obama.jpg")).status == 0)
        let doctor = try alone("doctor", "--format", "csv")
        #expect(doctor.status == 0)
        let row = rows(doctor.output).first { $0[1] == "likeness-research" }
        #expect(row?[0] == "true" && row?[2].contains("not built") == true)
    }

    @Test("The list of commands, the version and a mistake are the same with and without it")
    func same() throws {
        for words in [
            ["--help"], ["--version"], ["help"], ["-h"], ["no-such-command"], ["help", "no-such-command"],
            ["verify", "--help"],
        ] {
            let research = try Command.run(words, program: Command.executable("likeness-research"))
            let alone = try Command.run(words, program: folder.url.appending(path: "likeness"))
            #expect(alone.output == research.output && alone.errors == research.errors, "\(words)")
            #expect(alone.status == research.status)
        }
    }

    @Test("With it, its commands and the completion script of all commands are those of the program")
    func handedOver() throws {
        for words in [
            ["evaluate", "--help"], ["help", "train"], ["--generate-completion-script", "bash"], ["train"],
        ] {
            let research = try Command.run(words, program: Command.executable("likeness-research"))
            let outcome = try Command.run(words)
            #expect(outcome.output == research.output && outcome.errors == research.errors, "\(words)")
            #expect(outcome.status == research.status)
        }
        #expect(try Command.run(["--generate-completion-script", "bash"]).output.contains("all-pairs"))
    }
}
