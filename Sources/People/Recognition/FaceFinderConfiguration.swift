/// The configuration of face detection: which networks run, and how.
public struct FaceFinderConfiguration: Codable, Sendable, Hashable {
    /// The enhancement of pictures.
    public enum Enhancement: String, Codable, Sendable, Hashable, CaseIterable {
        /// Takes further looks only if no face is found, one after the other until one finds a face: the picture turned
        /// by 90, 180 and 270 degrees; with CLAHE and another installed detector; smoothed and brightened by a gamma if
        /// it is dark; with CLAHE. A face that is found with little confidence is checked for being turned.
        case auto
        /// Searches each picture once, as it is.
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

    /// The least value of ``smallestFace``, in pixels. Smaller values count as this one.
    public static let leastSmallestFace = 12

    /// The detector that runs if none is named. It is the fastest.
    public static let defaultDetector = "yunet"

    /// The detector's name, as in ``Installation/detectors()``.
    public var detector: String
    /// The number format with which networks run.
    public var precision: Precision
    /// The enhancement of pictures.
    public var enhancement: Enhancement
    /// The side of the smallest faces to find, in pixels of the picture; 12 is the least. `nil` for no further search.
    ///
    /// By default, a large picture is shrunk, so that its small faces are missed, and faces of 12 to 20 pixels are often
    /// missed in any picture. If this is set, overlapping tiles of every picture are searched too, at the resolution
    /// that such faces need. The time is proportional to the picture's pixels times (12 / side)². Only 16 megapixels of
    /// the picture are decoded at a time.
    public var smallestFace: Int?
    /// Whether every picture is searched as thoroughly as possible: for faces from 12 pixels, and with all further looks
    /// of ``Enhancement/auto``, even if faces have been found.
    public var isThorough: Bool
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
        enhancement: Enhancement = .auto, smallestFace: Int? = nil, isThorough: Bool = false,
        estimatesMasks: Bool = true, estimatesAges: Bool = true, examinesFaces: Bool = false, threads: Int? = nil,
        workers: Int = 1
    ) {
        self.detector = detector
        self.precision = precision
        self.enhancement = enhancement
        self.smallestFace = smallestFace
        self.isThorough = isThorough
        self.estimatesMasks = estimatesMasks
        self.estimatesAges = estimatesAges
        self.examinesFaces = examinesFaces
        self.threads = threads
        self.workers = workers
    }
}

extension FaceFinderConfiguration {
    /// The size of the smallest faces for which tiles are searched; `nil` if none are.
    var smallestSearched: Int? {
        isThorough ? Self.leastSmallestFace : smallestFace.map { max($0, Self.leastSmallestFace) }
    }

    /// Distinguishes the results of this search from those of others: empty for the usual one.
    var searchIdentity: [String] {
        (smallestSearched.map { ["from \($0) pixels"] } ?? []) + (isThorough ? ["thorough"] : [])
    }
}
