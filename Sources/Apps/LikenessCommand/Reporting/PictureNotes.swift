import Evaluation
import Foundation
import Pixels

/// What is to be said of the pictures of a measurement, beside its figures.
struct PictureNotes {
    /// What was missing in a picture's file without keeping it from being read.
    struct Remarked: Encodable {
        var image: String
        var code: String
        var message: String
    }

    /// The pictures that could not be read, and why: no figure rests on them.
    private(set) var unreadable: [PairsReport.FailedImage] = []
    /// The pictures that could be read, though something was missing in their files.
    private(set) var remarks: [Remarked] = []

    /// How many pictures of each kind are named on the standard error; the record names all.
    private static let shown = 10

    /// Notes that a picture could not be read.
    mutating func addUnreadable(_ image: String, _ error: any Error) {
        unreadable.append(PairsReport.FailedImage(image: image, reason: Failure.message(of: error)))
    }

    /// Notes what was missing in a picture's file.
    mutating func add(_ found: [ImageRemark], on image: String) {
        remarks += found.map { Remarked(image: image, code: $0.code, message: $0.description) }
    }

    /// Adds what was found elsewhere; a picture that was looked at several times is noted once.
    mutating func add(_ other: PictureNotes) {
        let failed = Set(unreadable.map(\.image)), remarked = Set(remarks.map(\.image))
        unreadable += other.unreadable.filter { !failed.contains($0.image) }
        remarks += other.remarks.filter { !remarked.contains($0.image) }
    }

    /// Says on the standard error what was found.
    ///
    /// - Parameters:
    ///   - count: How many pictures were looked at.
    ///   - unit: What they are called.
    func say(of count: Int, unit: String) {
        for remark in remarks.prefix(Self.shown) { Terminal.note("likeness: \(remark.image): \(remark.message)") }
        if remarks.count > Self.shown {
            Terminal.note("likeness: so it is with \(remarks.count - Self.shown) more \(unit), which the record names")
        }
        for picture in unreadable.prefix(Self.shown) {
            Terminal.note("likeness: \(picture.image): \(picture.reason)")
        }
        guard !unreadable.isEmpty else { return }
        let rest = unreadable.count > Self.shown ? "; the record names all" : ""
        Terminal.note("likeness: \(unreadable.count) of \(count) \(unit) could not be read and were left out\(rest)")
    }

    /// Ends the command as one in which some pictures failed, where some could not be read.
    ///
    /// - Throws: `ExitCode`.
    func checkAllRead() throws {
        if !unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }
}
