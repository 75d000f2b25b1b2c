import Detectors
import Faces
import Pixels

extension LookSequence {
    /// Searches the parts of `picture`, and combines what is found with the faces of the looks before.
    ///
    /// If there is a companion, it searches the parts too, and the confidence of a small face is a mean over the looks of
    /// both detectors, so that it is comparable whichever of them saw the face. A single look is often wrong about a small
    /// face; several looks are rarely wrong about the same place.
    ///
    /// - Parameter isLast: Whether no other look found a face. Parts of a picture without faces often resemble small ones,
    ///   so that a face then needs more confidence.
    func lookCloser(
        at picture: SeenPicture, _ search: TileSearch, isLast: Bool = false, into result: inout LookResult
    ) async throws {
        guard let companion, let second = try await companion.detector() as? any TileDetector else {
            return try await lookCloserAlone(at: picture, search, isLast: isLast, into: &result)
        }
        let own = try await search.looks(at: picture, by: detector, minimumConfidence: Self.leastSeen)
        let others = try await search.looks(at: picture, by: second, minimumConfidence: Self.leastSeen)
        guard !own.isEmpty || !others.isEmpty else { return }
        let looks = [result.faces] + own + others
        let mean = MeanConfidence(
            own: 0..<own.count + 1, others: own.count + 1..<looks.count, ownLooks: max(own.count, 1),
            otherLooks: max(others.count, 1))
        // The tiles show only faces that are small for the detectors.
        let scale = max(TileSearch.firstScale(picture, detector), TileSearch.firstScale(picture, second))
        let small = others.isEmpty ? 0 : FinerLook.small / scale
        let alone = Self.leastAlone(detector, isLast: isLast)
        let least = isLast ? Self.leastLast : least(among: result.faces, small: small)
        let found = looks.fused().compactMap { face -> FusedFace? in
            var face = face
            let needed: Float
            if face.face.box.area.squareRoot() < small {
                (face.face.confidence, needed) = (mean(of: face), least)
            } else {
                let highest = face.highest(in: mean.own)
                face.face.confidence = highest ?? face.highest(in: mean.others) ?? 0
                needed = face.confidences[0] != nil ? 0 : highest != nil ? alone : second.tileConfidence
            }
            return face.face.confidence >= needed ? face : nil
        }
        result.take(found.withoutDuplicates()) { face in
            FaceLook(.tile, detector: face.highest(in: mean.own) == nil ? companion.name : detector.name)
        }
    }

    /// Returns the least mean confidence of a small face in a picture in which the first look found `faces`.
    ///
    /// Small faces are rarely alone. If the first look found only large ones, what resembles a small face is most often a
    /// pattern, such as dots on clothes.
    private func least(among faces: [Face], small: Float) -> Float {
        if faces.isEmpty { return Self.leastUnexpected }
        guard faces.contains(where: { $0.box.area.squareRoot() < small }) else { return Self.leastLast }
        return isThorough ? Self.leastThorough : Self.least
    }

    /// The least confidence of a face in one look.
    private static let leastSeen: Float = 0.15
    /// The least mean confidence of a small face. Chosen on street photographs: the largest value at which there is about
    /// one false box per picture.
    private static let least: Float = 0.42
    /// The least mean confidence of a small face in a thorough search, which may show more false boxes.
    private static let leastThorough: Float = 0.35
    /// The least mean confidence of a small face if the first look found no face, but others may.
    private static let leastUnexpected: Float = 0.6
    /// The least mean confidence of a small face if no other look found a face, or if the first one found only large ones.
    private static let leastLast: Float = 0.7

    /// Searches the parts with a detector that has no companion.
    private func lookCloserAlone(
        at picture: SeenPicture, _ search: TileSearch, isLast: Bool, into result: inout LookResult
    ) async throws {
        let least = Self.leastAlone(detector, isLast: isLast)
        let looks =
            [result.faces]
            + (try await search.looks(at: picture, by: detector, minimumConfidence: least))
        guard looks.count > 1 else { return }
        result.take(looks.fused().withoutDuplicates()) { _ in FaceLook(.tile, detector: detector.name) }
    }

    /// Returns the least confidence of a face that only one look of `detector` at a tile finds. If no other look found a
    /// face, it is halfway between the usual one and 1.
    private static func leastAlone(_ detector: any FaceDetector, isLast: Bool) -> Float {
        guard let detector = detector as? any TileDetector else { return 0 }
        return isLast ? (1 + detector.minimumConfidence) / 2 : detector.tileConfidence
    }
}

/// The confidence of a small face over the looks of two detectors.
///
/// Of each detector, the two most confident looks count, since a small face is large enough in at most two sizes of
/// tiles. A look that does not find the face counts as 0. The companion, which was trained on small faces, counts twice.
private struct MeanConfidence {
    /// The looks of the detector, the one at the whole picture included, and those of the companion.
    let own, others: Range<Int>
    /// The number of looks that each of them took at tiles.
    let ownLooks, otherLooks: Int

    func callAsFunction(of face: FusedFace) -> Float {
        let own = mean(of: face, in: own, looks: ownLooks), others = mean(of: face, in: others, looks: otherLooks)
        return (own + Self.weight * others) / (1 + Self.weight)
    }

    private static let weight: Float = 2
    private static let most = 2

    private func mean(of face: FusedFace, in looks: Range<Int>, looks count: Int) -> Float {
        let best = face.confidences.filter { looks.contains($0.key) }.values.sorted(by: >).prefix(Self.most)
        return best.reduce(0, +) / Float(min(count, Self.most))
    }
}

extension FusedFace {
    /// Returns the highest confidence in the looks with these indices; `nil` if none of them found the face.
    fileprivate func highest(in looks: Range<Int>) -> Float? {
        confidences.filter { looks.contains($0.key) }.values.max()
    }
}
