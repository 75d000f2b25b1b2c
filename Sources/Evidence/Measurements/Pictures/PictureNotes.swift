public import Evaluation
import LikenessSupport
public import Pixels

/// Notes on the pictures of a measurement, in addition to its results.
public struct PictureNotes: Sendable, Hashable {
    /// A minor defect of a picture's file that didn't prevent it from being read.
    public struct Remarked: Codable, Sendable, Hashable {
        /// The picture's name in the list.
        public var image: String
        /// A stable code for programs, see `ImageRemark.code`.
        public var code: String
        /// The message, in one sentence.
        public var message: String
    }

    /// The pictures that could not be read, with the reasons. They are not used in any result.
    public private(set) var unreadable: [PairsReport.FailedImage] = []
    /// The pictures that could be read although their files have minor defects.
    public private(set) var remarks: [Remarked] = []

    /// Creates empty notes.
    public init() {}

    /// Adds a picture that could not be read.
    public mutating func addUnreadable(_ image: String, _ error: any Error) {
        unreadable.append(PairsReport.FailedImage(image: image, reason: ForeignError.translating(error).description))
    }

    /// Adds the minor defects of a picture's file.
    public mutating func add(_ found: [ImageRemark], on image: String) {
        remarks += found.map { Remarked(image: image, code: $0.code, message: $0.description) }
    }

    /// Adds other notes. A picture that was read several times is noted only once.
    public mutating func add(_ other: PictureNotes) {
        let failed = Set(unreadable.map(\.image)), remarked = Set(remarks.map(\.image))
        unreadable += other.unreadable.filter { !failed.contains($0.image) }
        remarks += other.remarks.filter { !remarked.contains($0.image) }
    }
}
