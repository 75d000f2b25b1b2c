import Foundation
import Pixels

/// Which of a picture's faces are wanted.
public enum FaceSelection: String, Codable, Sendable, Hashable, CaseIterable {
    /// The one with the largest box.
    case largest
    /// The one that is most likely meant: large, near the picture's middle, and sure. The logarithm of the box's area,
    /// plus four times that of the confidence, less four times the squared distance of its center from the picture's
    /// middle in parts of half the diagonal, is greatest.
    case center
    /// Every face.
    case all

    /// Returns the selected of `faces`, in their order.
    public func select(from faces: [Face], width: Int, height: Int) -> [Face] {
        guard self != .all else { return faces }
        return faces.max { weight($0, width, height) < weight($1, width, height) }.map { [$0] } ?? []
    }

    /// Returns whether no further face could be selected instead of the one that is selected from `faces`, if its box
    /// is smaller than `side` pixels square: a detector need not search for those then.
    ///
    /// Never for ``all``.
    ///
    /// - Parameters:
    ///   - faces: The faces found so far, in a picture of `width` columns and `height` rows.
    ///   - side: What the further faces are smaller than, in pixels of the picture.
    public func isSettled(by faces: [Face], againstSmallerThan side: Float, width: Int, height: Int) -> Bool {
        guard self != .all, let selected = select(from: faces, width: width, height: height).first else { return false }
        // A finer look changes boxes a little: of two that are nearly as large it may turn the order round.
        let others = faces.filter { $0 != selected }.map { weight($0, width, height) }
        let margin = self == .center ? log(Self.clearly) : weight(selected, width, height) * (1 - 1 / Self.clearly)
        guard others.allSatisfy({ $0 <= weight(selected, width, height) - margin }) else { return false }
        // None is better placed than in the middle, or surer than 1.
        let middle = Point(x: Float(width) / 2, y: Float(height) / 2)
        let box = Box(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side)
        let best = Face(box: box, confidence: 1, landmarks: selected.landmarks)
        return weight(selected, width, height) >= weight(best, width, height)
    }

    /// An area so many times another is the larger one at every look.
    private static let clearly: Float = 1.3

    /// Returns how much speaks for `face` where one is selected.
    private func weight(_ face: Face, _ width: Int, _ height: Int) -> Float {
        guard self == .center else { return face.box.area }
        let dx = face.box.center.x / Float(width) - 0.5, dy = face.box.center.y / Float(height) - 0.5
        let (w, h) = (Float(width), Float(height))
        let away = 4 * (dx * dx * w * w + dy * dy * h * h) / (w * w + h * h)
        return log(max(face.box.area, 1e-6)) + 4 * log(max(face.confidence, 1e-6)) - 4 * away
    }
}
