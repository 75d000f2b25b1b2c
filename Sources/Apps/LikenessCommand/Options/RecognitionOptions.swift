public import ArgumentParser
package import Faces
import Foundation
package import Likeness
import LikenessSupport
package import Pixels
public import Recognition

extension FaceFinderConfiguration.Enhancement: ExpressibleByArgument {}
extension FaceFinderConfiguration.SmallestFace: ExpressibleByArgument {}
extension FaceSelection: ExpressibleByArgument {}

extension FaceFinderConfiguration.Precision: ExpressibleByArgument {}

/// The options for finding faces.
package struct DetectionOptions: ParsableArguments {
    @Option(
        help: """
            The face detector: yunet (the fastest), yunet-trained (better at small faces and extreme light; if it is \
            installed, every other detector uses it for these), mtcnn, retinaface, or another installed detector; \
            'likeness models list' shows all. In large photographs, faces smaller than about 1 % of the longer side (2 % with retinaface) \
            are found only in parts of the picture: see --smallest and --thorough.
            """)
    package var detector = FaceFinderConfiguration.defaultDetector

    @Option(
        help: """
            Further searches of a picture: auto repeats the search if no face is found (turned by 90, 180 and 270 \
            degrees, with other detectors, brightened if it is dark, and with more local contrast), and checks faces \
            of little confidence for being turned. clahe equalizes the local contrast of every picture (CLAHE) and \
            searches once; off searches once. --smallest is independent of it.
            """)
    package var enhance: FaceFinderConfiguration.Enhancement = .auto

    @Option(
        help: ArgumentHelp(
            """
            Also search parts of the picture at a higher resolution. auto does so if the picture shows small faces or \
            no face at all, unless a single face is wanted; it takes a few times as long. A number, 12 or more, \
            searches every picture for faces of at least this many pixels; half the number takes four times as long. \
            off never searches parts. (default: auto)
            """, valueName: "auto|off|pixels"))
    package var smallest: FaceFinderConfiguration.SmallestFace?

    @Flag(
        help: """
            Search thoroughly: the parts of every picture, and with all enhancements even if faces are found. Small \
            faces of less confidence are kept too. Finds faces of at least 12 pixels; in pictures of more than 6 \
            megapixels, larger ones, unless --smallest is given.
            """)
    package var thorough = false

    @Option(
        help: """
            The precision of the networks; automatic means bf16 (faster) if the CPU supports it, else f32. A quantized \
            model always runs in int8.
            """)
    package var precision: FaceFinderConfiguration.Precision = .automatic

    @Flag(help: "Do not detect masks; results then report masks as unknown.")
    package var noMasks = false

    @Flag(help: "Do not tell children from adults; results then report ages as unknown.")
    package var noAges = false

    @Flag(help: "Don't estimate how usable faces are. 'enroll' then doesn't check it.")
    package var noQuality = false

    @Option(
        help: ArgumentHelp(
            """
            The number of pictures to process at the same time. (default: the number of cores for many pictures, else 1)
            """))
    package var workers: Int?

    @Option(help: "The maximum size of a picture, in megapixels.")
    package var maxMegapixels: Double = 250

    @Option(help: "The maximum size of a picture file, in MiB.")
    package var maxFileSize: Double = 128

    @Option(
        help: ArgumentHelp(
            """
            The maximum memory for decoding one picture, in MiB. Baseline JPEGs and PNGs need little, even if they are \
            large. Per megapixel, progressive JPEGs need 3 to 6 MiB; interlaced PNGs, WebP, HEIC and annotated \
            pictures need 3 to 8 MiB.
            """))
    package var maxMemory: Int = 1024

    @Flag(name: .shortAndLong, help: "Print no progress and no remarks to the standard error.")
    package var quiet = false

    package init() {}

    package mutating func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers must be from 1 to 64") }
        if let smallest { try smallest.check() }
        if thorough, enhance != .auto {
            throw ValidationError("--thorough includes all further searches: leave --enhance \(enhance.rawValue) out")
        }
        if smallest == .off, thorough { throw ValidationError("--smallest off and --thorough can't be used together") }
        guard (0.0001...10_000).contains(maxMegapixels) else {
            throw ValidationError("--max-megapixels must be from 0.0001 to 10000")
        }
        guard (0.001...4096).contains(maxFileSize) else {
            throw ValidationError("--max-file-size must be from 0.001 to 4096")
        }
        guard (1...1_048_576).contains(maxMemory) else {
            throw ValidationError("--max-memory must be from 1 to 1048576")
        }
    }

    /// The limits for decoding a picture.
    package var limits: DecodingLimits {
        DecodingLimits(
            pixels: Int(maxMegapixels * 1e6), bytes: Int(maxFileSize * 1024 * 1024), memory: maxMemory << 20)
    }

    /// Returns the configuration for finding faces in `count` pictures.
    package func finder(count: Int) -> FaceFinderConfiguration {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return FaceFinderConfiguration(
            detector: detector, precision: precision, enhancement: enhance, smallestFace: smallest ?? .auto,
            isThorough: thorough, estimatesMasks: !noMasks, estimatesAges: !noAges,
            estimatesQuality: !noQuality, workers: workers ?? (count >= 4 * cores ? cores : 1))
    }

    /// Returns the configuration for finding and embedding faces in `count` pictures.
    package func configuration(count: Int, model: String?, averagesMirrored: Bool = false) -> RecognizerConfiguration {
        RecognizerConfiguration(finder: finder(count: count), model: model, averagesMirrored: averagesMirrored)
    }
}

