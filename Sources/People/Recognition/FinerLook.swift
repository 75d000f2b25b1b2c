import Detectors
import Faces
import Pixels

/// The search of a picture's parts that follows the first look.
struct FinerLook: Sendable {
    /// The search.
    let search: TileSearch
    /// Whether the search is only for pictures that seem to show small faces.
    let isAutomatic: Bool

    /// Creates the search of a configuration; `nil` if there is none.
    ///
    /// A detector that has no quick search of tiles searches them only if asked to.
    init?(_ configuration: FaceFinderConfiguration, by detector: any FaceDetector) {
        switch configuration.smallestSearched {
        case .pixels(let smallest):
            (search, isAutomatic) = (TileSearch(smallest: smallest, mostPixels: nil), false)
        case .auto where configuration.isThorough, .off where configuration.isThorough:
            (search, isAutomatic) = (.thorough, false)
        case .auto where detector is any TileDetector: (search, isAutomatic) = (.affordable, true)
        case .auto, .off: return nil
        }
    }

    /// Returns whether to search the parts of `picture` in which the first look found `faces`.
    ///
    /// Small faces are rarely alone, so there may be more of them. If a single face is wanted, one that was found at once
    /// is better. If nothing was found, further looks come first: they find large faces that are turned or dark.
    func isWorthwhile(
        after faces: [Face], in picture: SeenPicture, by detector: any FaceDetector, for selection: FaceSelection
    ) -> Bool {
        guard isAutomatic else { return true }
        let scale = TileSearch.firstScale(picture, detector)
        return selection == .all && faces.contains { $0.box.area.squareRoot() * scale < Self.small }
    }

    /// The side below which a face is small, in pixels as the detector sees it.
    static let small: Float = 48
}
