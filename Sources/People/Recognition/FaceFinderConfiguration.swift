/// The configuration of face detection: which networks run, and how.
public struct FaceFinderConfiguration: Codable, Sendable, Hashable {
    /// The enhancement of pictures.
    public enum Enhancement: String, Codable, Sendable, Hashable, CaseIterable {
        /// Takes further looks only if no face is found, one after the other until one finds a face: the picture turned
        /// by 90, 180 and 270 degrees; with CLAHE and another installed detector; smoothed and brightened by a gamma if
        /// it is dark; as it is, by the detector `yunet-trained`; with CLAHE. A face that is found with little confidence is checked for being turned.
        case auto
        /// Searches each whole picture once, as it is.
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

    /// How small faces are searched for in parts of a picture.
    public enum SmallestFace: RawRepresentable, Codable, Sendable, Hashable {
        /// Only in pictures whose first look finds faces with fewer than 48 pixels, as the detector sees them, or in which
        /// no look finds a face. Parts of the picture are enlarged to at most 3 megapixels, and faces of 12 pixels to at
        /// most 36. Only detectors that conform to `TileDetector` do this.
        case auto
        /// The whole picture only.
        case off
        /// In every picture, for faces from this side, in pixels of the picture; 12 is the least.
        case pixels(Int)

        /// Creates it from `auto`, `off`, or a positive number of pixels; `nil` for any other text.
        public init?(rawValue: String) {
            switch rawValue {
            case "auto": self = .auto
            case "off": self = .off
            default:
                guard let side = Int(rawValue), side > 0 else { return nil }
                self = .pixels(side)
            }
        }

        /// `auto`, `off`, or the number of pixels.
        public var rawValue: String {
            switch self {
            case .auto: "auto"
            case .off: "off"
            case .pixels(let side): "\(side)"
            }
        }
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
    /// How small faces are searched for in parts of a picture.
    ///
    /// A large picture is shrunk for the first look, so that its small faces are missed, and faces of 12 to 20 pixels are
    /// often missed in any picture. Overlapping tiles of the picture are then searched too, at the resolution that such
    /// faces need. With ``SmallestFace/pixels(_:)``, the time is proportional to the picture's pixels times (12 / side)².
    /// Only 16 megapixels of the picture are decoded at a time.
    public var smallestFace: SmallestFace
    /// Whether every picture is searched thoroughly: in parts that together have up to 6 megapixels, for small
    /// faces of less confidence too, and with all further looks of ``Enhancement/auto``, even if faces have been found.
    ///
    /// In pictures of up to 6 megapixels, that shows faces from 12 pixels, in larger ones less small faces. For those, set
    /// ``smallestFace`` too.
    public var isThorough: Bool
    /// Whether the probability that a face wears a mask is estimated. Without an installed classifier it stays unknown.
    public var estimatesMasks: Bool
    /// Whether the probability that a person is a child is estimated. Without an installed classifier it stays unknown.
    public var estimatesAges: Bool
    /// Whether it is estimated how usable a face is. Without an installed network it stays unknown.
    public var estimatesQuality: Bool
    /// Whether every selected face is examined a second time, to confirm that it is an upright face. Used for
    /// enrollment.
    public var examinesFaces: Bool
    /// The total number of threads that the networks use; `nil` for the number of cores. Less than 1 counts as 1.
    public var threads: Int?
    /// The number of pictures processed at once. Less than 1 counts as 1. With 1, a single picture takes the least time;
    /// with the number of cores, the most pictures are processed per second.
    public var workers: Int

    /// Creates a configuration. The defaults suit one picture at a time.
    public init(
        detector: String = FaceFinderConfiguration.defaultDetector, precision: Precision = .automatic,
        enhancement: Enhancement = .auto, smallestFace: SmallestFace = .auto, isThorough: Bool = false,
        estimatesMasks: Bool = true, estimatesAges: Bool = true, estimatesQuality: Bool = true,
        examinesFaces: Bool = false, threads: Int? = nil, workers: Int = 1
    ) {
        self.detector = detector
        self.precision = precision
        self.enhancement = enhancement
        self.smallestFace = smallestFace
        self.isThorough = isThorough
        self.estimatesMasks = estimatesMasks
        self.estimatesAges = estimatesAges
        self.estimatesQuality = estimatesQuality
        self.examinesFaces = examinesFaces
        self.threads = threads
        self.workers = workers
    }
}

extension FaceFinderConfiguration {
    /// ``workers``, at least 1: the number may come from a file.
    var picturesAtOnce: Int { max(workers, 1) }

    /// How small faces are searched for.
    var smallestSearched: SmallestFace {
        if case .pixels(let side) = smallestFace { return .pixels(max(side, Self.leastSmallestFace)) }
        return smallestFace
    }

    /// Whether any picture is searched more than once.
    var searchesFurther: Bool { enhancement == .auto || smallestSearched != .off || isThorough }

    /// Distinguishes the results of this search from those of others: empty for the usual one.
    var searchIdentity: [String] {
        (smallestSearched == .auto ? [] : ["smallest \(smallestSearched.rawValue)"]) + (isThorough ? ["thorough"] : [])
    }
}
