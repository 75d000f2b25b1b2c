public import LikenessSupport

/// Faults of a call to ``FaceService`` itself; the stages behind it throw errors of their own.
public enum FaceServiceError: LikenessError, Hashable {
    /// The service was made without a store, and the call needs one.
    case noStore
    /// A rate of false alarms was asked for, and two faces are compared.
    case galleryPolicyForTwoFaces
    /// A number of the call is outside its range, such as a threshold of 2.
    case outOfRange(String, String)
    /// The gallery pins a version of a model that is not installed.
    case pinnedModelMissing(gallery: String, pinned: String, installed: String)
    /// The gallery pins another model than the one that was asked for.
    case otherModelPinned(gallery: String, pinned: String, asked: String)
    /// The model's embeddings have no length that a gallery can keep.
    case noDimension(model: String)

    /// A short name that never changes, for programs.
    public var code: String {
        switch self {
        case .noStore: "no_store"
        case .galleryPolicyForTwoFaces, .outOfRange: "invalid_policy"
        case .pinnedModelMissing: "pinned_model_missing"
        case .otherModelPinned: "other_model_pinned"
        case .noDimension: "unreadable_card"
        }
    }

    /// The kind of fault.
    public var category: ErrorCategory {
        switch self {
        case .noStore, .galleryPolicyForTwoFaces, .outOfRange, .otherModelPinned: .usage
        case .pinnedModelMissing, .noDimension: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noStore: "this service has no store of galleries"
        case .galleryPolicyForTwoFaces:
            "a rate of false alarms is a promise about a gallery, and two faces are compared"
        case .outOfRange(let number, let range): "\(number) must be \(range)"
        case .pinnedModelMissing(let gallery, let pinned, let installed):
            "gallery '\(gallery)' was made with \(pinned), and \(installed) is installed"
        case .otherModelPinned(let gallery, let pinned, _): "gallery '\(gallery)' is of \(pinned)"
        case .noDimension(let model): "a gallery can't keep embeddings of \(model): they must have 1 to 4096 numbers"
        }
    }

    /// The advice in one clause.
    public var remedy: String? {
        switch self {
        case .noStore: "give FaceService a store, such as SQLiteStore(at:)"
        case .galleryPolicyForTwoFaces: "use a false match rate or a threshold"
        case .outOfRange: nil
        case .pinnedModelMissing: "install that model again, or enroll into a new gallery"
        case .otherModelPinned: "leave --model out"
        case .noDimension: "run scripts/setup again"
        }
    }
}

/// A picture that could not be used, with the reason.
public struct PictureError: LikenessError {
    /// The picture's name, as results call it.
    public let picture: String
    /// What is wrong with it.
    public let reason: any Error

    /// A picture and what is wrong with it.
    public init(_ picture: String, _ reason: any Error) {
        self.picture = picture
        self.reason = reason
    }

    /// The reason's code.
    public var code: String { ForeignError.translating(reason).code }
    /// The reason's category.
    public var category: ErrorCategory { ForeignError.translating(reason).category }
    /// The picture and the reason, in one clause.
    public var problem: String { "\(picture): \(ForeignError.translating(reason).problem)" }
    /// The reason's remedy.
    public var remedy: String? { ForeignError.translating(reason).remedy }
}
