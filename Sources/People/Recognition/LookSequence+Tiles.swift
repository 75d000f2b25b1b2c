import Detectors
import Faces
import Pixels

extension LookSequence {
    /// Searches the parts of `picture`, and combines what is found with the faces of the looks before.
    ///
    /// In a thorough search, the other detector searches them too. Two detectors are rarely wrong about the same place, so
    /// a face that both find needs less confidence, and a face that only the other one finds needs more.
    ///
    /// - Parameter isLast: Whether no other look found a face. Parts of a picture without faces often resemble small ones,
    ///   so that a face then needs a confidence halfway between the usual one and 1.
    func lookCloser(
        at picture: SeenPicture, _ search: TileSearch, isLast: Bool = false, into result: inout LookResult
    ) async throws {
        let second = isThorough ? try await other?.detector() as? any TileDetector : nil
        let own = detector as? any TileDetector
        let sure = isLast ? own.map { (1 + $0.minimumConfidence) / 2 } : nil
        let least = sure.map { TileConfidence(alone: $0, confirmed: $0) } ?? own?.tileConfidence
        var looks = [result.faces]
        looks += try await search.looks(
            at: picture, by: detector, minimumConfidence: second == nil ? least?.alone : least?.confirmed)
        let count = looks.count
        if let second {
            looks += try await TileSearch.confirming
                .looks(at: picture, by: second, minimumConfidence: second.tileConfidence.confirmed)
        }
        guard looks.count > 1 else { return }
        let found = looks.fused().compactMap { face -> FusedFace? in
            var face = face
            let mine = face.highest(in: 0..<count), theirs = face.highest(in: count..<looks.count)
            // Confidences are comparable only within one detector.
            face.face.confidence = mine ?? theirs ?? 0
            let needed =
                switch (mine, theirs) {
                case (_?, nil) where face.confidences[0] == nil: least?.alone ?? 0
                case (nil, _?): second?.minimumConfidence ?? 0
                default: Float(0)
                }
            return face.face.confidence >= needed ? face : nil
        }
        result.take(found.withoutDuplicates()) { face in
            let detector = face.highest(in: 0..<count) == nil ? second?.name : nil
            return FaceLook(.tile, detector: detector ?? self.detector.name)
        }
    }
}

extension FusedFace {
    /// Returns the highest confidence in the looks with these indices; `nil` if none of them found the face.
    fileprivate func highest(in looks: Range<Int>) -> Float? {
        confidences.filter { looks.contains($0.key) }.values.max()
    }
}
