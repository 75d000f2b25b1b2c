/// Chooses the triplets of a batch that are worth learning from.
///
/// Miners look at numbers alone: no gradient goes through the choice.
public enum TripletMiner: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every triplet of the batch (Hermans et al., *In Defense of the Triplet Loss*, 2017, arXiv:1703.07737).
    case batchAll
    /// For each anchor its farthest positive and its nearest negative (the same paper).
    case batchHard
    /// For each anchor and positive the nearest negative that is farther than the positive but within the margin
    /// (Schroff et al., *FaceNet*, 2015, arXiv:1503.03832). Where there is none, the nearest negative of all.
    case semiHard

    /// The triplets of a batch.
    ///
    /// - Parameters:
    ///   - distances: Squared distances of all pairs.
    ///   - labels: Whose face each row is.
    ///   - margin: The loss's.
    public func triplets(distances: DistanceMatrix, labels: [Int], margin: Double) -> Triplets {
        var triplets = Triplets()
        for anchor in labels.indices {
            let positives = labels.indices.filter { $0 != anchor && labels[$0] == labels[anchor] }
            let negatives = labels.indices.filter { labels[$0] != labels[anchor] }
            let nearest = negatives.min { distances[anchor, $0] < distances[anchor, $1] }
            guard let nearest, !positives.isEmpty else { continue }
            switch self {
            case .batchAll:
                for positive in positives {
                    for negative in negatives {
                        triplets.append(anchor: anchor, positive: positive, negative: negative)
                    }
                }
            case .batchHard:
                guard let farthest = positives.max(by: { distances[anchor, $0] < distances[anchor, $1] }) else {
                    continue
                }
                triplets.append(anchor: anchor, positive: farthest, negative: nearest)
            case .semiHard:
                for positive in positives {
                    let inner = distances[anchor, positive]
                    let band = negatives.filter {
                        distances[anchor, $0] > inner && distances[anchor, $0] < inner + Float(margin)
                    }
                    let chosen = band.min { distances[anchor, $0] < distances[anchor, $1] } ?? nearest
                    triplets.append(anchor: anchor, positive: positive, negative: chosen)
                }
            }
        }
        return triplets
    }
}