extension FaceFinderConfiguration.SmallestFace {
    /// Refuses fewer pixels than detectors can see.
    ///
    /// - Throws: `ValidationError`.
    package func check() throws {
        if case .pixels(let side) = self, side < FaceFinderConfiguration.leastSmallestFace {
            throw ValidationError(
                "--smallest must be \(FaceFinderConfiguration.leastSmallestFace) or more pixels, auto or off")
        }
    }
}

/// The options for computing embeddings.
package struct EmbeddingOptions: ParsableArguments {
    @Option(
        help: """
            The embedding model; 'likeness models list' shows all. (default: likeness-light, or sface if networks for \
            non-commercial research were left out at set-up; with a gallery, the model of its embeddings)
            """)
    package var model: String?

    @Flag(
        help: """
            Average each embedding with that of the mirrored face. It takes twice the time; no gain was measured on LFW.
            """)
    package var mirror = false

    package init() {}
}

/// The pictures to read.
package struct PictureOptions: ParsableArguments {
    @Argument(help: "Picture files, folders, patterns in quotes such as '*.jpg', or - for the standard input.")
    package var images: [String]

    @Flag(name: .shortAndLong, help: "Also read the subfolders of folders.")
    package var recursive = false

    package init() {}

    package mutating func validate() throws { try images.forEach(Self.checkName) }

    /// Refuses an empty name, which is usually an unset shell variable.
    ///
    /// - Throws: `ValidationError`.
    package static func checkName(_ name: String) throws {
        if name.isEmpty {
            throw ValidationError("a picture's name is empty: name a file, a folder, a pattern or -")
        }
    }

    /// Returns the pictures that the arguments name, with their subfolders. Prints remarks about skipped files,
    /// folders, hidden pictures and links.
    ///
    /// - Parameters:
    ///   - limits: The limits for decoding, which also limit the size of the standard input.
    ///   - quiet: Whether to print no remarks.
    package func list(limits: DecodingLimits, quiet: Bool) throws -> PictureList {
        let list = try PictureList(images, recursive: recursive) {
            try StandardStream.readInput(limit: limits.bytes)
        }
        guard !quiet else { return list }
        if list.skipped > 0 {
            Terminal.note("skipped: \(counted(list.skipped, "other file")) in the folders (not pictures)")
        }
        if list.folders > 0 {
            Terminal.note("skipped: \(counted(list.folders, "subfolder")); --recursive reads them too")
        }
        if list.hidden > 0 {
            let hidden = counted(list.hidden, "hidden picture or folder", "hidden pictures or folders")
            Terminal.note("skipped: \(hidden) (names that begin with a dot)")
        }
        list.noteLinks()
        // If there are no pictures at all, an error says so.
        if !list.sources.isEmpty {
            for folder in list.emptyFolders { Terminal.note("there are no pictures in \(folder)") }
        }
        return list
    }
}

