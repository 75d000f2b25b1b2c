public import ArgumentParser
import Augmentation
import Faces
import Foundation
import Likeness
import LikenessCommand
import LikenessRecords
import LikenessSupport
public import Measurements
import Pixels
import Recognition

extension MaskStyle.Kind: ExpressibleByArgument {}
extension MaskStyle.Coverage: ExpressibleByArgument {}
extension CoverSplit: ExpressibleByArgument {}
extension GeneratorDirection: ExpressibleByArgument {}

/// `likeness augment`
struct Augment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "augment"),
        discussion: """
            At least one of --masks, --templates, --occluders, --policy and --gan is needed. The same pictures, \
            options and seed always give the same files, for any number of workers. JPEG pictures are written as JPEG, \
            all others as PNG. With --recursive, the folder structure is kept.

            --gan unmask generates the part of each face that a mask hides; faces without a mask are left unchanged. \
            --gan mask generates faces with masks, in the styles that --kind, --coverage and --designs choose. A \
            generated face may look like the person, but it is invented: use it for augmentation, not for \
            identification.

            A policy lists alterations, each with its probability and, if it has a strength, the range from which the \
            strength is drawn: {"steps": [{"kind": "flip", "probability": 0.5}, {"kind": "blur", "probability": 0.2, \
            "range": [0.5, 2]}]}. The kinds with their limits are \(Self.kinds).
            """)

    /// The kinds of alterations in a policy, with the limits of their strengths.
    private static let kinds = AugmentationPolicy.Kind.allCases.map { kind in
        kind.limits.map { "\(kind.rawValue) (\(significant($0.low)) to \(significant($0.high)))" } ?? kind.rawValue
    }.joined(separator: ", ")

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var detection: DetectionOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The folder for the altered pictures.", valueName: "folder"))
    var to: String

    @OptionGroup var covers: CoverOptions

    @Option(help: ArgumentHelp("Alter the pictures by the augmentation policy in this JSON file.", valueName: "file"))
    var policy: String?

    @Option(help: "Alter the faces with a generative network instead: unmask or mask.")
    var gan: GeneratorDirection?

    @Option(help: "The random seed.")
    var seed: UInt64 = 0

    @Option(help: "The number of altered copies of each picture.")
    var count = 1

    @Option(help: ArgumentHelp("Also write a picture with thumbnails of all altered faces.", valueName: "file"))
    var contactSheet: String?

    @Option(help: "The faces to use: all, largest, or center (the largest near the center).")
    var face: FaceSelection = .all

    mutating func validate() throws {
        guard covers.isGiven || policy != nil || gan != nil else {
            throw ValidationError("at least one of --masks, --templates, --occluders, --policy and --gan is needed")
        }
        if gan != nil, covers.isGiven || policy != nil {
            throw ValidationError("--gan can't be used together with --masks, --templates, --occluders or --policy")
        }
        guard (1...1000).contains(count) else { throw ValidationError("--count must be from 1 to 1000") }
    }

    func run() async throws {
        try InputFiles.checkDistinct([output.output, contactSheet])
        let batch = try PictureBatch(
            pictures: pictures, detection: detection, output: output, layout: .alterations, others: otherInputs)
        let sheet = try contactSheet.map {
            try PictureFile($0, option: "--contact-sheet", keeping: batch.inputs, in: to)
        }
        let artist = try await artist(batch.detection.finder(count: batch.pictures.count))
        let folder = try OutputFolder(
            to, for: batch.pictures, keeping: batch.inputs, subfolders: batch.subfolders
        ) { $0.isJPEG ? "jpg" : "png" }
        let face = face, count = count, gan = gan, quiet = detection.quiet
        try await interruptible {
            let finder = try await FaceFinder(
                installation: .locate(), configuration: batch.detection.finder(count: batch.pictures.count),
                limits: batch.detection.limits)
            var pages = ContactSheet()
            var number = 0
            let failed = try await failures {
                try await batch.run(with: finder, selecting: face, layout: .alterations) { picture, found in
                    let image = try await picture.image(limits: batch.detection.limits)
                    var record = PictureRecord(image: picture.name, found: found, finder: finder)
                    let faces = found.faces.map(\.face)
                    var written: [AlteredRecord] = []
                    for variant in 0..<count {
                        let altered = try await artist.altered(image, faces: faces, picture: number, variant: variant)
                        let file = folder.file(
                            for: picture, suffix: count == 1 ? "" : "-\(variant + 1)",
                            extension: picture.isJPEG ? "jpg" : "png")
                        try folder.write(altered.image, to: file)
                        if sheet != nil {
                            for face in altered.landmarks { pages.add(altered.image, at: face) }
                        }
                        var result = AlteredRecord(file: file.relativePath, steps: altered.steps)
                        if let gan {
                            let effects = try await GeneratedEffect.of(
                                altered.image, madeOf: image, faces: faces, by: finder.maskEstimator)
                            result.add(effects, of: gan)
                            if !quiet { for remark in effects.remarks(on: picture.name, gan) { Terminal.note(remark) } }
                        }
                        written.append(result)
                    }
                    record.altered = written
                    number += 1
                    return record
                }
            }
            // Pictures that failed are missing from the sheet.
            try sheet?.write(pages.image())
            if let failed { throw failed }
        }
    }

    /// The files that are read in addition to the pictures.
    private var otherInputs: [String] {
        let templates = covers.templates.map { folder in
            FolderListing(SystemPath(folder)).entries.map(\.path.text)
        }
        return (policy.map { [$0] } ?? []) + (templates ?? [])
    }

    private func artist(_ configuration: FaceFinderConfiguration) async throws -> any PictureArtist {
        guard let gan else {
            let policy =
                try policy.map { try AugmentationPolicy(contentsOf: URL(filePath: $0)) } ?? covers.choice.policy
            return FaceArtist(policy: policy, covers: try covers.choice.set(), seed: seed)
        }
        let translator = try await Installation.locate().translator(gan.model, configuration: configuration)
        return GenerativeArtist(translator: translator, covers: try covers.choice.set(), seed: seed)
    }
}

