import ArgumentParser
import Foundation
import LikenessCommand
import Recognition
import Reports

/// The option for a report page.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Also write an HTML report with plots, pictures of faces and data files to this folder. The folder "
                + "must be new, empty or contain an earlier report, which is replaced.",
            valueName: "folder"))
    var report: String?

    /// Returns the checked folder of the report; `nil` if no report is wanted.
    ///
    /// - Parameter inputs: The files that the command reads. None may be in the folder, because an earlier report is
    ///   replaced with everything in it.
    func folder(keeping inputs: InputFiles) throws -> ReportFolder? {
        guard let report else { return nil }
        try inputs.check(replacedFolder: report)
        return try ReportFolder(at: report)
    }

    /// Returns the provenance of a measurement: data, command, date and program.
    ///
    /// - Parameter data: The description of the pictures.
    static func provenance(_ data: [Page.Fact]) -> Provenance {
        let command = (["likeness"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
        return Provenance(data: data, command: command, date: Date(), program: "likeness \(Version.current)")
    }

    /// Returns an argument, quoted for a shell if necessary.
    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:@+".contains($0) }
        return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }
}

/// The models to measure in addition to the one that `--model` names.
struct ComparisonOptions: ParsableArguments {
    @Option(
        name: .customLong("compare"),
        help: ArgumentHelp(
            """
            Also measure this model, and compare it with --model; may be repeated.
            """, valueName: "model"))
    var others: [String] = []

    /// Returns all models, with `first` at the front, and checks that they are installed.
    func models(with first: String) throws -> [String] {
        let models = [first] + others
        guard Set(models).count == models.count else {
            throw Failure.badOption("a model can't be compared with itself", remedy: "name each model once")
        }
        if !others.isEmpty {
            let installation = try Installation.locate()
            for model in models { _ = try installation.card(model) }
        }
        return models
    }
}
