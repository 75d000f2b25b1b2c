/// Why something can't be measured.
public enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no comparison of two pictures of one person.
    case noMatedPairs
    /// There is no comparison of two people's pictures.
    case noImpostorPairs
    /// A similarity is not a number, or is plus infinity; the comparison's place, from 0.
    case invalidSimilarity(comparison: Int)
    /// A rate or a level that does not lie between 0 and 1.
    case invalidRate(Double)
    /// A false match rate that the impostor pairs can't support.
    case unsupportedRate(Double, impostorPairs: Int, needed: Int)
    /// The pairs are in one fold: there are no others to choose a threshold from.
    case tooFewFolds
    /// Comparisons do not say who is in them, so people can't be drawn.
    case noPeople
    /// An embedding is not of unit length; its row, from 0.
    case invalidEmbedding(row: Int)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .noMatedPairs:
            "no mated pairs: add pairs of pictures that show one person"
        case .noImpostorPairs:
            "no impostor pairs: add pairs of pictures that show two people"
        case .invalidSimilarity(let comparison):
            "the similarity of comparison \(comparison) is not a number: a comparison without a face has none"
        case .invalidRate(let rate):
            "\(rate) is not a rate: give a number between 0 and 1"
        case .unsupportedRate(let rate, let pairs, let needed):
            "\(pairs) impostor pairs can't support a false match rate of \(rate): it needs \(needed)"
        case .tooFewFolds:
            "all pairs are in one fold: accuracy needs two, one to choose the threshold and one to measure"
        case .noPeople:
            "the comparisons do not say who is in the pictures, so people can't be drawn"
        case .invalidEmbedding(let row):
            "embedding \(row) is not of unit length: normalize it"
        }
    }
}