/// The options for drawing masks and other objects on faces.
struct CoverOptions: ParsableArguments {
    @Flag(help: "Draw built-in masks.")
    var masks = false

    @Option(
        help: ArgumentHelp(
            """
            Draw masks from the PNG templates in this folder, which also contains masks.cfg.
            """, valueName: "folder"))
    var templates: String?

    @Flag(help: "Draw sunglasses, hats and scarves.")
    var occluders = false

    @Option(help: "Draw only masks of this kind: surgical, cloth, n95 or kn95. May be repeated.")
    var kind: [MaskStyle.Kind] = []

    @Option(help: "The way masks are worn: full, low, under-nose or chin. (default: a mix, mostly full)")
    var coverage: MaskStyle.Coverage?

    @Option(help: "The mask designs to draw: those for training, those kept for testing, or all.")
    var designs: CoverSplit = .all

    /// Whether any objects were chosen.
    var isGiven: Bool { choice.isGiven }

    /// The chosen objects.
    var choice: CoverChoice {
        var choice = CoverChoice()
        (choice.masks, choice.occluders, choice.kinds) = (masks, occluders, kind)
        (choice.coverage, choice.designs) = (coverage, designs)
        choice.templates = templates.map { URL(filePath: $0, directoryHint: .isDirectory) }
        return choice
    }
}

/// Runs a batch, and returns its exit status if some pictures failed; otherwise `nil`.
private func failures(_ work: () async throws -> Void) async throws -> ExitCode? {
    do {
        try await work()
        return nil
    } catch let status as ExitCode {
        return status
    }
}

extension PictureSource {
    /// Whether the picture's name has the extension of a JPEG.
    fileprivate var isJPEG: Bool { ImageFormat(pathExtension: URL(filePath: name).pathExtension) == .jpeg }
}
