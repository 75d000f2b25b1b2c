/// Detectors against each other: `evaluate detectors`.
public struct DetectorsEvaluationRecord: Codable, Hashable, Sendable {
    /// How long detection took at one size.
    public struct Times: Codable, Hashable, Sendable {
        /// Columns of the picture.
        public var width: Int
        /// Rows of the picture.
        public var height: Int
        /// The middle one of the pictures' times, in milliseconds.
        public var median: Double
        /// The least, in milliseconds.
        public var fastest: Double
        /// How many pictures were timed.
        public var pictures: Int

        /// A record from its parts.
        public init(width: Int, height: Int, median: Double, fastest: Double, pictures: Int) {
            self.width = width
            self.height = height
            self.median = median
            self.fastest = fastest
            self.pictures = pictures
        }
    }

    /// One detector.
    public struct Detector: Codable, Hashable, Sendable {
        /// Its name.
        public var detector: String
        /// The numbers in which it ran.
        public var precision: String
        /// Pictures in which it found none.
        public var picturesWithoutFace: Int
        /// How many boxes it found.
        public var boxes: Int
        /// Boxes that no other detector has.
        public var unconfirmed: Int
        /// Faces that all other detectors agree on and this one has not.
        public var missed: Int
        /// How long it took, by size.
        public var milliseconds: [Times]

        /// A record from its parts.
        public init(
            detector: String, precision: String, picturesWithoutFace: Int, boxes: Int, unconfirmed: Int, missed: Int,
            milliseconds: [Times]
        ) {
            self.detector = detector
            self.precision = precision
            self.picturesWithoutFace = picturesWithoutFace
            self.boxes = boxes
            self.unconfirmed = unconfirmed
            self.missed = missed
            self.milliseconds = milliseconds
        }
    }

    /// Each detector.
    public var detectors: [Detector]
    /// How many pictures.
    public var pictures: Int
    /// The intersection over union from which two boxes are of one face.
    public var overlap: Float
    /// What was done if no face was found: `off`.
    public var enhancement: String
    /// Pictures that could not be read; they are not compared.
    public var failedImages: Int
    /// Which they are.
    public var failures: [FailedImageRecord]
    /// What was missing in files that could be read; absent if nothing was.
    public var remarks: [RemarkedImageRecord]?

    /// A record from its parts.
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
