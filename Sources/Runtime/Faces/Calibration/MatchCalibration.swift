import Foundation

/// The thresholds of a model at each false match rate, and the comparisons that they were measured on.
public struct MatchCalibration: Codable, Sendable, Hashable {
    /// The threshold at one false match rate.
    public struct OperatingPoint: Codable, Sendable, Hashable {
        /// The share of impostor comparisons at or above the threshold.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// The share of mated comparisons below the threshold, on the same pictures.
        public var falseNonMatchRate: Double

        /// Creates an operating point.
        public init(falseMatchRate: Double, threshold: Float, falseNonMatchRate: Double) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.falseNonMatchRate = falseNonMatchRate
        }
    }

    /// The operating points, by decreasing false match rate.
    public var points: [OperatingPoint]
    /// A description of the pictures' source.
    public var data: String
    /// The number of people.
    public var people: Int
    /// The number of pictures with a face.
    public var pictures: Int
    /// The number of comparisons between pictures of two different people.
    public var impostorPairs: Int
    /// The number of pairs of two different people.
    ///
    /// Comparisons of the same two people are not independent.
    public var peoplePairs: Int
    /// The number of comparisons between two pictures of one person.
    public var matedPairs: Int
    /// The detector and the precision used.
    public var conditions: String
    /// The limitations of the figures.
    public var remark: String
    /// The command that reproduces the figures.
    public var command: String

    /// Creates a calibration from its figures.
    public init(
        points: [OperatingPoint], data: String, people: Int, pictures: Int, impostorPairs: Int, peoplePairs: Int,
        matedPairs: Int, conditions: String, remark: String, command: String
    ) {
        self.points = points
        self.data = data
        self.people = people
        self.pictures = pictures
        self.impostorPairs = impostorPairs
        self.peoplePairs = peoplePairs
        self.matedPairs = matedPairs
        self.conditions = conditions
        self.remark = remark
        self.command = command
    }

    /// Creates a calibration from a card, and checks that rates are between 0 and 1 and fall, that thresholds are
    /// cosines and don't fall, and that no count is negative.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func count(_ key: CodingKeys) throws -> Int {
            let count = try fields.decode(Int.self, forKey: key)
            guard count >= 0 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: fields, debugDescription: "\(key.rawValue) must be 0 or more")
            }
            return count
        }
        let points = try fields.decode([OperatingPoint].self, forKey: .points)
        let rates = points.map(\.falseMatchRate), thresholds = points.map(\.threshold)
        guard rates.allSatisfy({ $0 > 0 && $0 < 1 }), thresholds.allSatisfy({ abs($0) <= 1 }),
            points.allSatisfy({ (0...1).contains($0.falseNonMatchRate) }),
            zip(rates, rates.dropFirst()).allSatisfy(>), zip(thresholds, thresholds.dropFirst()).allSatisfy(<=)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .points, in: fields,
                debugDescription: "rates must fall between 1 and 0, and thresholds must rise within -1...1")
        }
        self.init(
            points: points, data: try fields.decode(String.self, forKey: .data), people: try count(.people),
            pictures: try count(.pictures), impostorPairs: try count(.impostorPairs),
            peoplePairs: try count(.peoplePairs), matedPairs: try count(.matedPairs),
            conditions: try fields.decode(String.self, forKey: .conditions),
            remark: try fields.decode(String.self, forKey: .remark),
            command: try fields.decode(String.self, forKey: .command))
    }

    private enum CodingKeys: String, CodingKey {
        case points, data, people, pictures, impostorPairs, peoplePairs, matedPairs, conditions, remark, command
    }

    /// The fewest expected false matches that a rate may rest on.
    ///
    /// With 30, the true rate lies within 30 % of the observed one at 90 % confidence (the rule of 30; Doddington et
    /// al., 2000; ISO/IEC 19795-1).
    public static let fewestFalseMatches = 30.0

    /// The lowest false match rate that the number of pairs of people supports.
    public var lowestSupportedRate: Double { Self.fewestFalseMatches / Double(max(peoplePairs, 1)) }

    /// Returns the similarity threshold at `falseMatchRate`, interpolated between two points by the logarithm of the
    /// rate.
    ///
    /// - Throws: ``FaceError/unsupportedFalseMatchRate(_:reason:)`` if the pairs do not support the rate.
    public func threshold(falseMatchRate rate: Double) throws -> Float {
        guard rate > 0, rate < 1 else {
            throw FaceError.unsupportedFalseMatchRate(rate, reason: "a rate must be between 0 and 1")
        }
        guard rate >= lowestSupportedRate else {
            let needed = (Self.fewestFalseMatches / rate).rounded(.up)
            let lowest = points.map(\.falseMatchRate).last { $0 >= lowestSupportedRate }
            let pairs = needed < 1e12 ? "\(Int(needed))" : "more than 1e12"
            throw FaceError.unsupportedFalseMatchRate(
                rate,
                reason: "it needs \(pairs) pairs of people, but the card is based on \(peoplePairs); "
                    + (lowest.map { "the lowest rate that it supports is \($0)" } ?? "it supports no rate"))
        }
        guard let first = points.first, let last = points.last, rate <= first.falseMatchRate,
            rate >= last.falseMatchRate
        else {
            let range =
                points.isEmpty ? "no rate" : "\(points[points.count - 1].falseMatchRate) to \(points[0].falseMatchRate)"
            throw FaceError.unsupportedFalseMatchRate(rate, reason: "the card holds \(range)")
        }
        var upper = first
        for point in points {
            if point.falseMatchRate <= rate {
                let span = log(upper.falseMatchRate) - log(point.falseMatchRate)
                guard span > 0 else { return point.threshold }
                let along = Float((log(upper.falseMatchRate) - log(rate)) / span)
                return upper.threshold + along * (point.threshold - upper.threshold)
            }
            upper = point
        }
        return last.threshold
    }

    /// Returns the false match rate of comparisons at `threshold`; `nil` outside the measured points.
    public func falseMatchRate(threshold: Float) -> Double? {
        for (upper, lower) in zip(points, points.dropFirst())
        where upper.threshold <= threshold && threshold <= lower.threshold {
            let span = lower.threshold - upper.threshold
            guard span > 0 else { return upper.falseMatchRate }
            let along = Double((threshold - upper.threshold) / span)
            return exp(log(upper.falseMatchRate) + along * (log(lower.falseMatchRate) - log(upper.falseMatchRate)))
        }
        return nil
    }
}

extension ModelCard {
    /// Returns the similarity threshold at `falseMatchRate` per comparison.
    ///
    /// - Throws: ``FaceError/unsupportedFalseMatchRate(_:reason:)`` if the card has no calibration, or one with too few
    ///   pairs.
    public func threshold(falseMatchRate rate: Double) throws -> Float {
        guard let calibration else {
            throw FaceError.unsupportedFalseMatchRate(
                rate,
                reason: "the card of \(name) has no thresholds by false match rate; "
                    + "give a threshold, or fit them with 'likeness calibrate'")
        }
        return try calibration.threshold(falseMatchRate: rate)
    }
}
