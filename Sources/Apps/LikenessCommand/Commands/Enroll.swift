public import ArgumentParser
import Faces
import Foundation
public import Identities
import IdentitiesSQLite
import LikenessRecords
import Recognition
import Reports

extension EnrollmentPolicy.Mode: ExpressibleByArgument {}

/// `likeness enroll`
struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Add pictures of a person to a gallery.",
        discussion: """
            The first picture makes the gallery, which keeps its model for good. A gate refuses pictures that would \
            make matches worse, with all its reasons: small, blurred, dark or turned faces, faces cut off by the border \
            or upside down, what is probably no face, a face that looks like another person of the gallery, and one \
            that does not look like the person's other pictures. --gate strict asks for more, --gate off for nothing. \
            A picture with several faces is refused unless --face says which is meant. What is acknowledged is on the \
            disk.

            At most 1 of 100 new people is refused because of looking like another person, however many are enrolled, \
            or as few as the model's card can promise; --fpir sets another share. --fmr and --threshold set the limit of \
            one comparison instead.
            """)

    @OptionGroup var store: StoreOptions
    @Argument(help: "The person's name.") var person: String
    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var threshold: ThresholdOptions
    @OptionGroup var alarms: FalseAlarmOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The person's id, where several have the name or one of your own is wanted.")
    var id: String?

    @Option(help: ArgumentHelp("Keep a note with the person; may be repeated.", valueName: "key=value"))
    var metadata: [String] = []

    @Option(help: "What the gate asks of a picture: off, standard or strict.")
    var gate: EnrollmentPolicy.Mode = .standard

    @Option(help: "How sure the detector must be of a face, 0 to 1. (default: 0.6; with --gate strict 0.8)")
    var leastConfidence: Float?

    @Option(
        help: """
            Which face of a picture with several: largest, or center, the largest near the center. (default: such a picture is \
            refused)
            """,
        transform: FaceSelection.one)
    var face: FaceSelection?

    mutating func validate() throws {
        try alarms.check(beside: threshold)
        if let leastConfidence {
            if !(0...1).contains(leastConfidence) { throw ValidationError("--least-confidence is 0 to 1") }
            if gate == .off { throw ValidationError("--gate off checks nothing: leave --least-confidence out") }
        }
        for note in metadata where !note.dropFirst().contains("=") {
            throw ValidationError("--metadata is key=value, not '\(note)'")
        }
        var keys: Set<String> = []
        for note in notes where !keys.insert(note.key).inserted {
            throw ValidationError("--metadata names '\(note.key)' twice: give each key once")
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
        // Before anything is read or made.
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
        let installation = try Installation.locate()
        let galleries = try await store.openOrMake()
        let name = GalleryName.normalized(store.gallery)
        let existing = try await galleries.galleries().contains { $0.name == name }
        let gallery = existing ? try await galleries.gallery(name) : nil
        let card = try await model(installation, gallery)
        var configuration = detection.configuration(
            count: sources.count, model: card.name, averagesMirrored: embedding.mirror)
        configuration.finder.examinesFaces = gate != .off
        let recognizer = try await UntilExit.keep(
            Recognizer(installation: installation, configuration: configuration, limits: detection.limits))
        // What can't be is said before a gallery is made for it.
        _ = try policy(card, in: GallerySize(people: 0, templates: 0))
        // Another process may have made the gallery in the meantime.
        let destination = try await galleries.openOrCreateGallery(
            name, model: card.identity, dimension: recognizer.embedder.dimension)
        let policy = try policy(card, in: try await destination.size())
        try await enroll(sources, into: destination, by: recognizer, policy: policy)
    }

    /// The gallery's model; for a gallery that is new, or in which nobody is, the one that was asked for.
    private func model(_ installation: Installation, _ gallery: Gallery?) async throws -> ModelCard {
        let isEmpty = try await gallery?.size().isEmpty ?? true
        guard let gallery, embedding.model == nil || !isEmpty else {
            return try installation.card(embedding.model ?? RecognizerConfiguration.defaultModel)
        }
        let card = try installation.card(pinnedBy: gallery)
        if let asked = embedding.model, asked != card.name {
            throw Failure.badOption("gallery '\(gallery.info.name)' is of \(card.name)", remedy: "leave --model out")
        }
        return card
    }

    private func policy(_ card: ModelCard, in size: GallerySize) throws -> EnrollmentPolicy {
        var policy = EnrollmentPolicy(
            mode: gate, otherPerson: gate == .off ? nil : try otherPerson(card, in: size),
            // A card without figures says nothing of how alike one person's pictures are.
            ownPictures: EnrollmentPolicy.ownPictures(of: gate, by: card))
        if let leastConfidence { policy.leastConfidence = leastConfidence }
        policy.allowsSeveralFaces = face != nil
        return policy
    }

    /// By what rule the gate takes a face for another person's.
    private func otherPerson(_ card: ModelCard, in size: GallerySize) throws -> MatchRule {
        if threshold.fmr != nil || threshold.threshold != nil { return try threshold.rule(card) }
        if let rate = alarms.fpir { return try OtherPersonLimit(rate, in: size, by: card).rule }
        let limit = try OtherPersonLimit(in: size, by: card)
        if !limit.isAsAsked, !detection.quiet {
            Terminal.note(
                "the model's card can't promise that at most 1 of 100 new people is refused as another one in a gallery "
                    + "of \(counted(size.people, "person", "people")) with \(counted(size.templates, "template")); it can promise "
                    + "\(String(format: "%.2g", 100 * limit.falseAlarms)) of 100")
        }
        return limit.rule
    }

    private func enroll(
        _ sources: [PictureSource], into gallery: Gallery, by recognizer: Recognizer, policy: EnrollmentPolicy
    ) async throws {
        let notes = Dictionary(notes.map { ($0.key, $0.value) }) { $1 }
        let batch = RecordBatch(names: sources.map(\.name), output: output, quiet: detection.quiet)
        try await batch.run(recognizer.analyses(of: sources), layout: .enrollments) { index, result in
            let analysis = try result.get()
            if !detection.quiet { Terminal.note(analysis.remarks, on: sources[index].name) }
            var record = try await enroll(analysis, of: sources[index], into: gallery, notes: notes, policy: policy)
            record.remarks = RemarkRecord.all(analysis.remarks)
            return record
        } failure: { index, result, error in
            var record = EnrollmentRecord(image: sources[index].name, error: error)
            record.remarks = (try? result.get()).flatMap { RemarkRecord.all($0.remarks) }
            return record
        }
    }

    private func enroll(
        _ analysis: Analysis, of source: PictureSource, into gallery: Gallery, notes: [String: String],
        policy: EnrollmentPolicy
    ) async throws -> EnrollmentRecord {
        let faces = analysis.faces.map(\.face)
        guard let chosen = (face ?? .center).select(from: faces, width: analysis.width, height: analysis.height).first,
            let observation = analysis.faces.first(where: { $0.face == chosen })
        else { throw RecognitionError.noFace }
        // Elsewhere the gate says so, among its other reasons.
        if policy.mode == .off, face == nil, faces.count > 1 { throw RecognitionError.severalFaces(faces.count) }
        let enrollment = try await gallery.enroll(
            person, observation.embedding, id: id, metadata: notes,
            from: EnrollmentSource(
                label: source.name, faces: faces, context: observation.context,
                shareOutside: chosen.shareOutside(width: analysis.width, height: analysis.height),
                evidence: observation.evidence),
            policy: policy)
        return EnrollmentRecord(
            image: source.name, person: enrollment.person, template: enrollment.template.id)
    }
}

extension Layout<EnrollmentRecord> {
    /// One row a picture.
    static let enrollments = Layout(
        columns: ["image", "person", "id", "templates", "error"],
        rows: { record in
            [
                [
                    record.image, record.person?.name ?? "", record.person?.id ?? "",
                    record.person.map { String($0.templates) } ?? "-", record.error?.message ?? "",
                ]
            ]
        })
}
