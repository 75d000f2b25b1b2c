/// The configuration of face detection: which networks run, and how.
public struct FaceFinderConfiguration: Codable, Sendable, Hashable {
    /// The enhancement of pictures.
    public enum Enhancement: String, Codable, Sendable, Hashable, CaseIterable {
        /// Enhances only if no face is found: a dark picture is smoothed and brightened by a gamma and searched again;
        /// if that finds nothing, or the picture is not dark, it is searched with CLAHE.
        case auto
        /// Searches each picture once, without enhancement.
        case off
        /// Applies CLAHE to every picture before searching it.
        case clahe
    }

    /// The number format with which networks run.
    public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
        /// bf16 if the CPU has instructions for it, otherwise f32; results state which was used.
        case automatic
        /// 32-bit floating point.
        case f32
        /// Brain floating point (bfloat16), with 8 bits of significand.
        case bf16
    }

    /// The detector that runs if none is named. It is the fastest.
    public static let defaultDetector = "yunet"

    /// The detector's name, as in ``Installation/detectors()``.
    public var detector: String
    /// The number format with which networks run.
    public var precision: Precision
    /// The enhancement of pictures.
    public var enhancement: Enhancement
    /// Whether the probability that a face wears a mask is estimated. Without an installed classifier it stays unknown.
    public var estimatesMasks: Bool
    /// Whether the probability that a person is a child is estimated. Without an installed classifier it stays unknown.
    public var estimatesAges: Bool
    /// Whether every selected face is examined a second time, to confirm that it is an upright face. Used for
    /// enrollment.
    public var examinesFaces: Bool
    /// The total number of threads that the networks use; `nil` for the number of cores.
    public var threads: Int?
    /// The number of pictures processed at once, at least 1. With 1, a single picture takes the least time; with the
    /// number of cores, the most pictures are processed per second.
    public var workers: Int

    /// Creates a configuration. The defaults suit one picture at a time.
    public init(
        detector: String = FaceFinderConfiguration.defaultDetector, precision: Precision = .automatic,
        enhancement: Enhancement = .auto, estimatesMasks: Bool = true, estimatesAges: Bool = true,
        examinesFaces: Bool = false, threads: Int? = nil, workers: Int = 1
    ) {
        self.detector = detector
        self.precision = precision
        self.enhancement = enhancement
        self.estimatesMasks = estimatesMasks
        self.estimatesAges = estimatesAges
        self.examinesFaces = examinesFaces
        self.threads = threads
        self.workers = workers
    }
}
