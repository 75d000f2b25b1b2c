/// A strategy for selecting the triplets of a batch that are useful for training.
///
/// Miners work on plain numbers: no gradient flows through the selection.
public enum TripletMiner: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every triplet of the batch (Hermans et al., *In Defense of the Triplet Loss*, 2017, arXiv:1703.07737).
    case batchAll
    /// For each anchor, the farthest positive and the nearest negative (same paper).
    case batchHard
    /// For each anchor and positive, the nearest negative that is farther than the positive but within the margin
    /// (Schroff et al., *FaceNet*, 2015, arXiv:1503.03832). If there is none, the nearest negative of all.
    case semiHard

    /// Returns the triplets of a batch.
    ///
    /// - Parameters:
    ///   - distances: The squared distances of all pairs.
    ///   - labels: The person of each row.
    ///   - margin: The margin of the loss.
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
