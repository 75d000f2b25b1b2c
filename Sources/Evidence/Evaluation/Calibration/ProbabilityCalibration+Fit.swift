public import Faces
import Foundation

extension ProbabilityCalibration {
    /// A map by condition, with how many labels of mated comparisons seem wrong.
    public struct Fit: Sendable {
        /// The map; its prior is one half.
        public let calibration: ProbabilityCalibration
        /// The share of comparisons called mated that look like strangers', 0...1: collections from the web name the
        /// wrong person now and then.
        public let mislabelled: Double
    }

    /// How many comparisons of each kind a curve is fitted on at most.
    private static let most = 4000
    /// How often beliefs in labels and the curve take turns; after about ten the third digit no longer moves.
    private static let rounds = 20
    /// The fewest of each kind that a cell's own curve is fitted on.
    private static let fewest = 60

    /// Fits a curve for two plain faces, and one for each cell.
    ///
    /// Both kinds count the same in every cell, as if as many comparisons were of one person as of two. A wrong label
    /// among the mated comparisons must not teach that one person's similarities may be as low as strangers': the share of
    /// them is estimated with the curve (Copas, *Binary regression models for contaminated data*, 1988, by expectation and
    /// maximization), on plain faces, and held fixed in the other cells, since labels don't know how a face was seen.
    ///
    /// A cell that has strangers but too few mated comparisons takes the curve of the nearest range of the same trait, as very
    /// small faces do, or the plain curve, as children do: lowered so that it says at its own thresholds what that one says at
    /// its.
    ///
    /// - Throws: ``EvaluationError/calibrationFailed(_:)``; ``EvaluationError/noMatedPairs``.
    public static func fit(_ sample: TraitSample, thresholds: AdaptiveThresholds, one: MatchCalibration)
        throws(EvaluationError) -> Fit
    {
        guard let plain = sample.cells.first, plain.kind == nil else { throw .noImpostorPairs }
        let usual = try curve(of: plain, mislabelled: nil)
        let fitted = try sample.cells.dropFirst().map { cell throws(EvaluationError) in
            cell.mated.count >= fewest && cell.impostors.count >= fewest
                ? try curve(of: cell, mislabelled: usual.mislabelled).curve : nil
        }
        let cells = zip(sample.cells.dropFirst(), fitted).compactMap { cell, own in
            own ?? lowered(nearest(to: cell, of: fitted.compactMap(\.self)) ?? usual.curve, for: cell, thresholds, one)
        }
        let map = Map.byCondition(plain: usual.curve, cells: cells)
        let calibration = ProbabilityCalibration(
            map: map, trainingPrior: 0.5, matedPairs: sample.cells.reduce(0) { $0 + $1.mated.count },
            impostorPairs: sample.cells.reduce(0) { $0 + $1.impostors.count })
        return Fit(calibration: calibration, mislabelled: usual.mislabelled)
    }

    /// Returns the curve of the nearest range of the same trait.
    private static func nearest(to cell: TraitSample.Cell, of curves: [Curve]) -> Curve? {
        func distance(_ curve: Curve) -> Double { max(curve.low - cell.high, cell.low - curve.high) }
        return curves.filter { $0.kind == cell.kind && $0.isShared == cell.isShared }
            .min { distance($0) < distance($1) }
    }

    private static func lowered(
        _ curve: Curve, for cell: TraitSample.Cell, _ thresholds: AdaptiveThresholds, _ one: MatchCalibration
    ) -> Curve? {
        func points(from low: Double) -> [AdaptiveThresholds.Point]? {
            thresholds.cells.first { $0.kind == cell.kind && $0.isShared == cell.isShared && $0.low == low }?.points
        }
        guard let own = points(from: cell.low)?.last else { return nil }
        let usual =
            curve.kind == nil
            ? try? one.threshold(falseMatchRate: own.falseMatchRate)
            : points(from: curve.low)?.last { $0.falseMatchRate == own.falseMatchRate }?.threshold
        guard let usual else { return nil }
        var lowered = curve
        (lowered.kind, lowered.isShared, lowered.low, lowered.high) = (cell.kind, cell.isShared, cell.low, cell.high)
        lowered.c += min(curve.logOdds(Double(usual)) - curve.logOdds(Double(own.threshold)), 0)
        return lowered
    }

    /// Returns one cell's curve.
    private static func curve(
        of cell: TraitSample.Cell, mislabelled known: Double?
    ) throws(EvaluationError) -> (curve: Curve, mislabelled: Double) {
        let mated = thinned(cell.mated).map { Double($0.similarity) }
        let impostors = thinned(cell.impostors).map { Double($0.similarity) }
        // The regression's log-odds are the likelihood ratio's plus this: wrong labels are strangers too.
        func prior(_ share: Double) -> Double {
            log(Double(mated.count) * (1 - share) / (Double(mated.count) * share + Double(impostors.count)))
        }
        var share = known ?? 0.02
        var beliefs = Array(repeating: 1 - share, count: mated.count)
        var weights = [0.0, 0, 0]
        for _ in 0..<rounds {
            weights = try betaWeights(mated, impostors, beliefs)
            let offset = weights[0] - prior(share) + logOdds(1 - share)
            beliefs = mated.map { similarity in
                let inputs = betaInputs(similarity)
                return sigmoid(offset + weights[1] * inputs.up + weights[2] * inputs.down)
            }
            guard known == nil else { continue }
            share = min(max(1 - beliefs.reduce(0, +) / Double(beliefs.count), 1e-6), 0.5)
        }
        let curve = Curve(
            kind: cell.kind, isShared: cell.isShared, low: cell.low, high: cell.high, a: weights[1], b: weights[2],
            c: weights[0] - prior(share))
        return (curve, share)
    }

    /// Intercept and two factors, neither of which is below 0.
    private static func betaWeights(
        _ mated: [Double], _ impostors: [Double], _ beliefs: [Double]
    ) throws(EvaluationError) -> [Double] {
        let inputs = (mated + impostors).map(betaInputs), targets = beliefs + impostors.map { _ in 0 }
        let both = try LogisticRegression(inputs: inputs.map { [$0.up, $0.down] }, targets: targets, ridge: 1e-3)
            .weights
        if both[1] >= 0, both[2] >= 0 { return both }
        if both[1] < 0 {
            let one = try LogisticRegression(inputs: inputs.map { [$0.down] }, targets: targets, ridge: 1e-3).weights
            return [one[0], 0, max(one[1], 0)]
        }
        let one = try LogisticRegression(inputs: inputs.map { [$0.up] }, targets: targets, ridge: 1e-3).weights
        return [one[0], max(one[1], 0), 0]
    }

    /// Comparisons at equal distances in the list, so that no more than ``most`` are left.
    private static func thinned(_ pairs: [TraitSample.Pair]) -> [TraitSample.Pair] {
        guard pairs.count > most else { return pairs }
        return (0..<most).map { pairs[$0 * pairs.count / most] }
    }
}
