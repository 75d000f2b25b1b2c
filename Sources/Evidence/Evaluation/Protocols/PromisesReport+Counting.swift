import Faces
import LikenessSupport

/// The card's thresholds at the rates.
struct PromisedRule {
    let rates: [Double]
    let one: [Float]
    let adaptive: AdaptiveThresholds?
    let probability: ProbabilityCalibration?
    /// The lower bound of all thresholds.
    let floor: Float

    init(_ card: ModelCard, rates: [Double]) throws {
        self.rates = rates.filter { (try? card.threshold(falseMatchRate: $0)) != nil }.sorted(by: >)
        guard !self.rates.isEmpty else {
            throw FaceError.unsupportedFalseMatchRate(rates.first ?? 0, reason: "the card supports none of the rates")
        }
        one = try self.rates.map { try card.threshold(falseMatchRate: $0) }
        (adaptive, probability) = (card.adaptiveThresholds, card.probability)
        let own = adaptive?.cells.flatMap { $0.points.map(\.threshold) } ?? []
        floor = (own + one).min() ?? -1
    }

    /// Returns whether a similarity matches, by rate.
    func matches(_ similarity: Float, _ conditions: PairConditions) -> [Bool] {
        zip(rates, one).map { rate, one in
            guard let adaptive, conditions.masked != nil else { return similarity >= one }
            return similarity >= adaptive.choice(falseMatchRate: rate, conditions: conditions, one: one).threshold
        }
    }
}

/// The counts of the comparisons in one row.
struct PromisesTally {
    struct Mated {
        let person: Int
        /// The similarity; minus infinity without a face.
        let similarity: Float
        let matches: [Bool]
    }

    var impostors = 0
    /// The impostor comparisons whose similarity reaches the floor.
    var high: [(similarity: Float, matches: [Bool])] = []
    var mated: [Mated] = []
    var withoutFace = 0
    var probabilities: [Double] = []
    var outcomes: [Bool] = []

    init(_ entry: PromisesReport.Comparisons, _ rule: PromisedRule, probabilities most: Int, seed: UInt64) throws {
        let second = entry.second ?? entry.first
        let none = Array(repeating: false, count: rule.rates.count)
        var places: [(Int, Int)] = []
        for (place, a) in entry.first.enumerated() {
            for other in (entry.second == nil ? place + 1 : 0)..<max(second.count, place + 1) where other < second.count
            {
                let b = second[other]
                guard a.source != b.source else { continue }
                let isMated = a.person == b.person
                guard let first = a.face, let second = b.face else {
                    if isMated {
                        withoutFace += 1
                        mated.append(Mated(person: a.person, similarity: -.infinity, matches: none))
                    }
                    continue
                }
                guard entry.isIncluded(first.context, second.context) else { continue }
                if !isMated { impostors += 1 }
                let similarity = InnerProduct.of(first.embedding.values, second.embedding.values)
                guard isMated || similarity >= rule.floor else { continue }
                let matches = rule.matches(similarity, PairConditions(first.context, second.context))
                if isMated {
                    mated.append(Mated(person: a.person, similarity: similarity, matches: matches))
                    places.append((place, other))
                } else {
                    high.append((similarity, matches))
                }
            }
        }
        try addProbabilities(entry, second, rule, mated: places, most: most, seed: seed)
    }

    /// Adds equal numbers of mated and impostor comparisons, with their probabilities by the card.
    private mutating func addProbabilities(
        _ entry: PromisesReport.Comparisons, _ second: [PromisesReport.Picture], _ rule: PromisedRule,
        mated: [(Int, Int)],
        most: Int, seed: UInt64
    ) throws {
        guard let map = rule.probability else { return }
        var random = SplitMix64(state: seed)
        let chosen = mated.count > most ? Array(mated.shuffled(using: &random).prefix(most)) : mated
        var strangers: [(Int, Int)] = []
        for _ in 0..<400 * chosen.count where strangers.count < chosen.count {
            let (place, other) = (
                Int.random(in: entry.first.indices, using: &random), Int.random(in: second.indices, using: &random)
            )
            let (a, b) = (entry.first[place], second[other])
            guard a.person != b.person, let x = a.face, let y = b.face, entry.isIncluded(x.context, y.context) else {
                continue
            }
            strangers.append((place, other))
        }
        for (pairs, isMated) in [(chosen, true), (strangers, false)] {
            for (place, other) in pairs {
                guard let a = entry.first[place].face, let b = second[other].face else { continue }
                probabilities.append(
                    try map.probability(
                        similarity: InnerProduct.of(a.embedding.values, b.embedding.values),
                        conditions: PairConditions(a.context, b.context)))
                outcomes.append(isMated)
            }
        }
    }
}

