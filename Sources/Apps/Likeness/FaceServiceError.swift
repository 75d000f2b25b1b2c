import Faces
public import LikenessSupport

/// An error in a call to ``FaceService``. The stages behind it also throw their own errors.
public enum FaceServiceError: LikenessError, Hashable {
    /// The call needs a store, but the service was created without one.
    case noStore
    /// The policy is a rate of false alarms, but the call compares two faces.
    case galleryPolicyForTwoFaces
    /// A number is outside its valid range, such as a threshold of 2. The values are the number's description and its
    /// range.
    case outOfRange(String, String)
    /// The gallery needs a version of a model that is not installed.
    case pinnedModelMissing(gallery: String, pinned: String, installed: String)
    /// The gallery has a different model from the requested one.
    case otherModelPinned(gallery: String, pinned: String, asked: String)
    /// The dimension of the model's embeddings is not one that a gallery can store.
    case noDimension(model: String)
    /// A least quality is required, but the quality of faces is not estimated.
    case noQuality

    /// A short code for programs, which never changes.
    public var code: String {
        switch self {
        case .noStore: "no_store"
        case .galleryPolicyForTwoFaces, .outOfRange: "invalid_policy"
        case .pinnedModelMissing: "pinned_model_missing"
        case .otherModelPinned: "other_model_pinned"
        case .noDimension: "unreadable_card"
        case .noQuality: "unknown_model"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .noStore, .galleryPolicyForTwoFaces, .outOfRange, .otherModelPinned: .usage
        case .pinnedModelMissing, .noDimension, .noQuality: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noStore: "this service has no store of galleries"
        case .galleryPolicyForTwoFaces:
            "a rate of false alarms applies only to searches in a gallery, not to comparing two faces"
        case .outOfRange(let number, let range): "\(number) must be \(range)"
        case .pinnedModelMissing(let gallery, let pinned, let installed):
            "gallery '\(gallery)' was created with \(pinned), but \(installed) is installed"
        case .otherModelPinned(let gallery, let pinned, _): "gallery '\(gallery)' has embeddings of \(pinned)"
        case .noDimension(let model): "a gallery can't store embeddings of \(model): they must have 1 to 4096 numbers"
        case .noQuality:
            "a least quality is required, but the model 'face-quality', which estimates it, is not installed or turned off"
        }
    }

    /// The advice in one clause.
    public var remedy: String? {
        switch self {
        case .noStore: "give FaceService a store, such as SQLiteStore(at:)"
        case .galleryPolicyForTwoFaces: "use a false match rate or a threshold"
        case .outOfRange: nil
        case .pinnedModelMissing:
            "run scripts/setup --accept-research-weights, install your own model again, or enroll into a new gallery"
        case .otherModelPinned: "ask for no other model, or enroll into a new gallery"
        case .noDimension: ModelCard.remedy
        case .noQuality: "run scripts/setup --accept-research-weights, or require no least quality"
        }
    }
}

/// A picture that can't be used, with the reason.
public struct PictureError: LikenessError {
    /// The picture's name, as in results.
    public let picture: String
    /// The error.
    public let reason: any Error

    /// Creates an error for a picture from the underlying error.
    public init(_ picture: String, _ reason: any Error) {
        self.picture = picture
        self.reason = reason
    }

    /// The reason's code.
    public var code: String { ForeignError.translating(reason).code }
    /// The reason's category.
    public var category: ErrorCategory { ForeignError.translating(reason).category }
    /// The picture and the reason, in one clause. Errors of files name the picture themselves.
    public var problem: String {
        let problem = ForeignError.translating(reason).problem
        return picture.isEmpty || names(picture, in: problem) ? problem : "\(picture): \(problem)"
    }
    /// Whether the text contains the name as a word of its own: a picture may be called "face".
    private func names(_ picture: String, in text: String) -> Bool {
        picture.contains { "./".contains($0) } && text.contains(picture)
    }

    /// The reason's remedy.
    public var remedy: String? { ForeignError.translating(reason).remedy }
}
