public import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
public import Measurements
import Reports

extension TemplateWeight: ExpressibleByArgument {}

/// `likeness evaluate templates`
struct EvaluateTemplates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract:
            "Measure verification of templates (several pictures of a person combined), as in IJB-C's 1:1 protocol.",
        discussion: """
            --templates is a CSV with the columns template,file,identity and, for frames of videos, media: all frames \
            with the same media count as one picture. --pairs is a CSV with the columns template_a,template_b and, if \
            there are folds, fold. A pair is mated if both templates have the same identity. If all pictures of a \
            template lack a face, it never matches.
            """)

    @Option(help: ArgumentHelp("The list of templates and their pictures: CSV.", valueName: "file"))
    var templates: String

    @Option(help: ArgumentHelp("The list of pairs of templates: CSV.", valueName: "file"))
    var pairs: String

    @OptionGroup var verification: VerificationOptions

    @Option(
        help:
            "The weight of a picture in its template: equal, the detector's confidence, the size of the face, or its quality."
    )
    var weight = TemplateWeight.confidence

    mutating func validate() throws {
        if weight == .quality, verification.measuring.detection.noQuality {
            throw ValidationError("--weight quality and --no-quality can't be used together")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let measuring = verification.measuring
        let inputs = InputFiles([templates, pairs])
        let writer = try SingleWriter(measuring.output, keeping: inputs)
        let folder = try verification.reporting.folder(keeping: inputs)
        let list = try TemplateList(contentsOf: URL(filePath: templates))
        var evaluation = TemplatesEvaluation(
            list, pairs: try list.pairs(contentsOf: URL(filePath: pairs)), weight: weight,
            figures: verification.figures.figures, reading: measuring.reading())
        try await verification.forEachModel(count: evaluation.pictureCount) {
            try await evaluation.measure(by: $0)
        }
        let counts = TemplatesRecord.Counts(
            templates: list.identities.count, pictures: list.pictures.count, weight: weight.rawValue)
        let contrasts = try evaluation.contrasts()
        let record = TemplatesRecord(counts: counts, pairs: PairsRecord(evaluation.measured, contrasts))
        if let folder {
            let page = try await evaluation.page(contrasts, provenance: ReportOptions.provenance(facts(counts)))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: counts.text + record.pairs.table)
        try evaluation.notes.checkAllRead()
    }

    private func facts(_ counts: TemplatesRecord.Counts) -> [Page.Fact] {
        [
            Page.Fact("Templates", "\(counts.templates) of \(counted(counts.pictures, "picture")), \(templates)"),
            Page.Fact("Pairs", pairs), Page.Fact("Pictures", "in \(verification.measuring.images)"),
            Page.Fact("A picture's weight", weight.rawValue),
        ]
    }
}

/// The result on pairs of templates, for programs and people.
struct TemplatesRecord: Encodable {
    /// The numbers of templates and pictures, and the weights.
    struct Counts {
        var templates: Int
        /// The number of pictures; a picture in two templates counts twice.
        var pictures: Int
        var weight: String

        var text: String {
            "\(counted(templates, "template")) of \(counted(pictures, "picture")), weighted by \(weight)\n"
        }
    }

    var counts: Counts
    var pairs: PairsRecord

    /// Encodes a single model as an object, and several models as a list.
    func encode(to encoder: any Encoder) throws {
        if let only = pairs.models.first, pairs.models.count == 1 {
            try TemplatesEvaluationRecord(counts, only).encode(to: encoder)
        } else {
            try TemplatesComparisonRecord(counts, pairs).encode(to: encoder)
        }
    }
}
