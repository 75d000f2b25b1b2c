public import Faces
import Foundation

extension ProbabilityCalibration {
    /// A fitted map by condition, with the estimated share of wrong labels among mated comparisons.
    public struct Fit: Sendable {
        /// The map; its prior is one half.
        public let calibration: ProbabilityCalibration
        /// The share of comparisons labeled mated that look like impostors, 0...1.
        ///
        /// Collections from the web have some wrong names.
        public let mislabelled: Double
    }

    /// The maximum number of comparisons of each kind on which a curve is fitted.
    private static let most = 4000
    /// The number of rounds of expectation and maximization.
    ///
    /// After about ten, the third digit no longer changes.
    private static let rounds = 20
    /// The minimum number of comparisons of each kind for a cell to have its own curve.
    private static let fewest = 60

    /// Fits a curve for two plain faces, and one for each cell.
    ///
    /// Both kinds have the same total weight in every cell. Wrong labels among the mated comparisons must not lower the
    /// similarities expected of one person. Their share is therefore estimated together with the curve on plain faces
    /// (Copas, *Binary regression models for contaminated data*, 1988, by expectation and maximization). It is held
    /// fixed in the other cells, because labels do not depend on how a face was seen.
    ///
    /// A cell with impostors but too few mated comparisons takes the curve of the nearest range of the same trait (such
    /// as very small faces) or the plain curve (such as children). The curve is lowered so that its value at the cell's
    /// thresholds equals the original curve's value at its own thresholds.
    ///
    /// - Throws: `EvaluationError.calibrationFailed`; `EvaluationError.noMatedPairs`.
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

    /// Returns the curve of one cell.
    private static func curve(
        of cell: TraitSample.Cell, mislabelled known: Double?
    ) throws(EvaluationError) -> (curve: Curve, mislabelled: Double) {
        let mated = thinned(cell.mated).map { Double($0.similarity) }
        let impostors = thinned(cell.impostors).map { Double($0.similarity) }
        // The regression's log-odds are those of the likelihood ratio plus this value, because wrong labels count as
        // impostors too.
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

    /// Returns the intercept and two factors, neither of which is below 0.
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

    /// Returns comparisons at equal distances in the list, at most ``most``.
    private static func thinned(_ pairs: [TraitSample.Pair]) -> [TraitSample.Pair] {
        guard pairs.count > most else { return pairs }
        return (0..<most).map { pairs[$0 * pairs.count / most] }
    }
}
