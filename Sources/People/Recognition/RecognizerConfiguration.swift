/// Which networks run, and how.
public struct RecognizerConfiguration: Codable, Sendable, Hashable {
    /// The detectors that are built in.
    public enum Detector: String, Codable, Sendable, Hashable, CaseIterable {
        /// YuNet: the fastest, the default.
        case yunet
        /// MTCNN: the papers' light detector, a cascade of three networks.
        case mtcnn
        /// RetinaFace (MobileNet-0.25): the papers' precise detector, on a larger picture.
        case retinaface
    }

    /// What is done where no face is found.
    public enum Enhancement: String, Codable, Sendable, Hashable, CaseIterable {
        /// Only where nothing was found: a second look at a dark picture, smoothed and raised by a gamma, and a last look at
        /// any picture with CLAHE.
        case auto
        /// One look.
        case off
        /// Every picture is equalized before the first look.
        case clahe
    }

    /// The numbers in which networks run.
    public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
        /// bf16 where the CPU has instructions for it, else f32; results say which it was.
        case automatic
        /// 32-bit floating point.
        case f32
        /// Brain floating point: 8 bits of significand.
        case bf16
    }

    /// The embedder that runs where none is named.
    public static let defaultModel = "sface"

    /// Finds the faces.
    public var detector: Detector
    /// The embedder's name, as its card has it.
    public var model: String
    /// The numbers in which networks run.
    public var precision: Precision
    /// What is done where no face is found.
    public var enhancement: Enhancement
    /// Embeds the mirrored face too and averages: twice the time of embedding.
    public var averagesMirrored: Bool
    /// Whether a classifier says how likely each face wears a mask, where one is installed; otherwise that is unknown.
    public var estimatesMasks: Bool
    /// Whether a classifier says how likely each person is a child, where one is installed; otherwise that is unknown.
    public var estimatesAges: Bool
    /// Whether every selected face is looked at a second time: is it one, and the right way up? For what is enrolled.
    public var examinesFaces: Bool
    /// Threads that the networks use in all; `nil` for as many as there are cores.
    public var threads: Int?
    /// Pictures that are worked on at once; 1 gives the shortest time for one picture, the number of cores the most
    /// pictures per second.
    public var workers: Int

    /// A configuration; the defaults suit one picture at a time.
    public init(
        detector: Detector = .yunet, model: String = RecognizerConfiguration.defaultModel,
        precision: Precision = .automatic,
        enhancement: Enhancement = .auto, averagesMirrored: Bool = false, estimatesMasks: Bool = true,
        estimatesAges: Bool = true, examinesFaces: Bool = false, threads: Int? = nil, workers: Int = 1
    ) {
        self.detector = detector
        self.model = model
        self.precision = precision
        self.enhancement = enhancement
        self.averagesMirrored = averagesMirrored
        self.estimatesMasks = estimatesMasks
        self.examinesFaces = examinesFaces
        self.estimatesAges = estimatesAges
        self.threads = threads
        self.workers = workers
    }
}
