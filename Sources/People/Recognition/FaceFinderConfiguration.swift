/// How faces are found: which networks run, and how.
public struct FaceFinderConfiguration: Codable, Sendable, Hashable {
    /// What is done if no face is found.
    public enum Enhancement: String, Codable, Sendable, Hashable, CaseIterable {
        /// Only if nothing was found: a second look at a dark picture, smoothed and raised by a gamma, and a last look at
        /// any picture with CLAHE.
        case auto
        /// One look.
        case off
        /// Every picture is equalized before the first look.
        case clahe
    }

    /// The numbers in which networks run.
    public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
        /// bf16 if the CPU has instructions for it, else f32; results say which it was.
        case automatic
        /// 32-bit floating point.
        case f32
        /// Brain floating point: 8 bits of significand.
        case bf16
    }

    /// The detector that runs if none is named: the fastest.
    public static let defaultDetector = "yunet"

    /// The detector's name, as ``Installation/detectors()`` lists it.
    public var detector: String
    /// The numbers in which networks run.
    public var precision: Precision
    /// What is done if no face is found.
    public var enhancement: Enhancement
    /// Whether a classifier says how likely each face wears a mask, if one is installed; otherwise that is unknown.
    public var estimatesMasks: Bool
    /// Whether a classifier says how likely each person is a child, if one is installed; otherwise that is unknown.
    public var estimatesAges: Bool
    /// Whether every selected face is looked at a second time: is it one, and the right way up? For enrollment.
    public var examinesFaces: Bool
    /// Threads that the networks use in all; `nil` for as many as there are cores.
    public var threads: Int?
    /// Pictures that are worked on at once, at least 1; 1 gives the shortest time for one picture, the number of cores the
    /// most pictures per second.
    public var workers: Int

    /// A configuration; the defaults suit one picture at a time.
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
