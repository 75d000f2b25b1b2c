public import ArgumentParser
import Faces
import Foundation
public import Identities
import IdentitiesSQLite
import Likeness
import LikenessRecords
import LikenessSupport
import Recognition

extension EnrollmentPolicy.Mode: ExpressibleByArgument {}

/// `likeness enroll`
struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Add pictures of a person to a gallery.",
        discussion: """
            If the store or the gallery does not exist, it is created, even if all pictures are then refused. --model \
            chooses the model of a new or empty gallery; later pictures always use the same model. Every picture is \
            checked, and refused with all reasons if it would make matches worse: if the face is small, blurred, dark, \
            turned, cut off by the border or upside down; if its quality, an estimate of how usable it is, is below 0.4 \
            (0.5 with --gate strict); if the detection is probably not a face; if the face looks like another person of \
            the gallery; or if it does not look like the person's other pictures. --gate strict sets stricter limits; \
            --gate off turns the checks off. A picture with several faces is refused unless --face chooses one. A \
            picture that is reported as enrolled is saved on the disk.

            The check for another person refuses at most 1 of 100 new people by mistake. In a gallery that is too large \
            for this rate, the lowest rate that the model's card supports is used, and a remark says so. --fpir sets \
            another rate; --fmr or --threshold set the limit for a single comparison instead.
            """)

    @OptionGroup var store: StoreOptions
    @Argument(help: "The person's name.") var person: String
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var threshold: ThresholdOptions
    @OptionGroup var alarms: FalseAlarmOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: """
            The person's id. It is needed if several people have this name; for a new person, it chooses the id.
            """)
    var id: String?

    @Option(help: ArgumentHelp("A note that is stored with the person; may be repeated.", valueName: "key=value"))
    var metadata: [String] = []

    @Option(help: "How strictly pictures are checked: off, standard or strict.")
    var gate: EnrollmentPolicy.Mode = .standard

    @Option(help: "The minimum confidence of the detector, from 0 to 1. (default: 0.6; with --gate strict: 0.8)")
    var leastConfidence: Float?

    @Option(help: "The minimum quality of the face, from 0 to 1. (default: 0.4; with --gate strict: 0.5)")
    var leastQuality: Float?

    @Option(
        help: """
            The face to use if a picture has several: largest, or center (the largest near the center). (default: \
            refuse the picture)
            """,
        transform: FaceSelection.one)
    var face: FaceSelection?

    mutating func validate() throws {
        try alarms.check(beside: threshold)
        if let leastConfidence {
            if !(0...1).contains(leastConfidence) { throw ValidationError("--least-confidence must be from 0 to 1") }
            if gate == .off {
                throw ValidationError("--least-confidence can't be used with --gate off, which checks nothing")
            }
        }
        if let leastQuality {
            if !(0...1).contains(leastQuality) { throw ValidationError("--least-quality must be from 0 to 1") }
            if gate == .off || detection.noQuality {
                throw ValidationError("--least-quality can't be used with --gate off or --no-quality")
            }
        }
        for note in metadata where !note.dropFirst().contains("=") {
            throw ValidationError("--metadata must be key=value, not '\(note)'")
        }
        var keys: Set<String> = []
        for note in notes where !keys.insert(note.key).inserted {
            throw ValidationError("--metadata has the key '\(note.key)' twice")
        }
    }

    /// The notes of ``metadata``.
    private var notes: [(key: String, value: String)] {
        metadata.compactMap { note in
            let parts = note.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
    }

    func run() async throws {
        // The names are checked before anything is read or created.
        try NameText.check(person, "the person's name")
        try id.map { try NameText.check($0, "the person's id") }
        try NameText.check(store.gallery, "the gallery's name")
        _ = try GalleryName.checked(person, of: "the person's name")
        _ = try id.map { try GalleryName.checked($0, of: "the person's id") }
        _ = try GalleryName.checked(store.gallery, of: "the gallery's name")
        let command = self
        let list = try pictures.list(limits: detection.limits, quiet: detection.quiet)
        try output.check(keeping: InputFiles(list.files + store.files))
        guard !list.sources.isEmpty else {
            try Writer(output, layout: Layout<EnrollmentRecord>.enrollments).finish()
            throw Failure.noPictures(folders: list.emptyFolders)
        }
        let sources = list.sources
        try await interruptible { try await command.enroll(sources) }
    }

    private func enroll(_ sources: [PictureSource]) async throws {
        let service = try UntilExit.keep(
            FaceService(
                configuration: detection.service(count: sources.count, averagesMirrored: embedding.mirror),
                store: await store.openOrMake()))
        let enrollment = try await service.enrollment(of: person, into: store.gallery, options: options)
        if let limit = enrollment.otherPersonLimit, !detection.quiet {
            if !limit.isAsAsked { note(limit, in: enrollment.size) }
            if let fpir = alarms.fpir, enrollment.size.templates > 0, limit.falseAlarms < 0.99 * fpir {
                Terminal.note(
                    "at most \(significant(100 * limit.falseAlarms, 2)) of 100 new people are refused by mistake; that is "
                        + "less than --fpir \(fpir), because the model's card has no higher false match rate")
            }
        }
        if gate != .off, enrollment.recognizer.finder.qualityEstimator == nil, !detection.noQuality, !detection.quiet {
            Terminal.note(
                "the model 'face-quality' is not installed, so the gate doesn't check how usable faces are: "
                    + "run scripts/setup --accept-research-weights"
            )
        }
        let batch = RecordBatch(names: sources.map(\.name), output: output, quiet: detection.quiet)
        try await batch.run(enrollment.recognizer.analyses(of: sources), layout: .enrollments) { index, result in
            let analysis = try result.get()
            if !detection.quiet { Terminal.note(analysis.remarks, on: sources[index].name) }
            let name = sources[index].name
            var record = EnrollmentRecord(image: name, try await enrollment.enroll(analysis, of: name))
            record.quality = enrollment.face(of: analysis)?.context.quality
            record.look = LookRecord.finding(enrollment.face(of: analysis))
            record.remarks = RemarkRecord.all(analysis.remarks)
            return record
        } failure: { index, result, error in
            var record = EnrollmentRecord(image: sources[index].name, error: error)
            record.quality = (try? result.get()).flatMap { enrollment.face(of: $0)?.context.quality }
            record.look = (try? result.get()).flatMap { LookRecord.finding(enrollment.face(of: $0)) }
            record.remarks = (try? result.get()).flatMap { RemarkRecord.all($0.remarks) }
            return record
        }
    }

    private var options: EnrollmentOptions {
        var options = EnrollmentOptions()
        options.model = embedding.model
        options.id = id
        options.metadata = Dictionary(notes.map { ($0.key, $0.value) }) { $1 }
        options.gate = gate
        options.leastConfidence = leastConfidence
        options.leastQuality = leastQuality
        options.face = face
        if threshold.fmr != nil || threshold.threshold != nil || alarms.fpir != nil {
            options.otherPerson = DecisionPolicy(threshold.basis(alarms))
        }
        return options
    }

    private func note(_ limit: OtherPersonLimit, in size: GallerySize) {
        Terminal.note(
            """
            the model's card can't ensure that at most 1 of 100 new people is mistaken for another person in a \
            gallery
            """
                + "of \(counted(size.people, "person", "people")) with \(counted(size.templates, "template")); "
                + "it can ensure at most \(significant(100 * limit.falseAlarms, 2)) of 100")
    }
}

extension Layout<EnrollmentRecord> {
    /// One row for each picture.
    static let enrollments = Layout(
        columns: columns, rows: { [row($0, quality: decimal($0.quality, 2), missing: "-")] },
        csv: Layout(columns: columns, rows: { [row($0, quality: $0.quality.map { "\($0)" } ?? "", missing: "")] }))

    private static let columns = ["image", "person", "id", "templates", "quality", "turned", "error"]

    private static func row(_ record: EnrollmentRecord, quality: String, missing: String) -> [String] {
        [
            record.image, record.person?.name ?? "", record.person?.id ?? "",
            record.person.map { String($0.templates) } ?? missing, quality,
            record.look.map { String($0.turned) } ?? (record.quality == nil ? missing : "0"),
            record.error?.message ?? "",
        ]
    }
}
