public import Faces

/// The gate's limit for similarity to other people in the gallery, with its error rate.
public struct OtherPersonLimit: Hashable, Sendable {
    /// The maximum share of new people who are refused because they look like someone in the gallery.
    public let falseAlarms: Double
    /// The false match rate per comparison.
    public let falseMatchRate: Double
    /// The rule by which a face is taken for another person: ``EnrollmentPolicy/otherPerson``.
    public let rule: MatchRule
    /// Whether the card supports the requested rate.
    ///
    /// If not, ``falseAlarms`` is the lowest rate that it supports.
    public let isAsAsked: Bool

    /// The default rate: at most 1 of 100 new people is refused wrongly.
    public static let defaultRate = 0.01
    /// The highest false match rate per comparison if no rate is given: the default rate of identification.
    ///
    /// In a small gallery, faces that are not confused by identification need not be refused.
    public static let highestFalseMatchRate = 1e-3

    /// Creates the default limit for a gallery of `size`: at most ``defaultRate`` of new people are refused, or as few
    /// as the card supports.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card has no measured error rates.
    public init(in size: GallerySize, by card: ModelCard) throws {
        do {
            let rate = try FalseAlarmRate(Self.defaultRate, in: size, by: card)
            let perComparison = min(rate.perComparison, Self.highestFalseMatchRate)
            try self.init(perComparison, in: size, by: card, isAsAsked: true)
        } catch GalleryError.unsupportedFalseAlarmRate {
            let lowest = try FalseAlarmRate.lowest(in: size, by: card)
            try self.init(lowest.perComparison, in: size, by: card, isAsAsked: false)
        }
    }

    /// Creates the limit at which at most a share `rate` of new people is refused.
    ///
    /// - Throws: The errors of ``FalseAlarmRate/init(_:in:by:)``.
    public init(_ rate: Double, in size: GallerySize, by card: ModelCard) throws {
        try self.init(
            FalseAlarmRate(rate, in: size, by: card).perComparison, in: size, by: card, isAsAsked: true)
    }

    private init(_ perComparison: Double, in size: GallerySize, by card: ModelCard, isAsAsked: Bool) throws {
        falseAlarms = size.falseAlarms(falseMatchRate: perComparison).byTemplates
        falseMatchRate = perComparison
        rule = try MatchRule(card, falseMatchRate: perComparison)
        self.isAsAsked = isAsAsked
    }
}

extension Gallery {
    /// Returns the limit for this gallery at its current size.
    ///
    /// - Parameters:
    ///   - card: The card of the gallery's model.
    ///   - rate: The maximum share of new people who may be refused wrongly; `nil` for
    ///     ``OtherPersonLimit/defaultRate``, or as few as the card supports.
    /// - Throws: The errors of ``OtherPersonLimit/init(_:in:by:)``.
    public func otherPersonLimit(by card: ModelCard, falseAlarms rate: Double? = nil) async throws -> OtherPersonLimit {
        let size = try await size()
        guard let rate else { return try OtherPersonLimit(in: size, by: card) }
        return try OtherPersonLimit(rate, in: size, by: card)
    }
}
