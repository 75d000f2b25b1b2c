public import LikenessSupport

/// An error that occurs when measured error rates are written to a file with a model card.
public enum CardError: LikenessError, Hashable {
    /// The file does not exist; the value is its path.
    case missing(String)
    /// The file can't be read.
    case unreadable(String, reason: String)
    /// The file is not a model card.
    case malformed(String, reason: String)
    /// The file can't be written.
    case unwritable(String, reason: String)
    /// The file is the card of another model.
    case ofOtherModel(String, card: String, ran: String)
    /// The new measurement supports no false match rate.
    case unsupported(String)
    /// The new measurement supports fewer false match rates than the one in the card.
    case weaker(String, earlier: Double, lowest: Double)

    /// The code of all cases.
    public var code: String { "command_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .missing, .unreadable: .noInput
        case .malformed: .badData
        case .unwritable: .inputOutput
        case .ofOtherModel, .unsupported, .weaker: .usage
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .missing(let path): "there is no file at \(path)"
        case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
        case .malformed(let path, let reason): "\(path) is not a model card: \(reason)"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .ofOtherModel(let path, let card, let ran): "\(path) is the card of \(card), but \(ran) was measured"
        case .unsupported(let path):
            "the new measurement supports no false match rate: \(path) is not changed"
        case .weaker(let path, let earlier, let lowest):
            "\(path) supports false match rates down to \(significant(earlier)), and the new measurement only "
                + "down to "
                + significant(lowest)
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .missing: "check the path"
        case .unsupported: "measure on more people"
        case .weaker: "measure on more people, or replace the thresholds anyway with --accept-weaker"
        case .unreadable, .malformed, .unwritable, .ofOtherModel: nil
        }
    }
}
