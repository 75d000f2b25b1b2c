import ArgumentParser
import Faces
import Foundation
import Identities
import Likeness
import LikenessRecords
import LikenessSupport
import Pixels
import Recognition

/// `likeness identify`
struct Identify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Identify the people in pictures: the most similar person of a gallery, or unknown.",
        discussion: """
            Each face is compared with every person of the gallery. --fmr is the false match rate of a single \
            comparison, so the chance of a false identification grows with the gallery; a remark on the standard error \
            says how high it is. --fpir sets this chance directly: the share of people outside the gallery who may be \
            identified as someone in it. The margin of a result is the difference between the most similar person and \
            the next. The store is not changed. The exit status is 1 if nobody was identified in \
            any picture.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var decisions: DecisionOptions
    @OptionGroup var alarms: FalseAlarmOptions
    @OptionGroup var output: OutputOptions

    @Flag(
        help: """
            Average each embedding with that of the mirrored face. It takes twice the time; no gain was measured on LFW.
            """)
    var mirror = false

    @Option(help: "The faces to use: all, largest, or center (the largest near the center).")
    var face: FaceSelection = .all

    @Option(
        help: ArgumentHelp(
            """
            Write copies of the pictures with marked and named faces to this folder.
            """, valueName: "folder"))
    var annotate: String?

    mutating func validate() throws { try alarms.check(beside: decisions.threshold) }

    func run() async throws {
        let batch = try PictureBatch(
            pictures: pictures, detection: detection, output: output, annotations: annotate,
            layout: .identities, others: store.files)
        let command = self
        try await interruptible { try await command.identify(batch) }
    }

    private func identify(_ batch: PictureBatch) async throws {
        let service = try UntilExit.keep(
            FaceService(
                configuration: detection.service(count: batch.pictures.count, averagesMirrored: mirror),
                store: await store.openToRead()))
        let search = try await service.search(
            in: store.gallery, by: decisions.policy(alarms), expecting: Array(batch.pictures.prefix(2)),
            selecting: face)
        if !detection.quiet { introduce(search) }
        var anybody = false
        var durations: [StageDurations] = []
        var remarks: [String: Int] = [:]
        defer {
            if !detection.quiet {
                // The other formats contain the remarks of each face.
                if output.format == .table {
                    for (remark, count) in remarks.sorted(by: { $0.key < $1.key }) {
                        Terminal.note("\(counted(count, "face")): \(remark)")
                    }
                }
                if !durations.isEmpty { Terminal.note(durations.summary) }
            }
        }
        try await batch.run(
            with: search.recognizer, selecting: face, layout: .identities, annotation: Self.annotation
        ) { picture, analysis in
            var record = PictureRecord(image: picture.name, analysis: analysis, recognizer: search.recognizer)
            for (index, answer) in try await search.result(of: analysis).faces.map(\.answer).enumerated() {
                record.faces?[index].embedding = nil
                record.faces?[index].identification = IdentificationRecord(answer, threshold: search.rule.threshold)
                anybody = anybody || answer.identification.person != nil
                if let remark = answer.decision?.remark { remarks[remark, default: 0] += 1 }
            }
            durations.append(analysis.durations)
            return record
        }
        if !anybody { throw ExitStatus.negative.code }
    }

    /// Prints the gallery, the networks and the threshold, and the rate of false identifications for this gallery.
    private func introduce(_ search: GallerySearch) {
        let (gallery, size, rule, recognizer) = (search.gallery, search.size, search.rule, search.recognizer)
        var limit = rule.adaptive == nil ? "threshold \(decimal(rule.threshold, 4))" : "thresholds by condition"
        if rule.adaptive != nil, recognizer.finder.maskEstimator == nil {
            let children = recognizer.finder.ageGroupEstimator == nil ? "" : "; two children have their own"
            limit = "one threshold, \(decimal(rule.threshold, 4)), because no mask classifier runs\(children)"
        }
        guard size.templates > 0 else {
            Terminal.note(
                "gallery '\(gallery.info.name)' is empty: add people with 'likeness enroll'")
            return
        }
        var text =
            "gallery '\(gallery.info.name)': \(counted(size.people, "person", "people")), "
            + "\(counted(size.templates, "template")); model \(gallery.model), "
            + "detector \(recognizer.finder.detector.name), \(recognizer.precision); \(limit)"
        if let rate = rule.falseMatchRate {
            let alarms = size.falseAlarms(falseMatchRate: rate)
            let chances = [alarms.byPeople, alarms.byTemplates].map { significant($0, 2) }
            text +=
                " (false match rate \(significant(rate, 2)): the chance that a stranger is identified is "
                + (chances[0] == chances[1] ? chances[0] : chances.joined(separator: " to ")) + ")"
            // The card's highest rate allows fewer alarms than requested.
            if let fpir = self.alarms.fpir, alarms.byTemplates < 0.99 * fpir {
                text += "; that is less than --fpir \(fpir), because the model's card has no higher false match rate"
            }
        }
        Terminal.note(text)
    }

    private static func annotation(_ record: FaceRecord, _ face: Face) -> Image.FaceAnnotation {
        guard let found = record.identification, let person = found.identity else {
            return Image.FaceAnnotation(face: face, label: "unknown", color: Color(red: 120, green: 120, blue: 120))
        }
        return Image.FaceAnnotation(
            face: face,
            label: person.name + " " + (found.probability.map(percentage) ?? decimal(found.similarity, 2)),
            color: Color(red: 20, green: 150, blue: 70))
    }
}

extension [StageDurations] {
    /// The median time of each stage, in milliseconds. A mean would be distorted by the first picture of each size,
    /// which also loads the networks.
    var summary: String {
        func median(_ stage: (StageDurations) -> Double) -> String {
            let sorted = map(stage).sorted()
            return sorted.isEmpty ? "-" : "\(decimal(1000 * sorted[sorted.count / 2], 1)) ms"
        }
        return "median of \(count): decode \(median(\.decode)), detect \(median(\.detect)), "
            + "align \(median(\.align)), embed \(median(\.embed))"
    }
}