/// The format and the destination of the results.
package struct OutputOptions: ParsableArguments {
    @Option(help: "The output format. jsonl is one JSON object per line; some results have no csv form.")
    package var format: OutputFormat = .table

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            """
            Write the results to this file instead of the standard output. It appears when it is complete.
            """, valueName: "file"))
    package var output: String?

    package init() {}

    /// Checks that the output overwrites no input and that its path is writable.
    package func check(keeping inputs: InputFiles) throws {
        try inputs.check(output)
        if let output { try OutputFile.checkPlace(output) }
    }
}

/// The threshold from which two faces count as the same person.
package struct ThresholdOptions: ParsableArguments {
    @Option(
        help: """
            The accepted false match rate per comparison; the model's card has the threshold for it. (default: 0.001; \
            another one for enroll)
            """)
    package var fmr: Double?

    @Option(help: "The minimum cosine similarity of a match, from -1 to 1, instead of --fmr.")
    package var threshold: Float?

    package init() {}

    /// The false match rate if neither option is given.
    package static let defaultRate = DecisionPolicy.defaultFalseMatchRate

    package mutating func validate() throws {
        if fmr != nil, threshold != nil { throw ValidationError("--fmr and --threshold can't be used together") }
        if let threshold, !(-1...1).contains(threshold) { throw ValidationError("--threshold must be from -1 to 1") }
        if let fmr, !(fmr > 0 && fmr < 1) { throw ValidationError("--fmr must be between 0 and 1") }
    }
}

/// The options for decisions.
package struct DecisionOptions: ParsableArguments {
    @OptionGroup package var threshold: ThresholdOptions

    @Flag(
        help: """
            Use one threshold for all pairs, even if the model's card has separate thresholds for conditions such as \
            masks, blur or small faces.
            """)
    package var oneThreshold = false

    @Option(
        help: """
            The probability before the comparison that the faces match; for a gallery, that the person is in it.
            """)
    package var prior = MatchRule.evenPrior

    package init() {}

    package mutating func validate() throws {
        if oneThreshold, threshold.threshold != nil {
            throw ValidationError("--threshold already sets one threshold: leave --one-threshold out")
        }
        if !(prior > 0 && prior < 1) { throw ValidationError("--prior must be between 0 and 1") }
    }
}

extension DecisionOptions {
    /// The policy for the decision about two faces.
    package var policy: DecisionPolicy {
        DecisionPolicy(threshold.basis, prior: prior, adaptsToConditions: !oneThreshold)
    }
}

extension ThresholdOptions {
    /// The rate or threshold that decisions are based on.
    package var basis: DecisionPolicy.Basis {
        threshold.map { .threshold($0) } ?? .falseMatchRate(fmr ?? Self.defaultRate)
    }
}

extension DetectionOptions {
    /// Returns the configuration of a service for `count` pictures.
    package func service(count: Int, model: String? = nil, averagesMirrored: Bool) -> FaceServiceConfiguration {
        FaceServiceConfiguration(
            recognizer: configuration(count: count, model: model, averagesMirrored: averagesMirrored), limits: limits)
    }

    /// Prints the remarks on a picture to the standard error, unless --quiet is given.
    package func noteRemarks(_ picture: PictureSource, _ remarks: [ImageRemark]) {
        if !quiet { Terminal.note(remarks, on: picture.name) }
    }
}
