public import ArgumentParser
import Faces
import Foundation
import Likeness
import LikenessSupport
import Pixels
public import Recognition

extension FaceFinderConfiguration.Enhancement: ExpressibleByArgument {}
extension FaceSelection: ExpressibleByArgument {}

extension FaceFinderConfiguration.Precision: ExpressibleByArgument {}

/// How faces are found.
struct DetectionOptions: ParsableArguments {
    @Option(
        help: """
            The detector: yunet (the fastest), mtcnn, retinaface, or another installed model that finds faces: see 'likeness \
            models list'. Faces below about 1 % of a large photograph's longer side are mostly not found, with retinaface \
            below 2 %.
            """)
    var detector = FaceFinderConfiguration.defaultDetector

    @Option(help: "If no face is found: auto tries gamma correction (dark pictures), then CLAHE.")
    var enhance: FaceFinderConfiguration.Enhancement = .auto

    @Option(help: "The precision of the networks; automatic is bf16 if the CPU supports it. Results state it.")
    var precision: FaceFinderConfiguration.Precision = .automatic

    @Flag(help: "Don't classify masks; results then say that the mask is unknown.")
    var noMasks = false

    @Flag(help: "Don't classify ages; results then say that the age is unknown.")
    var noAges = false

    @Option(help: ArgumentHelp("Pictures to process at once. (default: one per core if there are several)"))
    var workers: Int?

    @Option(help: "The maximum size of a picture, in megapixels.")
    var maxMegapixels: Double = 250

    @Option(help: "The maximum size of a picture file, in MiB.")
    var maxFileSize: Double = 128

    @Option(
        help: ArgumentHelp(
            """
            The maximum memory to decode one picture, in MiB. Large baseline JPEGs and PNGs need little. Progressive \
            JPEGs need 3 to 6 MiB per million pixels; interlaced PNGs, WebP, HEIC and annotated pictures need 3 to 8.
            """))
    var maxMemory: Int = 1024

    @Flag(name: .shortAndLong, help: "No progress and no remarks on the standard error.")
    var quiet = false

    mutating func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers is 1 to 64") }
        guard (0.0001...10_000).contains(maxMegapixels) else {
            throw ValidationError("--max-megapixels is 0.0001 to 10000")
        }
        guard (0.001...4096).contains(maxFileSize) else { throw ValidationError("--max-file-size is 0.001 to 4096") }
        guard (1...1_048_576).contains(maxMemory) else { throw ValidationError("--max-memory is 1 to 1048576") }
    }

    /// What pictures are accepted.
    var limits: DecodingLimits {
        DecodingLimits(
            pixels: Int(maxMegapixels * 1e6), bytes: Int(maxFileSize * 1024 * 1024), memory: maxMemory << 20)
    }

    /// How the faces of `count` pictures are found.
    func finder(count: Int) -> FaceFinderConfiguration {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return FaceFinderConfiguration(
            detector: detector, precision: precision, enhancement: enhance, estimatesMasks: !noMasks,
            estimatesAges: !noAges, workers: workers ?? (count >= 4 * cores ? cores : 1))
    }

    /// How the faces of `count` pictures are found and embedded.
    func configuration(count: Int, model: String, averagesMirrored: Bool = false) -> RecognizerConfiguration {
        RecognizerConfiguration(finder: finder(count: count), model: model, averagesMirrored: averagesMirrored)
    }
}

/// How faces are embedded.
struct EmbeddingOptions: ParsableArguments {
    @Option(help: "The embedding model; 'likeness models list' shows all.")
    var model: String?

    @Flag(help: "Average with the mirrored face: twice the embedding time, no measurable gain on LFW.")
    var mirror = false
}

/// Which pictures.
struct PictureOptions: ParsableArguments {
    @Argument(help: "Files, folders, patterns in quotes, or - for the standard input.")
    var images: [String]

    @Flag(name: .shortAndLong, help: "Also read subfolders.")
    var recursive = false

    mutating func validate() throws { try images.forEach(Self.checkName) }

    /// - Throws: `ValidationError` for a name that is empty, such as that of a variable that was never set.
    static func checkName(_ name: String) throws {
        if name.isEmpty { throw ValidationError("a picture's name is empty: name a file, a folder, a pattern or -") }
    }

