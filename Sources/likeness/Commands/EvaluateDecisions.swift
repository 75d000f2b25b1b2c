import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition

/// `likeness evaluate decisions`
struct EvaluateDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract: "Fit thresholds that follow the conditions, and the map from similarities to probabilities.",
        discussion: """
            The photographs as they are, and each folder of altered copies (--altered; 'likeness augment' makes them), \
            are kinds of picture: masked, dark, small. Every two kinds are compared. What is fitted on half of the people \
            is tested on the others, and that is reported; then it is fitted on all, and --card FILE puts it into a model \
            card. Of Platt's, isotonic, beta and contextual calibration the one with the least logarithmic loss on people \
            not fitted on is taken. Low false match rates need many people; those of one picture each count, too.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(help: ArgumentHelp("A folder with altered copies of the same names; may be repeated.", valueName: "folder"))
    var altered: [String] = []

    @Option(name: .customLong("fmr"), help: "A false match rate to fit thresholds for; may be repeated.")
    var rates: [Double] = [1e-1, 1e-2, 1e-3, 1e-4]

    @Option(help: "How many comparisons of two people for each two kinds of picture, drawn at random.")
    var impostors = 60_000

    /// How many impostor comparisons of each two kinds of picture probabilities are fitted on, at most.
    private static let probabilityImpostors = 20_000

    @Option(help: "How many comparisons of one person, at most, likewise.")
    var mated = 10_000

    @Option(help: "Another seed, other comparisons and halves.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Put the result into this model card.", valueName: "file"))
    var card: String?

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
        guard (1000...10_000_000).contains(impostors), (100...10_000_000).contains(mated) else {
            throw ValidationError(
                "--impostors is 1000 to 10000000 and --mated 100 to 10000000: fewer say nothing, and more fill the memory"
            )
        }
        if measuring.detection.noMasks { throw ValidationError("decisions follow masks: leave out --no-masks") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try InputFiles.checkDistinct([measuring.output.output, card])
        for folder in altered { try MeasuringOptions.check(folder: folder) }
        let writer = try SingleWriter(measuring.output, keeping: identities.inputs)
        let photographs = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: photographs.count * (1 + altered.count))
        guard let model = recognizer.embedder?.card else { return }
        guard recognizer.maskEstimator != nil else {
            throw Failure.badOption("decisions follow masks, and no mask classifier is installed: run scripts/setup")
        }
        let (pictures, unreadable) = try await embedded(photographs, by: recognizer)
        if !measuring.detection.quiet { Terminal.note("\(pictures.count) faces embedded; drawing comparisons") }
        let record = try decisions(pictures)
        if let card { try put(record, into: URL(filePath: card), of: model) }
        let measured = MeasuredReport(
            conditions: Conditions(recognizer, measuring, unreadable: unreadable), report: record)
        try writer.write(measured, table: measured.conditions.text + record.table)
    }

    /// The face of each photograph and of each altered copy that has one, and how many could not be read.
    private func embedded(
        _ photographs: [IdentityList.Picture], by recognizer: Recognizer
    ) async throws -> (pictures: [PairSample.Picture], unreadable: Int) {
        var pictures: [PairSample.Picture] = []
        var unreadable = 0
        let folders = [measuring.folder] + altered.map { URL(filePath: $0, directoryHint: .isDirectory) }
        for (kind, folder) in folders.enumerated() {
            let faces = try await measuring.entries(
                of: photographs.map(\.file),
                at: photographs.map { AlteredCopy.url(of: IdentityList.url(of: $0, in: folder)) }, by: recognizer)
            var found = 0
            unreadable += faces.unreadable
            for (source, (photograph, face)) in zip(photographs, faces.faces).enumerated() {
                guard let person = photograph.identity, let face = try? face.get() else { continue }
                pictures.append(PairSample.Picture(person: person, source: source, kind: kind, face: face))
                found += 1
            }
            guard found > 0 else {
                throw Failure.badOption("no picture of the list has a face in \(folder.relativePath)")
            }
        }
        return (pictures, unreadable)
    }

    private func decisions(_ pictures: [PairSample.Picture]) throws -> DecisionsRecord {
        // People held out of training were often set apart by the same dealing, with a small seed: by the same seed they
        // would all come into one half.
        let split = SubjectSplit(dealing: pictures.map(\.person), validation: 0.5, seed: seed ^ 0x6465_6369_7369_6F6E)
        func sample(_ people: [String]) throws -> [ConditionedComparison] {
            let people = Set(people)
            return try PairSample(
                pictures.filter { people.contains($0.person) }, impostors: impostors, mated: mated, seed: seed
            ).comparisons
        }
        let learned = try sample(split.training), tested = try sample(split.validation)
        let lowest = try AdaptiveThresholds.lowestSupportedRate(learned)
        let halves = try AdaptiveThresholds(fitting: learned, rates: supported(from: lowest))
        let curve = try OperatingCurve(learned.map(\.comparison))
        let reports = try supported(from: lowest).map { rate in
            try AdaptiveThresholdReport(
                halves, global: curve.threshold(falseMatchRate: rate), on: tested, rate: rate)
        }
        let all = try PairSample(pictures, impostors: impostors, mated: mated, seed: seed).comparisons
        // Probabilities rest on where the two kinds meet, thresholds on the tail: fewer comparisons tell as much.
        let some = try PairSample(
            pictures, impostors: min(impostors, Self.probabilityImpostors), mated: mated, seed: seed
        ).comparisons
        let comparison = try CalibrationComparison(some, seed: seed)
        let method = try comparison.leastLoss()
        let fitted = supported(from: try AdaptiveThresholds.lowestSupportedRate(all))
        return DecisionsRecord(
            people: Set(pictures.map(\.person)).count, faces: pictures.count, comparisons: all.count,
            thresholds: try AdaptiveThresholds(fitting: all, rates: fitted), probability: try method.fit(some),
            tested: reports, calibrations: comparison)
    }

    /// The rates that so many pairs of people support; says which they do not.
    private func supported(from lowest: Double) -> [Double] {
        let refused = rates.filter { $0 < lowest }
        if !refused.isEmpty, !measuring.detection.quiet {
            let names = refused.map { String(format: "%g", $0) }.joined(separator: ", ")
            Terminal.note(
                "the pairs of people support false match rates from \(String(format: "%.2g", lowest)) on, not \(names): "
                    + "add people, such as strangers of one picture each")
        }
        return rates.filter { $0 >= lowest }
    }

    /// Writes the card again with the result; everything else in it stays.
    private func put(_ record: DecisionsRecord, into file: URL, of model: ModelCard) throws {
        try ModelCard.rewrite(file, of: model) { card in
            card.adaptiveThresholds = record.thresholds
            card.probability = record.probability
        }
    }
}

extension CalibrationComparison {
    /// The method with the least logarithmic loss over all comparisons.
    func leastLoss() throws -> CalibrationMethod {
        let all = conditions.first { $0.name == Self.all }?.results ?? []
        guard let best = all.min(by: { $0.quality.logLoss < $1.quality.logLoss }) else {
            throw EvaluationError.calibrationFailed("no method could be fitted")
        }
        return best.method
    }
}

/// Fitted decisions and how they do on other people, for programs and people.
struct DecisionsRecord: Encodable {
    var people: Int
    var faces: Int
    var comparisons: Int
    /// Fitted on all people.
    var thresholds: AdaptiveThresholds
    /// Fitted on all people.
    var probability: ProbabilityCalibration
    /// Fitted on one half of the people, tested on the other.
    var tested: [AdaptiveThresholdReport]
    /// Each method on people whom it was not fitted on.
    var calibrations: CalibrationComparison

    var table: String {
        var text = "\(faces) faces of \(people) people, \(comparisons) comparisons\n"
        for report in tested { text += report.table }
        var methods = TextTable(columns: ["condition", "method", "ECE", "Brier", "log loss", "comparisons"])
        for condition in calibrations.conditions {
            for result in condition.results { methods.append(result.quality.cells(condition.name, result.method)) }
        }
        text += Terminal.bold("probabilities on people not fitted on") + "\n" + methods.text
        return text + "taken: \(probability.method)\n"
    }
}

extension AdaptiveThresholdReport {
    /// A row for each condition.
    var table: String {
        var table = TextTable(columns: [
            "condition", "FMR", "FNMR", "adaptive FMR", "adaptive FNMR", "FNMR at equal FMR", "mated", "impostor",
        ])
        for condition in conditions {
            table.append([
                condition.name, condition.global.falseMatchRate.text, condition.global.falseNonMatchRate.text,
                condition.adaptive.falseMatchRate.text, condition.adaptive.falseNonMatchRate.text,
                condition.globalAtEqualRate.falseNonMatchRate.text,
                "\(condition.global.falseNonMatchRate?.total ?? 0)", "\(condition.global.falseMatchRate?.total ?? 0)",
            ])
        }
        let name = "stated FMR \(String(format: "%g", statedRate)), one threshold \(decimal(globalThreshold, 4))"
        return Terminal.bold(name) + "\n" + table.text
    }
}

extension CalibrationQuality {
    /// The cells of a row.
    func cells(_ condition: String, _ method: CalibrationMethod) -> [String] {
        [
            condition, method.rawValue, String(format: "%.4f", expectedCalibrationError),
            String(format: "%.4f", brierScore), String(format: "%.4f", logLoss), "\(count)",
        ]
    }
}

extension ObservedRate? {
    /// `0.10 % (0.08 to 0.13)`; `-` where there is none.
    var text: String {
        map { String(format: "%.2f %% (%.2f to %.2f)", 100 * $0.value, 100 * $0.low, 100 * $0.high) } ?? "-"
    }
}
