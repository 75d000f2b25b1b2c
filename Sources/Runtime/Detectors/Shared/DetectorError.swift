import Faces
public import LikenessSupport

/// An error that says why a model card and its weights can't be used as a detector.
public enum DetectorError: LikenessError, Hashable {
    /// The card names a decoder that this version does not have.
    case unknownDecoder(String, decoder: String, known: [String])
    /// The card does not name the weights files that the decoder needs.
    case wrongWeights(String, needed: String)
    /// An output of the network does not have the size that the decoder needs.
    case wrongOutput(String, expected: Int, found: Int)

    /// A stable name for programs.
    public var code: String { "damaged_model" }

    /// The category: the model can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .unknownDecoder(let name, let decoder, let known):
            "the detector '\(name)' can't run: its card names the decoder '\(decoder)', but this version only has "
                + known.joined(separator: ", ")
        case .wrongWeights(let name, let needed):
            "the detector '\(name)' can't run: its card must name \(needed)"
        case .wrongOutput(let output, let expected, let found):
            "the detector can't run: the output '\(output)' of its network has \(found) numbers, but its decoder needs "
                + "\(expected)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .unknownDecoder: "correct the card, or choose another detector"
        case .wrongWeights: ModelCard.remedy
        case .wrongOutput: ModelCard.remedy
        }
    }
}
