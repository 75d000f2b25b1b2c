import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Synchronization

/// Shows the progress and the remarks of a measurement on the standard error.
final class MeasurementDisplay: Sendable {
    /// Returns the remark for when all faces are embedded.
    typealias Embedded = @Sendable (_ faces: Int, _ withoutFace: Int) -> String

    private let quiet: Bool
    private let embedded: Embedded?
    private let progress = Mutex<BatchProgress?>(nil)

    /// Creates a display.
    ///
    /// - Parameters:
    ///   - quiet: Whether to show nothing.
    ///   - embedded: Returns the remark for when all faces are embedded; `nil` prints none.
    init(quiet: Bool, embedded: Embedded? = nil) { (self.quiet, self.embedded) = (quiet, embedded) }

    /// The remark before all pictures are compared with each other.
    static let comparingAll: Embedded = { faces, withoutFace in
        "\(counted(faces, "picture")) embedded, \(withoutFace) without a face; comparing all pairs"
    }

    /// Returns an observer that shows a measurement.
    ///
    /// - Parameter willRead: The function to call with the pictures before they are read.
    func observer(willRead: @escaping @Sendable ([URL]) throws -> Void = { _ in }) -> MeasurementObserver {
        MeasurementObserver(willRead: willRead) { self.show($0) }
    }

    private func show(_ event: MeasurementEvent) {
        switch event {
        case .began(let count, let unit):
            progress.withLock { $0 = BatchProgress(total: count, unit: unit, quiet: quiet) }
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
    /// The maximum number of pictures of each kind to name on the standard error. The record names all.
    private static let shown = 10

    /// Prints the remarks and the unreadable pictures to the standard error.
    ///
    /// - Parameters:
    ///   - count: The number of pictures that were read.
    ///   - unit: The unit of `count`, such as `pictures`.
    func say(of count: Int, unit: String) {
        for remark in remarks.prefix(Self.shown) { Terminal.note("likeness: \(remark.image): \(remark.message)") }
        if remarks.count > Self.shown {
            Terminal.note("likeness: remarks on \(remarks.count - Self.shown) more \(unit) are only in the result")
        }
        for picture in unreadable.prefix(Self.shown) {
            Terminal.note("likeness: \(picture.image): \(picture.reason)")
        }
        guard !unreadable.isEmpty else { return }
        let rest = unreadable.count > Self.shown ? "; the result lists all" : ""
        Terminal.note("likeness: \(unreadable.count) of \(count) \(unit) could not be read and were left out\(rest)")
    }

    /// Checks that all pictures could be read.
    ///
    /// - Throws: `ExitCode` with ``ExitStatus/someFailed`` if some could not be read.
    func checkAllRead() throws {
        if !unreadable.isEmpty { throw ExitStatus.someFailed.code }
    }
}
