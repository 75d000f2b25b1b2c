import ArgumentParser
import Faces
import Foundation
import Likeness
import LikenessRecords
import LikenessSupport
import Recognition

/// `likeness models`
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the installed models, with their origin, license and thresholds.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    /// `likeness models list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the installed models.",
            discussion: """
                Embedders are chosen with --model, detectors with --detector; the short names yunet, mtcnn and retinaface \
                mean the first installed detector of that kind. If a model's card is damaged, the other models are still \
                listed, and the exit status is 69.
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try output.check(keeping: InputFiles([]))
            let records = try Installation.locate().models().map { ModelRecord($0) }
            let writer = try Writer(output, layout: Layout<ModelRecord>.models)
            try records.forEach(writer.write)
            try writer.finish()
            if records.contains(where: \.isDamaged) { throw ExitStatus.unavailable.code }
        }
    }

    /// `likeness models show NAME`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the card of one model.")

        @Argument(help: "The model's name, or the short name of a detector.") var name: String
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let installation = try Installation.locate()
            let name = installation.modelName(of: name)
            var card = try installation.card(name)
            // Commands refuse the rates that the pairs of people don't support, so they are not shown.
            card.calibration = card.calibration?.supported
            let file = installation.modelDirectory(name).appending(path: "card.json").path
            try SingleWriter(output, keeping: InputFiles([file])).write(
                ModelCardRecord(card, marksMeasured: true), table: Self.text(card))
        }

        private static func text(_ card: ModelCard) -> String {
            var fields: [(String, String)] = [
                ("name", "\(card.name) (\(card.identity.contract))"), ("task", card.task.rawValue),
                ("architecture", card.architecture),
                (
                    "weights",
                    card.weights.map { "\($0.file), \($0.bytes) bytes, sha256 \($0.sha256)" }.joined(separator: "\n")
                ),
                ("precisions", Set(card.weights.flatMap(\.precisions)).sorted().joined(separator: ", ")),
            ]
            if let template = card.template { fields.append(("template", template.description)) }
            if let dimension = card.dimension { fields.append(("dimension", "\(dimension)")) }
            fields += [
                ("license", card.licenseNote.isEmpty ? card.license : "\(card.license). \(card.licenseNote)"),
                ("origin", "\(card.origin.status.rawValue). \(card.origin.text)"),
                (
                    "source",
                    card.source.map { "\($0.registry): \($0.package) \($0.version), \($0.member)" } ?? "no package"
                ),
                ("training data", card.trainingData), ("citation", card.citation.isEmpty ? "-" : card.citation),
            ]
            var text =
                fields.map { name, value in
                    Terminal.bold(name) + "\n  " + value.replacingOccurrences(of: "\n", with: "\n  ")
                }.joined(separator: "\n") + "\n"
            if let calibration = card.calibration {
                text += calibration.table
            } else if card.task == .embedding {
                text += Terminal.bold("thresholds") + "\n  none; fit them with 'likeness calibrate'\n"
            }
            if let thresholds = card.adaptiveThresholds { text += self.text(thresholds) }
            if let probability = card.probability {
                text +=
                    Terminal.bold("probability")
                    + "\n  \(probability.method), from \(probability.matedPairs) mated and "
                text += "\(counted(probability.impostorPairs, "impostor comparison"))\n"
            }
            return text
        }

        private static func text(_ thresholds: AdaptiveThresholds) -> String {
            var table = TextTable(columns: [
                "condition", "strength", "false match rates", "thresholds", "lowest measured", "pairs of people",
            ])
            for cell in thresholds.cells {
                guard let first = cell.points.first, let last = cell.points.last else { continue }
                table.append([
                    cell.name, "\(significant(cell.low)) to \(significant(cell.high))",
                    "\(scientific(first.falseMatchRate)) to \(scientific(last.falseMatchRate))",
                    "\(decimal(first.threshold, 4)) to \(decimal(last.threshold, 4))",
                    scientific(cell.lowestRate, 1), "\(cell.peoplePairs)",
                ])
            }
            return Terminal.bold("thresholds by condition") + "\n" + table.text
                + "from \(counted(thresholds.people, "person", "people")) (\(thresholds.data)); "
                + "pairs in none of these conditions have the thresholds above\n"
                + (hasUnmeasured(thresholds)
                    ? "thresholds at rates below the measured ones are extrapolated; decisions say so\n"
                    : "")
                + (thresholds.cells.contains { $0.kind == .child } ? "\(AdaptiveThresholds.childrenRemark)\n" : "")
        }

        /// Returns whether a cell has thresholds at rates that its pairs of people don't support.
        private static func hasUnmeasured(_ thresholds: AdaptiveThresholds) -> Bool {
            thresholds.cells.contains { cell in cell.points.contains { $0.falseMatchRate < cell.lowestRate } }
        }
    }
}

extension ModelRecord {
    fileprivate var isDamaged: Bool { if case .damaged = self { true } else { false } }

    fileprivate var row: [String] {
        switch self {
        case .card(let card):
            [
                card.name, card.task, card.dimension.map(String.init) ?? "-",
                Set(card.weights.flatMap(\.precisions)).sorted().joined(separator: ", "), card.license,
                card.origin.status, card.architecture, "",
            ]
        case .damaged(let model): [model.name, "-", "-", "-", "-", "-", "-", model.error.message]
        }
    }
}

extension Layout<ModelRecord> {
    /// One row for each model.
    static let models = Layout(
        columns: ["model", "task", "dimension", "precisions", "license", "origin", "architecture", "error"],
        rows: { [$0.row] })
}

extension MatchCalibration {
    /// The calibration without the points that ``threshold(falseMatchRate:)`` refuses.
    fileprivate var supported: MatchCalibration {
        var calibration = self
        calibration.points = points.filter { (try? threshold(falseMatchRate: $0.falseMatchRate)) != nil }
        return calibration
    }
}
