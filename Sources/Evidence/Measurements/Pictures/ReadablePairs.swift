public import Datasets
import Evaluation

/// A list of pairs without those whose pictures can't be read, which are not used in any result.
public struct ReadablePairs: Sendable {
    /// The remaining pairs.
    public private(set) var list: PairList
    /// Notes on the pictures.
    public private(set) var notes = PictureNotes()
    /// The number of pairs that were left out.
    public private(set) var leftOut = 0
    /// Whether the pictures were already read when another model was measured.
    private var wasRead = false

    /// Creates the complete list, before any picture is read.
    public init(_ list: PairList) { self.list = list }

    /// Leaves out pairs after the pictures of all of them were read.
    ///
    /// - Parameters:
    ///   - found: Notes on the pictures.
    ///   - isUnreadable: Returns whether a pair has a picture that could not be read.
    /// - Throws: ``MeasurementError/lostPicture(_:reason:)`` if a picture could be read for an earlier model: the
    ///   results of the two models would be from different pairs.
    public mutating func leaveOut(_ found: PictureNotes, where isUnreadable: (PairList.Pair) -> Bool) throws {
        if wasRead, let lost = found.unreadable.first {
            throw MeasurementError.lostPicture(lost.image, reason: lost.reason)
        }
        wasRead = true
        notes.add(found)
        guard !found.unreadable.isEmpty else { return }
        let kept = list.pairs.filter { !isUnreadable($0) }
        leftOut += list.pairs.count - kept.count
        list = PairList(name: list.name, pairs: kept, folding: list.folding)
    }
}
