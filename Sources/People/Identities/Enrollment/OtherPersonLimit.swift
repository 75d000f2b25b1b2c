public import Faces

/// What the gate takes for another person of the gallery, and how often it is wrong in that.
public struct OtherPersonLimit: Hashable, Sendable {
    /// The most new people, as a share of all, who are refused because they look like somebody of the gallery.
    public let falseAlarms: Double
    /// The false match rate per comparison.
    public let falseMatchRate: Double
    /// By what rule a face is taken for another person's: ``EnrollmentPolicy/otherPerson``.
    public let rule: MatchRule
    /// Whether the card supports the rate that was asked for; where it does not, ``falseAlarms`` is the lowest that it
    /// supports.
    public let isAsAsked: Bool

    /// The rate where none is given: 1 of 100 new people is refused in vain at most.
    public static let defaultRate = 0.01
    /// The highest false match rate per comparison where no rate is given: that at which galleries identify unless
    /// told otherwise. In a small gallery, faces that are not taken for each other there need not be refused.
    public static let highestFalseMatchRate = 1e-3

    /// Creates the limit for a gallery of `size` where nothing was asked for: at most ``defaultRate`` of new people are
    /// refused, or as few as the card supports.
    ///
    /// - Throws: `FaceError.unsupportedFalseMatchRate` if the card has no figures.
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

    /// Creates the limit at which at most a part `rate` of new people are refused.
    ///
    /// - Throws: As ``FalseAlarmRate/init(_:in:by:)``.
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
    /// What the gate should take for another person of this gallery, as large as it is now.
    ///
    /// - Parameters:
    ///   - card: The gallery's model's.
    ///   - rate: The most new people, as a share, who may be refused in vain; `nil` for
    ///     ``OtherPersonLimit/defaultRate``, or as few as the card supports.
    /// - Throws: As ``OtherPersonLimit/init(_:in:by:)``.
    public func otherPersonLimit(by card: ModelCard, falseAlarms rate: Double? = nil) async throws -> OtherPersonLimit {
        let size = try await size()
        guard let rate else { return try OtherPersonLimit(in: size, by: card) }
        return try OtherPersonLimit(rate, in: size, by: card)
    }
}
