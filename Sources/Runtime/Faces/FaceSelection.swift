import Foundation
import Pixels

/// A selection among a picture's faces.
public enum FaceSelection: String, Codable, Sendable, Hashable, CaseIterable {
    /// The face with the largest box.
    case largest
    /// The face that is most likely the subject: large, near the picture's middle, and detected with high confidence.
    ///
    /// It maximizes the logarithm of the box's area, plus four times the logarithm of the confidence, minus four times
    /// the squared distance between the centers of box and picture in units of half the diagonal.
    case center
    /// Every face.
    case all

    /// Returns the selected faces, in the order of `faces`.
    public func select(from faces: [Face], width: Int, height: Int) -> [Face] {
        guard self != .all else { return faces }
        return faces.max { weight($0, width, height) < weight($1, width, height) }.map { [$0] } ?? []
    }

    /// Returns whether the selection from `faces` stays the same if only boxes smaller than `side` pixels square are
    /// added.
    ///
    /// If so, a detector need not search for smaller faces. Never true for ``all``.
    ///
    /// - Parameters:
    ///   - faces: The faces found so far, in a picture of `width` columns and `height` rows.
    ///   - side: The upper limit of the size of further faces, in pixels of the picture.
    ///   - width: The picture's width, in pixels.
    ///   - height: The picture's height, in pixels.
    public func isSettled(by faces: [Face], againstSmallerThan side: Float, width: Int, height: Int) -> Bool {
        guard self != .all, let selected = select(from: faces, width: width, height: height).first else { return false }
        // A finer search changes boxes a little, which may swap two faces of similar size.
        let others = faces.filter { $0 != selected }.map { weight($0, width, height) }
        let margin = self == .center ? log(Self.clearly) : weight(selected, width, height) * (1 - 1 / Self.clearly)
        guard others.allSatisfy({ $0 <= weight(selected, width, height) - margin }) else { return false }
        // The best possible further face is in the middle and has the confidence 1.
        let middle = Point(x: Float(width) / 2, y: Float(height) / 2)
        let box = Box(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side)
        let best = Face(box: box, confidence: 1, landmarks: selected.landmarks)
        return weight(selected, width, height) >= weight(best, width, height)
    }

    /// The ratio of areas from which one face stays the larger one after a finer search.
    private static let clearly: Float = 1.3

    /// Returns the weight of `face` in the selection of one face.
    private func weight(_ face: Face, _ width: Int, _ height: Int) -> Float {
        guard self == .center else { return face.box.area }
        let dx = face.box.center.x / Float(width) - 0.5, dy = face.box.center.y / Float(height) - 0.5
        let (w, h) = (Float(width), Float(height))
        let away = 4 * (dx * dx * w * w + dy * dy * h * h) / (w * w + h * h)
        return log(max(face.box.area, 1e-6)) + 4 * log(max(face.confidence, 1e-6)) - 4 * away
    }
}
