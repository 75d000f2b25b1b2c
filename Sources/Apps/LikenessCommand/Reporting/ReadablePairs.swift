import Datasets
import Evaluation

/// A list of pairs without those whose pictures can't be read: no figure rests on them.
struct ReadablePairs {
    /// The pairs that are left.
    private(set) var list: PairList
    /// What was found of the pictures.
    private(set) var notes = PictureNotes()
    /// How many pairs were left out.
    private(set) var leftOut = 0
    /// Whether the pictures were read before, by another model's run.
    private var wasRead = false

    init(_ list: PairList) { self.list = list }

    /// Leaves pairs out after the pictures of all were read.
    ///
    /// - Parameters:
    ///   - found: What was found of the pictures.
    ///   - isUnreadable: Whether a pair has a picture that could not be read.
    /// - Throws: ``Failure/lostPicture(_:reason:)`` where a picture could be read for an earlier model: two models'
    ///   figures would be of different pairs.
    mutating func leaveOut(_ found: PictureNotes, where isUnreadable: (PairList.Pair) -> Bool) throws {
        if wasRead, let lost = found.unreadable.first {
            throw Failure.lostPicture(lost.image, reason: lost.reason)
        }
        wasRead = true
        notes.add(found)
        guard !found.unreadable.isEmpty else { return }
        let kept = list.pairs.filter { !isUnreadable($0) }
        leftOut += list.pairs.count - kept.count
        list = PairList(name: list.name, pairs: kept, folding: list.folding)
    }
}
