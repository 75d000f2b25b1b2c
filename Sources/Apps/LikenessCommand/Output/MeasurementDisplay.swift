import Evaluation
import Foundation
import LikenessSupport
import Measurements
import Synchronization

/// Shows on the standard error what a measurement does: progress and remarks.
final class MeasurementDisplay: Sendable {
    /// Says that all faces are embedded, and what happens now.
    typealias Embedded = @Sendable (_ faces: Int, _ withoutFace: Int) -> String

    private let quiet: Bool
    private let embedded: Embedded?
    private let progress = Mutex<Progress?>(nil)

    /// - Parameter embedded: Says that all faces are embedded; `nil` says nothing.
    init(quiet: Bool, embedded: Embedded? = nil) { (self.quiet, self.embedded) = (quiet, embedded) }

    /// What is said before all pictures are compared with all.
    static let comparingAll: Embedded = { faces, withoutFace in
        "\(counted(faces, "picture")) embedded, \(withoutFace) without a face; comparing all with all"
    }

    /// Shows what a measurement does.
    ///
    /// - Parameter willRead: Is called with the pictures before they are read.
    func observer(willRead: @escaping @Sendable ([URL]) throws -> Void = { _ in }) -> MeasurementObserver {
        MeasurementObserver(willRead: willRead) { self.show($0) }
    }

    private func show(_ event: MeasurementEvent) {
        switch event {
        case .began(let count, let unit):
            progress.withLock { $0 = Progress(total: count, unit: unit, quiet: quiet) }
        case .advanced(let failed): progress.withLock { $0?.advance(failed: failed) }
        case .ended:
            progress.withLock {
                $0?.finish()
                $0 = nil
            }
        case .remark(let text): note(text)
        case .read(let notes, let count, let unit): if !quiet { notes.say(of: count, unit: unit) }
        case .embedded(let faces, let withoutFace): if let embedded { note(embedded(faces, withoutFace)) }
        }
    }

    private func note(_ text: String) {
        if !quiet { Terminal.note(text) }
    }
}

extension PictureNotes {
    /// How many pictures of each kind are named on the standard error; the record names all.
    private static let shown = 10

    /// Says on the standard error what was found.
    ///
    /// - Parameters:
    ///   - count: How many pictures were looked at.
    ///   - unit: What they are called.
    func say(of count: Int, unit: String) {
        for remark in remarks.prefix(Self.shown) { Terminal.note("likeness: \(remark.image): \(remark.message)") }
        if remarks.count > Self.shown {
            Terminal.note("likeness: similar remarks on \(remarks.count - Self.shown) more \(unit): see the record")
        }
        for picture in unreadable.prefix(Self.shown) {
            Terminal.note("likeness: \(picture.image): \(picture.reason)")
        }
        guard !unreadable.isEmpty else { return }
        let rest = unreadable.count > Self.shown ? "; the record lists all" : ""
        Terminal.note("likeness: \(unreadable.count) of \(count) \(unit) could not be read and were left out\(rest)")
    }

    /// Ends the command as one in which some pictures failed, if some could not be read.
    ///
    /// - Throws: `ExitCode`.
    func checkAllRead() throws {
        if !unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }
}
