public import Datasets
import Evaluation

/// A list of pairs without those whose pictures can't be read: no figure rests on them.
public struct ReadablePairs: Sendable {
    /// The pairs that are left.
    public private(set) var list: PairList
    /// What was found of the pictures.
    public private(set) var notes = PictureNotes()
    /// How many pairs were left out.
    public private(set) var leftOut = 0
    /// Whether the pictures were read before, by another model's run.
    private var wasRead = false

    /// The whole list, before any picture is read.
    public init(_ list: PairList) { self.list = list }

    /// Leaves pairs out after the pictures of all were read.
    ///
    /// - Parameters:
    ///   - found: What was found of the pictures.
    ///   - isUnreadable: Whether a pair has a picture that could not be read.
    /// - Throws: ``MeasurementError/lostPicture(_:reason:)`` if a picture could be read for an earlier model: two models'
    ///   figures would be of different pairs.
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
