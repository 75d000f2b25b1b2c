import ArgumentParser
import Foundation
import LikenessCommand
import Recognition
import Reports

/// Whether a page is written too.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a page with plots, pictures of faces and data files to this folder, which is new, empty, or holds "
                + "an earlier report.",
            valueName: "folder"))
    var report: String?

    /// The folder, checked before the work; `nil` where no report is wanted.
    ///
    /// - Parameter inputs: What is read: an earlier report is replaced as a whole, with everything that lies in it.
    func folder(keeping inputs: InputFiles) throws -> ReportFolder? {
        guard let report else { return nil }
        try inputs.check(replacedFolder: report)
        return try ReportFolder(at: report)
    }

    /// Where a measurement comes from.
    ///
    /// - Parameter data: What the pictures are.
    static func provenance(_ data: [Page.Fact]) -> Provenance {
        let command = (["likeness"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
        return Provenance(data: data, command: command, date: Date(), program: "likeness \(Version.current)")
    }

    /// An argument as a shell takes it.
    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:@+".contains($0) }
        return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }
}

/// Which models are measured beside the one that `--model` names.
struct ComparisonOptions: ParsableArguments {
    @Option(
        name: .customLong("compare"),
        help: ArgumentHelp("Also measure this model, for comparison; may be repeated.", valueName: "model"))
    var others: [String] = []

    /// All models, the first one first, each of which is there.
    func models(with first: String) throws -> [String] {
        let models = [first] + others
        guard Set(models).count == models.count else {
            throw Failure.badOption("a model is compared with others, not with itself", remedy: "name each once")
        }
        if !others.isEmpty {
            let installation = try Installation.locate()
            for model in models { _ = try installation.card(model) }
        }
        return models
    }
}
