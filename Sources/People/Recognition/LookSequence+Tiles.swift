import Detectors
import Faces
import Pixels

extension LookSequence {
    /// Searches the parts of `picture`, and combines what is found with the faces of the looks before.
    ///
    /// If there is a companion, a small face is dropped unless the companion sees it too, and the companion adds faces that
    /// no other detector finds. The boxes and landmarks of the others stay those of the detector.
    ///
    /// - Parameter isLast: Whether no other look found a face. Parts of a picture without faces often resemble small ones,
    ///   so that a face then needs a confidence halfway between the usual one and 1.
    func lookCloser(
        at picture: SeenPicture, _ search: TileSearch, isLast: Bool = false, into result: inout LookResult
    ) async throws {
        guard let companion, let detector = try await companion.detector() as? any TileDetector else {
            return try await combine(picture, search, seen: nil, isLast: isLast, into: &result)
        }
        let alone = detector.tileConfidence.alone
        let looks = try await search.looks(
            at: picture, by: detector, minimumConfidence: max(alone - Self.confirming, 0))
        let faces = looks.fused().withoutDuplicates().map(\.face)
        // The tiles show only faces that are small for the companion.
        let scale = max(TileSearch.firstScale(picture, self.detector), TileSearch.firstScale(picture, detector))
        let seen = looks.isEmpty ? nil : SeenFaces(faces: faces, largest: FinerLook.small / scale)
        try await combine(picture, search, seen: seen, isLast: isLast, into: &result)
        let least = isLast ? Self.lastAlone : alone
        result.addMissed(faces.filter { $0.confidence >= least }, by: FaceLook(.tile, detector: companion.name))
    }

    /// The least confidence of a small face that only the companion finds after all other looks.
    private static let lastAlone: Float = 0.88

    /// How much less confident the companion may be of a face that another detector finds.
    private static let confirming: Float = 0.1

    /// Combines what the detector and, in a thorough search, the other detector find.
    ///
    /// In a thorough search, the other detector searches the parts too. Two detectors are rarely wrong about the same
    /// place, so a face that both find needs less confidence, and a face that only the other one finds needs more.
    ///
    /// - Parameter seen: The faces that the companion sees; `nil` if it has not looked.
    private func combine(
        _ picture: SeenPicture, _ search: TileSearch, seen: SeenFaces?, isLast: Bool, into result: inout LookResult
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
            if let seen, seen.rejects(face.face) { return nil }
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

/// The small faces that the companion sees.
private struct SeenFaces {
    let faces: [Face]
    /// The side of the largest faces that it would see, in pixels of the full picture.
    let largest: Float

    /// Returns whether it does not see `face` although it would if it were one.
    func rejects(_ face: Face) -> Bool {
        face.box.area.squareRoot() < largest && !faces.contains { $0.box.overlap(with: face.box) > Self.same }
    }

    /// The intersection over union from which boxes of two detectors show the same face.
    private static let same: Float = 0.3
}