    /// The pictures that the arguments name, with where they lie in folders in folders; says how many other files were
    /// passed over, and how many hidden ones.
    ///
    /// - Parameters:
    ///   - limits: How much of the standard input is taken.
    ///   - quiet: Whether nothing is said.
    func list(limits: DecodingLimits, quiet: Bool) throws -> PictureList {
        let list = try PictureList(images, recursive: recursive) {
            try StandardStream.readInput(limit: limits.bytes)
        }
        guard !quiet else { return list }
        if list.skipped > 0 { Terminal.note("skipped: \(counted(list.skipped, "other file")) in the folders") }
        if list.folders > 0 {
            Terminal.note("skipped: \(counted(list.folders, "subfolder")); --recursive reads them too")
        }
        if list.hidden > 0 {
            let hidden = counted(list.hidden, "hidden picture or folder", "hidden pictures or folders")
            Terminal.note("skipped: \(hidden) (names that begin with a dot)")
        }
        list.noteLinks()
        // Where there is no picture at all, that is said anyway.
        if !list.sources.isEmpty { for folder in list.emptyFolders { Terminal.note("no picture is in \(folder)") } }
        return list
    }
}

/// Where results go, and in which form.
struct OutputOptions: ParsableArguments {
    @Option(help: "The output format: table, json, jsonl, or csv (only for lists).")
    var format: OutputFormat = .table

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to this file, which appears when complete.", valueName: "file"))
    var output: String?

    /// Refuses to write onto what is read, and where nothing can be written.
    func check(keeping inputs: InputFiles) throws {
        try inputs.check(output)
        if let output { try OutputFile.checkPlace(output) }
    }
}

/// From which similarity two faces are one person's.
struct ThresholdOptions: ParsableArguments {
    @Option(help: "The false match rate per comparison; sets the threshold from the model's card. (default: 0.001)")
    var fmr: Double?

    @Option(help: "The lowest cosine similarity of a match, -1 to 1.")
    var threshold: Float?

    /// The rate where neither option is given.
    static let defaultRate = DecisionPolicy.defaultFalseMatchRate

    mutating func validate() throws {
        if fmr != nil, threshold != nil { throw ValidationError("--fmr and --threshold exclude each other") }
        if let threshold, !(-1...1).contains(threshold) { throw ValidationError("--threshold is -1 to 1") }
        if let fmr, !(fmr > 0 && fmr < 1) { throw ValidationError("--fmr lies between 0 and 1") }
    }
}

/// How similarities become decisions.
struct DecisionOptions: ParsableArguments {
    @OptionGroup var threshold: ThresholdOptions

    @Flag(help: "Use one threshold for all conditions, even if the model's card has thresholds by condition.")
    var oneThreshold = false

    @Option(help: "The prior probability of a match; for a gallery, that the person is in it.")
    var prior = MatchRule.evenPrior

    mutating func validate() throws {
        if oneThreshold, threshold.threshold != nil {
            throw ValidationError("--threshold is one for all conditions already")
        }
        if !(prior > 0 && prior < 1) { throw ValidationError("--prior lies between 0 and 1") }
    }
}

extension DecisionOptions {
    /// How the similarity of two faces becomes a decision.
    var policy: DecisionPolicy {
        DecisionPolicy(threshold.basis, prior: prior, adaptsToConditions: !oneThreshold)
    }
}

extension ThresholdOptions {
    /// The number that decisions are held to.
    var basis: DecisionPolicy.Basis {
        threshold.map { .threshold($0) } ?? .falseMatchRate(fmr ?? Self.defaultRate)
    }
}

extension DetectionOptions {
    /// The configuration of a service for `count` pictures.
    func service(count: Int, model: String? = nil, averagesMirrored: Bool) -> FaceServiceConfiguration {
        FaceServiceConfiguration(
            recognizer: configuration(
                count: count, model: model ?? RecognizerConfiguration.defaultModel, averagesMirrored: averagesMirrored),
            limits: limits)
    }

    /// Says the remarks on a picture on the standard error, unless --quiet is given.
    func noteRemarks(_ picture: PictureSource, _ remarks: [ImageRemark]) {
        if !quiet { Terminal.note(remarks, on: picture.name) }
    }
}
