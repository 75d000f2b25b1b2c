import ArgumentParser
import Augmentation
import Datasets
import Evaluation
import Faces
import Foundation
import LikenessSupport
import Recognition

/// `likeness evaluate decisions`
struct EvaluateDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract:
            "Hold a model's card against other people: stated against observed false match rates, and probabilities.",
        discussion: """
            All photographs are compared with each other as they are; then some of them are shown in other ways \
            (1/8, 1/4, 1/2 and 2 times the size, dark, blurred, masked) and compared with the photographs, and with each \
            other. Missed comparisons are given at equal false matches too: with the one threshold that lets as many \
            strangers through as the thresholds by condition do. The people must not be those of the calibration. \
            'likeness calibrate' makes what is tested here.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(name: .customLong("fmr"), help: "A stated false match rate; may be repeated.") var rates: [Double] = [
        1e-2, 1e-3,
    ]

    @Option(help: "How many people are shown in other ways, up to two photographs each.") var altered = 800

    @Option(
        help: ArgumentHelp(
            "A list of pictures of children, one a child, CSV with file,identity: only false matches are measured on them.",
            valueName: "file"))
    var children: String?

    @Option(help: "Another seed, other people.") var seed: UInt64 = 1

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
        guard (2...10_000_000).contains(altered) else { throw ValidationError("--altered is 2 to 10000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(
            measuring.output, keeping: InputFiles([identities.people, children].compactMap(\.self)))
        let photographs = try identities.pictures(in: measuring.folder)
        let young = try children.map { try IdentityList(contentsOf: URL(filePath: $0)).pictures } ?? []
        let recognizer = try await measuring.recognizer(count: photographs.count)
        let card = recognizer.embedder.card
        var shown = ShownPictures(measuring: measuring, recognizer: recognizer)
        try await shown.add(photographs, altered: altered, seed: seed)
        if !young.isEmpty { try await shown.add(children: young) }
        if !measuring.detection.quiet { Terminal.note("comparing") }
        let report = try PromisesReport(card, on: shown.comparisons, rates: rates, seed: seed)
        let measured = MeasuredReport(
            conditions: Conditions(recognizer, measuring, shown.notes), report: report)
        try writer.write(measured, table: measured.conditions.text + report.table)
        try shown.notes.checkAllRead()
    }
}

/// Photographs of people, and some of them shown in other ways.
private struct ShownPictures {
    let measuring: MeasuringOptions
    let recognizer: Recognizer
    /// What is compared, row by row.
    private(set) var comparisons: [PromisesReport.Comparisons] = []
    /// What is to be said of the pictures; those that can't be read are in no comparison.
    private(set) var notes = PictureNotes()

    /// How photographs are shown, and what that is called.
    private static let ways: [(name: String, variant: PictureVariant)] = [
        ("1/8 size", .resized(by: 0.125)), ("1/4 size", .resized(by: 0.25)), ("1/2 size", .resized(by: 0.5)),
        ("2 times size", .resized(by: 2)), ("dark", .darkened(Span(5, 5))), ("blurred", .blurred(Span(3, 3))),
        ("masked", .masked(.testing, name: "masked, designs for testing")),
    ]
    /// The turn from which a face counts as turned, in degrees.
    private static let turned: Float = 20

    init(measuring: MeasuringOptions, recognizer: Recognizer) {
        (self.measuring, self.recognizer) = (measuring, recognizer)
    }

    /// Photographs as they are, and up to two of each of `count` people in each of the other ways.
    mutating func add(_ photographs: [IdentityList.Picture], altered count: Int, seed: UInt64) async throws {
        let people = photographs.map { $0.identity ?? "" }
        let all = try await shown(photographs, Array(photographs.indices), .original)
        comparisons.append(PromisesReport.Comparisons("as they are", all))
        comparisons.append(
            PromisesReport.Comparisons("turned", all) { max(abs($0.yaw), abs($1.yaw)) >= Self.turned })
        let unreadable = Set(notes.unreadable.map(\.image))
        let chosen = Self.chosen(people, count: count, seed: seed).filter { !unreadable.contains(photographs[$0].file) }
        for way in Self.ways where !chosen.isEmpty {
            let pictures = try await shown(photographs, chosen, way.variant)
            comparisons.append(PromisesReport.Comparisons("\(way.name), one", pictures, all))
            comparisons.append(PromisesReport.Comparisons("\(way.name), both", pictures))
        }
    }

    /// Every two pictures of different children, and those of them that the estimator takes for children.
    mutating func add(children: [IdentityList.Picture]) async throws {
        let all = try await shown(children, Array(children.indices), .original)
        comparisons.append(PromisesReport.Comparisons("two children", all))
        let found = all.filter { picture in
            picture.face.map { !PairConditions($0.context, $0.context).traits.filter { $0.kind == .child }.isEmpty }
                ?? false
        }
        if found.count > 1 {
            comparisons.append(PromisesReport.Comparisons("two children, both taken for children", found))
        }
    }

    private mutating func shown(
        _ photographs: [IdentityList.Picture], _ places: [Int], _ variant: PictureVariant
    ) async throws -> [PromisesReport.Picture] {
        let people = photographs.map { $0.identity ?? "" }
        let numbers = Dictionary(uniqueKeysWithValues: Set(people).sorted().enumerated().map { ($1, $0) })
        let entries = try await measuring.entries(
            of: places.map { photographs[$0].file },
            at: places.map { IdentityList.url(of: photographs[$0], in: measuring.folder) }, by: recognizer,
            altered: variant.alteration, unit: "pictures, \(variant.name)")
        notes.add(entries.notes)
        return entries.readable.map { found in
            let place = places[found.place]
            return PromisesReport.Picture(person: numbers[people[place]] ?? 0, source: place, face: found.face)
        }
    }

    /// Up to two photographs of each of some people.
    private static func chosen(_ people: [String], count: Int, seed: UInt64) -> [Int] {
        let byPerson = Dictionary(grouping: people.indices) { people[$0] }
        var generator = SeededGenerator(seed: seed)
        var names = byPerson.keys.sorted()
        generator.shuffle(&names)
        return names.prefix(count).flatMap { name in (byPerson[name] ?? []).prefix(2) }.sorted()
    }
}

extension PromisesReport {
    /// A row for each way of showing and each rate.
    var table: String {
        var table = TextTable(columns: [
            "pictures", "stated", "observed", "ratio", "one threshold", "FNMR", "FNMR, one, equal FMR", "difference",
            "ECE",
            "expected",
        ])
        for row in rows {
            for rate in row.rates {
                table.append([
                    row.name, String(format: "%g", rate.statedRate), String(format: "%.3f %%", 100 * rate.byCondition),
                    String(format: "%.2f", rate.ratio), String(format: "%.2f", rate.oneRatio),
                    rate.missed.map { String(format: "%.2f %%", 100 * $0) } ?? "-",
                    rate.equalMissed.map { String(format: "%.2f %%", 100 * $0) } ?? "-",
                    rate.difference.map {
                        String(format: "%+.2f (%+.2f to %+.2f)", 100 * $0.value, 100 * $0.low, 100 * $0.high)
                    } ?? "-",
                    row.calibrationError.map { String(format: "%.4f", $0) } ?? "-",
                    String(format: "%.0f", rate.expected),
                ])
            }
        }
        return table.text
    }
}
