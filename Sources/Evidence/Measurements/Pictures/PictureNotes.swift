public import Evaluation
import LikenessSupport
public import Pixels

/// What is to be said of the pictures of a measurement, beside its figures.
public struct PictureNotes: Sendable, Hashable {
    /// What was missing in a picture's file without keeping it from being read.
    public struct Remarked: Codable, Sendable, Hashable {
        /// The picture, as the list names it.
        public var image: String
        /// A stable name for programs, as of `ImageRemark.code`.
        public var code: String
        /// One sentence for people.
        public var message: String
    }

    /// The pictures that could not be read, and why: no figure rests on them.
    public private(set) var unreadable: [PairsReport.FailedImage] = []
    /// The pictures that could be read, though something was missing in their files.
    public private(set) var remarks: [Remarked] = []

    /// Nothing to be said yet.
    public init() {}

    /// Notes that a picture could not be read.
    public mutating func addUnreadable(_ image: String, _ error: any Error) {
        unreadable.append(PairsReport.FailedImage(image: image, reason: ForeignError.translating(error).description))
    }

    /// Notes what was missing in a picture's file.
    public mutating func add(_ found: [ImageRemark], on image: String) {
        remarks += found.map { Remarked(image: image, code: $0.code, message: $0.description) }
    }

    /// Adds what was found elsewhere; a picture that was looked at several times is noted once.
    public mutating func add(_ other: PictureNotes) {
        let failed = Set(unreadable.map(\.image)), remarked = Set(remarks.map(\.image))
        unreadable += other.unreadable.filter { !failed.contains($0.image) }
        remarks += other.remarks.filter { !remarked.contains($0.image) }
    }
}
