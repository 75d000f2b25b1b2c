import Foundation

/// Whether two faces are taken for one person's, and what that rests on.
public struct MatchDecision: Hashable, Codable, Sendable {
    /// Cosine similarity, −1...1.
    public let similarity: Float
    /// The similarity from which the answer is yes.
    public let threshold: Float
    /// The false match rate per comparison that the threshold stands for; `nil` if it is not known.
    public let falseMatchRate: Double?
    /// The conditions that the threshold is for: the names of ``PairTrait``s joined by `+`, or `plain`; `nil` if one
    /// threshold stands for all.
    public let condition: String?
    /// What is not supported, or not measured, of this decision; `nil` if there is no such thing.
    public let remark: String?
    /// How probable it is that the faces are one person's, 0...1, at the rule's prior; `nil` if the model's card does
    /// not say, or the conditions are not known.
    public let probability: Double?

    /// Whether ``similarity`` reaches ``threshold``.
    public var isMatch: Bool { similarity >= threshold }

    /// Creates a decision from its parts.
    public init(
        similarity: Float, threshold: Float, falseMatchRate: Double?, condition: String? = nil,
        probability: Double? = nil, remark: String? = nil
    ) {
        self.similarity = similarity
        self.threshold = threshold
        self.falseMatchRate = falseMatchRate
        self.condition = condition
        self.probability = probability
        self.remark = remark
    }

    /// `threshold 0.41: masked, FMR 0.001`
    public var basis: String {
        let rate = falseMatchRate.map { "FMR " + String(format: "%.2g", $0) } ?? "FMR unknown"
        return "threshold \(String(format: "%.2f", threshold)): \(condition ?? "all conditions"), \(rate)"
    }
}

extension Embedding {
    /// Compares this face with another one.
    ///
    /// - Parameters:
    ///   - other: An embedding of the same model.
    ///   - threshold: The similarity from which they match. ``MatchRule`` finds the one for a false match rate.
    /// - Throws: ``FaceError`` if two models made the embeddings.
    public func verify(against other: Embedding, at threshold: Float) throws -> MatchDecision {
        MatchDecision(similarity: try similarity(to: other), threshold: threshold, falseMatchRate: nil)
    }
}