extension PromisesReport.Row {
    /// Creates a row of one part, or of several equally weighted parts.
    init(_ name: String, _ parts: [PromisesTally], _ rule: PromisedRule) throws {
        self.name = name
        impostors = parts.reduce(0) { $0 + $1.impostors }
        mated = parts.reduce(0) { $0 + $1.mated.count }
        withoutFace = parts.reduce(0) { $0 + $1.withoutFace }
        rates = rule.rates.indices.map { PromisesReport.Rate(parts, rule, place: $0) }
        let said = parts.flatMap(\.probabilities), outcomes = parts.flatMap(\.outcomes)
        calibrationError =
            said.isEmpty
            ? nil : try CalibrationQuality(probabilities: said, outcomes: outcomes).expectedCalibrationError
    }
}

extension PromisesReport.Rate {
    init(_ parts: [PromisesTally], _ rule: PromisedRule, place: Int) {
        let share = 1 / Double(parts.count), limit = rule.one[place]
        /// Returns the mean of a share over the parts.
        func mean(_ count: (PromisesTally) -> Int, of total: (PromisesTally) -> Int) -> Double {
            parts.reduce(0) { $0 + share * Double(count($1)) / Double(max(total($1), 1)) }
        }
        statedRate = rule.rates[place]
        expected = statedRate * Double(parts.reduce(0) { $0 + $1.impostors })
        one = mean({ $0.high.count { $0.similarity >= limit } }, of: \.impostors)
        byCondition = mean({ $0.high.count { $0.matches[place] } }, of: \.impostors)
        (oneRatio, ratio) = (one / statedRate, byCondition / statedRate)
        guard parts.contains(where: { !$0.mated.isEmpty }) else {
            (oneMissed, missed, equalMissed, difference) = (nil, nil, nil, nil)
            return
        }
        oneMissed = mean({ $0.mated.count { $0.similarity < limit } }, of: \.mated.count)
        missed = mean({ $0.mated.count { !$0.matches[place] } }, of: \.mated.count)
        let equal = Self.threshold(parts, rate: byCondition)
        equalMissed = mean({ $0.mated.count { $0.similarity < equal } }, of: \.mated.count)
        difference = Self.difference(parts, place: place, equal: equal)
    }

    /// Returns the lowest threshold with at most `rate` false matches, parts equally weighted.
    private static func threshold(_ parts: [PromisesTally], rate: Double) -> Float {
        let all = parts.flatMap { part in
            part.high.map { (similarity: $0.similarity, weight: 1 / Double(part.impostors * parts.count)) }
        }.sorted { $0.similarity > $1.similarity }
        var sum = 0.0
        for (index, entry) in all.enumerated() {
            sum += entry.weight
            if sum > rate * (1 + 1e-9) {
                return index > 0 ? min(all[index - 1].similarity, entry.similarity.nextUp) : entry.similarity.nextUp
            }
        }
        return all.last?.similarity ?? 1
    }

    /// Returns the difference in missed comparisons by condition, with an interval that assumes that people are
    /// independent.
    private static func difference(_ parts: [PromisesTally], place: Int, equal: Float) -> PromisesReport.Difference {
        var sums: [Int: Double] = [:], weights: [Int: Double] = [:], value = 0.0
        for part in parts {
            let weight = 1 / Double(max(part.mated.count, 1) * parts.count)
            for pair in part.mated {
                let change = Double(pair.matches[place] ? 0 : 1) - (pair.similarity < equal ? 1 : 0)
                sums[pair.person, default: 0] += weight * change
                weights[pair.person, default: 0] += weight
                value += weight * change
            }
        }
        let variance = sums.reduce(0) { sum, entry in
            let error = entry.value - value * (weights[entry.key] ?? 0)
            return sum + error * error
        }
        let half = 1.96 * variance.squareRoot()
        return PromisesReport.Difference(value: value, low: value - half, high: value + half)
    }
}
