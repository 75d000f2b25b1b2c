/// A comparison of detectors with each other: `evaluate detectors`.
public struct DetectorsEvaluationRecord: Codable, Hashable, Sendable {
    /// The duration of detection at one picture size.
    public struct Times: Codable, Hashable, Sendable {
        /// The width of the pictures, in pixels.
        public var width: Int
        /// The height of the pictures, in pixels.
        public var height: Int
        /// The median duration, in milliseconds.
        public var median: Double
        /// The shortest duration, in milliseconds.
        public var fastest: Double
        /// The number of pictures timed.
        public var pictures: Int

        /// Creates a record from its parts.
        public init(width: Int, height: Int, median: Double, fastest: Double, pictures: Int) {
            self.width = width
            self.height = height
            self.median = median
            self.fastest = fastest
            self.pictures = pictures
        }
    }

    /// The share of marked faces that a detector finds.
    public struct Recall: Codable, Hashable, Sendable {
        /// The highest accepted number of false boxes per picture; absent if all boxes count.
        public var allowed: Double?
        /// The actual number of false boxes per picture.
        public var falsePerPicture: Double
        /// The size from which faces count, in pixels: the square root of the box's area; absent for all faces.
        public var smallest: Double?
        /// The size below which faces count, in pixels; absent if there is no limit.
        public var largest: Double?
        /// The number of marked faces.
        public var faces: Int
        /// The number of those that were found.
        public var found: Int
        /// The 95 % interval of the share that was found, from a bootstrap over pictures.
        public var interval: IntervalRecord

        /// Creates a record from its parts.
        public init(
            allowed: Double?, falsePerPicture: Double, smallest: Double? = nil, largest: Double? = nil, faces: Int,
            found: Int, interval: IntervalRecord
        ) {
            self.allowed = allowed
            self.falsePerPicture = falsePerPicture
            self.smallest = smallest
            self.largest = largest
            self.faces = faces
            self.found = found
            self.interval = interval
        }
    }

    /// The results of one detector.
    public struct Detector: Codable, Hashable, Sendable {
        /// The name.
        public var detector: String
        /// The precision with which it ran.
        public var precision: String
        /// The number of pictures in which it found no face.
        public var picturesWithoutFace: Int
        /// The number of boxes it found.
        public var boxes: Int
        /// The number of its boxes that no other detector confirms.
        public var unconfirmed: Int
        /// The number of faces that all other detectors found and this one didn't.
        public var missed: Int
        /// The durations for each picture size.
        public var milliseconds: [Times]
        /// The share of marked faces that it finds, by the number of false boxes, then by the faces' size; absent if
        /// no faces are marked.
        public var marked: [Recall]?

        /// Creates a record from its parts.
        public init(
            detector: String, precision: String, picturesWithoutFace: Int, boxes: Int, unconfirmed: Int, missed: Int,
            milliseconds: [Times], marked: [Recall]? = nil
        ) {
            self.detector = detector
            self.precision = precision
            self.picturesWithoutFace = picturesWithoutFace
            self.boxes = boxes
            self.unconfirmed = unconfirmed
            self.missed = missed
            self.milliseconds = milliseconds
            self.marked = marked
        }
    }

    /// The results of each detector.
    public var detectors: [Detector]
    /// The number of pictures.
    public var pictures: Int
    /// The intersection over union from which two boxes count as the same face.
    public var overlap: Float
    /// The further looks: `off` for none, `auto` for a thorough search.
    public var enhancement: String
    /// The number of pictures that could not be read. They are not compared.
    public var failedImages: Int
    /// The failed pictures, with reasons.
    public var failures: [FailedImageRecord]
    /// Minor defects of files that could be read; absent if there are none.
    public var remarks: [RemarkedImageRecord]?

    /// Creates a record from its parts.
    public init(
        detectors: [Detector], pictures: Int, overlap: Float, enhancement: String, failedImages: Int,
        failures: [FailedImageRecord], remarks: [RemarkedImageRecord]? = nil
    ) {
        self.detectors = detectors
        self.pictures = pictures
        self.overlap = overlap
        self.enhancement = enhancement
        self.failedImages = failedImages
        self.failures = failures
        self.remarks = remarks
    }
}
