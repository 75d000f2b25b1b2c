import Detectors
import Faces
import Pixels

/// The faces of a picture, and the looks that found them.
struct LookResult: Sendable {
    /// The faces in pixels of the full picture, most confident first.
    private(set) var faces: [Face] = []
    /// The enhancement of the picture in which the faces were found.
    var enhancement = AppliedEnhancement.none
    /// The picture that was searched, with that enhancement.
    var picture: ScaledImage
    /// The look that found each box. A box stays the same if the face's confidence changes.
    private var looks: [Box: FaceLook] = [:]

    /// The look for a face that no other look found.
    private let first: FaceLook

    /// Creates the result of no look yet; `detector` takes the first one.
    init(picture: ScaledImage, detector: String) {
        self.picture = picture
        first = FaceLook(.plain, detector: detector)
    }

    /// Returns the look that found `face`.
    func look(of face: Face) -> FaceLook { looks[face.box] ?? first }

    /// Takes the faces of the first look that finds any, in pixels of ``picture``.
    mutating func take(_ found: [Face], by look: FaceLook) {
        faces = found.map { $0.mapped(from: picture) }
        note(faces, look)
    }

    /// Takes the faces of the first look that finds any, in pixels of a small copy of ``picture``.
    mutating func takeSmall(_ found: [Face], from copy: Image, by look: FaceLook) {
        faces = full(found, from: copy)
        note(faces, look)
    }

    /// Takes the faces of the first look that finds any if it looked at an enhanced picture.
    mutating func take(_ found: [Face], in image: Image, _ enhancement: AppliedEnhancement, by look: FaceLook) {
        guard !found.isEmpty else { return }
        picture.image = image
        self.enhancement = enhancement
        take(found, by: look)
    }

    /// Takes the faces of finer looks in pixels of the full picture, combined with the faces of this result, which are
    /// those of the look 0.
    ///
    /// - Parameter look: Returns the look for a face that was not found before.
    mutating func take(_ found: [FusedFace], look: (FusedFace) -> FaceLook) {
        faces = found.map(\.face)
        looks = Dictionary(
            found.map { ($0.face.box, $0.confidences[0] == nil ? look($0) : self.look(of: $0.first)) }
        ) { first, _ in first }
    }

    /// Adds faces of a search in pixels of the full picture; those found before are kept.
    mutating func add(_ found: [Face], by look: FaceLook) {
        let merged = faces.merged(with: found)
        note(found.filter { face in !faces.contains { $0.box == face.box } }, look)
        faces = merged
    }

    /// Adds those faces, in pixels of the full picture, that share little with any face found before.
    mutating func addMissed(_ found: [Face], by look: FaceLook) {
        let missed = found.filter { face in
            faces.allSatisfy {
                let shared = $0.box.intersection(face.box).area
                return shared <= Self.mostShared * min($0.box.area, face.box.area)
            }
        }
        note(missed, look)
        faces = (faces + missed).sorted { $0.confidence > $1.confidence }
    }

    /// The greatest part of the smaller of two boxes of different faces that the other one covers.
    private static let mostShared: Float = 0.5

    /// Adds faces as ``add(_:by:)`` does, in pixels of a small copy of ``picture``.
    mutating func addSmall(_ found: [Face], from copy: Image, by look: FaceLook) {
        add(full(found, from: copy), by: look)
    }

    /// Replaces faces by those of a turned copy that are found with a lead in confidence: the same faces, and boxes that
    /// touch them. If there is one, or if a face of the copy is more confident than all faces so far, the picture itself
    /// is turned, so that all faces of the copy are added.
    ///
    /// - Parameters:
    ///   - found: The faces, in pixels of `copy`.
    ///   - copy: A small copy of ``picture``.
    ///   - look: The look at the turned copy.
    ///   - lead: The least lead in confidence.
    mutating func replace(by found: [Face], from copy: Image, look: FaceLook, lead: Float) {
        let turned = full(found, from: copy)
        let most = faces.map(\.confidence).max() ?? 0
        let leading = turned.filter { $0.confidence > most + lead }
        let wrong = faces.filter { face in
            turned.contains { $0.box.overlap(with: face.box) > Self.same && $0.confidence > face.confidence + lead }
                || leading.contains { $0.box.intersection(face.box).area > 0 }
        }
        guard !wrong.isEmpty || !leading.isEmpty else { return }
        faces.removeAll(where: wrong.contains)
        add(turned, by: look)
    }

    /// The intersection over union from which the same face was found in the picture and in a turned copy.
    private static let same: Float = 0.3

    private func full(_ found: [Face], from copy: Image) -> [Face] {
        let across = Float(picture.image.width) / Float(copy.width)
        let down = Float(picture.image.height) / Float(copy.height)
        return found.map { $0.stretched(across: across, down: down).mapped(from: picture) }
    }

    private mutating func note(_ faces: [Face], _ look: FaceLook) {
        for face in faces { looks[face.box] = look }
    }
}

extension Face {
    /// Returns the face in pixels of the full picture, from pixels of `picture`. Detectors count all coordinates from
    /// the edges of pixels.
    fileprivate func mapped(from picture: ScaledImage) -> Face {
        mapped(scale: Float(picture.reduction), dx: Float(picture.x), dy: Float(picture.y))
    }

    /// Returns the face with its columns and rows scaled separately.
    func stretched(across: Float, down: Float) -> Face {
        Face(
            box: Box(x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down),
            confidence: confidence,
            landmarks: landmarks.mapped { Point(x: $0.x * across, y: $0.y * down) })
    }
}
