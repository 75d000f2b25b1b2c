import Evaluation
import Foundation
import Networks

/// The results of the classifier on held-out pictures.
struct MaskReport {
    /// A picture and the network's three logits for the picture itself and for its mirror image.
    struct Entry {
        var picture: MaskPicture
        var logits: [[Double]]

        /// Returns the probabilities at a temperature: the mean over both images, as in the installed model.
        func probabilities(_ temperature: Double) -> [Double] {
            let looks = logits.map { Self.softmax($0.map { $0 / temperature }) }
            return MaskClassifier.Wearing.allCases.indices.map { index in
                looks.reduce(0) { $0 + $1[index] } / Double(looks.count)
            }
        }

        private static func softmax(_ values: [Double]) -> [Double] {
            let largest = values.max() ?? 0
            let exponentials = values.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
    }

    var entries: [Entry]

    /// The mean of the accuracies of the three classes.
    var balancedAccuracy: Double {
        let shares = MaskClassifier.Wearing.allCases.compactMap { wearing -> Double? in
            let group = entries.filter { $0.picture.wearing == wearing }
            guard !group.isEmpty else { return nil }
            let right = group.count { entry in
                let probabilities = entry.probabilities(1)
                return probabilities.indices.max { probabilities[$0] < probabilities[$1] } == wearing.rawValue
            }
            return Double(right) / Double(group.count)
        }
        return shares.reduce(0, +) / Double(max(shares.count, 1))
    }

    /// Returns the mean −log p of the true class, with equal weights for the classes.
    func loss(_ temperature: Double) -> Double {
        let means = MaskClassifier.Wearing.allCases.compactMap { wearing -> Double? in
            let group = entries.filter { $0.picture.wearing == wearing }
            guard !group.isEmpty else { return nil }
            let losses = group.map { -log(max($0.probabilities(temperature)[wearing.rawValue], 1e-12)) }
            return losses.reduce(0, +) / Double(group.count)
        }
        return means.reduce(0, +) / Double(max(means.count, 1))
    }

    /// The temperature with the smallest loss (Guo et al., *On Calibration of Modern Neural Networks*, 2017,
    /// arXiv:1706.04599), from a golden-section search between 0.2 and 5 on a logarithmic scale.
    var temperature: Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (log(0.2), log(5.0))
        while high - low > 1e-4 {
            let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
            if loss(exp(a)) < loss(exp(b)) { high = b } else { low = a }
        }
        return exp((low + high) / 2)
    }

    // MARK: Mask against bare

    /// The numbers of street photographs with and without a mask, and of correct classifications of each.
    struct MaskOrBare {
        var masked = 0
        var maskedRight = 0
        var bare = 0
        var bareRight = 0

        var balancedAccuracy: Double { (sensitivity + specificity) / 2 }
        var sensitivity: Double { Double(maskedRight) / Double(max(masked, 1)) }
        var specificity: Double { Double(bareRight) / Double(max(bare, 1)) }

        /// An interval that contains the balanced accuracy with at least 95 % confidence: the means of the ends of two
        /// exact 97.5 % intervals. `nil` without pictures of both kinds.
        var interval: ClosedRange<Double>? {
            guard masked > 0, bare > 0,
                let one = try? BinomialInterval(successes: maskedRight, of: masked, level: 0.975),
                let two = try? BinomialInterval(successes: bareRight, of: bare, level: 0.975)
            else { return nil }
            return (one.low + two.low) / 2...(one.high + two.high) / 2
        }
    }

    /// Returns the counts of masked against bare faces on street photographs. A face counts as masked, well or badly,
    /// if `bare` has less than half of the probability.
    ///
    /// - Parameter foundOnly: Whether pictures without a detected face are left out.
    func maskOrBare(foundOnly: Bool, temperature: Double) -> MaskOrBare {
        var counts = MaskOrBare()
        for entry in entries where entry.picture.origin == .photo && (entry.picture.isFound || !foundOnly) {
            let isMasked = entry.probabilities(temperature)[MaskClassifier.Wearing.bare.rawValue] < 0.5
            switch entry.picture.wearing {
            case .mask:
                counts.masked += 1
                counts.maskedRight += isMasked ? 1 : 0
            case .bare:
                counts.bare += 1
                counts.bareRight += isMasked ? 0 : 1
            case .badlyWorn: break
            }
        }
        return counts
    }

    /// Returns the expected calibration error of "wears a mask" on street photographs with and without a mask: the mean
    /// distance, over ten equal bins, between the share of masks and the mean probability (Guo et al., 2017).
    func calibrationError(_ temperature: Double) -> Double {
        let pairs = entries.filter { $0.picture.origin == .photo && $0.picture.wearing != .badlyWorn }.map { entry in
            (
                probability: 1 - entry.probabilities(temperature)[MaskClassifier.Wearing.bare.rawValue],
                isMasked: entry.picture.wearing == .mask
            )
        }
        let bins = Dictionary(grouping: pairs) { min(Int($0.probability * 10), 9) }
        return bins.values.reduce(0) { sum, bin in
            let count = Double(bin.count)
            let share = Double(bin.count { $0.isMasked }) / count
            let mean = bin.reduce(0) { $0 + $1.probability } / count
            return sum + abs(share - mean) * count / Double(pairs.count)
        }
    }
}
