/// Why a model card and its weights make no detector.
public enum DetectorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The card names code that this version does not have.
    case unknownDecoder(String, decoder: String, known: [String])
    /// The card does not name the files of weights that the code needs.
    case wrongWeights(String, needed: String)
    /// A network gives something else than the code expects.
    case wrongOutput(String, expected: Int, found: Int)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .unknownDecoder(let name, let decoder, let known):
            "the detector '\(name)' can't run: its card names the decoder '\(decoder)', and this version has "
                + "\(known.joined(separator: ", ")); correct the card, or take another detector"
        case .wrongWeights(let name, let needed):
            "the detector '\(name)' can't run: its card must name \(needed); run scripts/setup again"
        case .wrongOutput(let output, let expected, let found):
            "the detector can't run: the output '\(output)' of its network has \(found) numbers, and its decoder needs "
                + "\(expected); correct the decoder in the model's card, or run scripts/setup again"
        }
    }
}
