import Pixels

/// A box in the cascade, with its corners in the original's coordinates.
struct Candidate: Equatable {
    var x1, y1, x2, y2: Float
    var confidence: Float
    /// The corner offsets that the network predicts, as parts of the box's width and height.
    var regression: (x1: Float, y1: Float, x2: Float, y2: Float) = (0, 0, 0, 0)
    /// The landmarks; set by O-Net.
    var landmarks: [Point] = []

    static func == (a: Candidate, b: Candidate) -> Bool {
        a.x1 == b.x1 && a.y1 == b.y1 && a.x2 == b.x2 && a.y2 == b.y2 && a.confidence == b.confidence
            && a.regression == b.regression && a.landmarks == b.landmarks
    }

    /// Whether the corners and the confidence are finite, which a network's output need not be.
    var isSound: Bool {
        confidence.isFinite
            && [x1, y1, x2, y2, regression.x1, regression.y1, regression.x2, regression.y2]
                .allSatisfy { $0.magnitude < 1e9 }
    }

    /// Returns the candidate with its corners moved by the predicted offsets.
    ///
    /// With `extra` = 1, a box from 3 to 5 counts as 3 pixels wide.
    func regressed(extra: Float) -> Candidate {
        let width = x2 - x1 + extra, height = y2 - y1 + extra
        var result = self
        result.x1 += regression.x1 * width
        result.y1 += regression.y1 * height
        result.x2 += regression.x2 * width
        result.y2 += regression.y2 * height
        return result
    }

    /// Returns the square with the same center and the longer side.
    func squared() -> Candidate {
        let width = x2 - x1, height = y2 - y1, side = max(width, height)
        var result = self
        result.x1 += width * 0.5 - side * 0.5
        result.y1 += height * 0.5 - side * 0.5
        result.x2 = result.x1 + side
        result.y2 = result.y1 + side
        return result
    }

    /// Returns the pixels of a picture that the box covers, counted from 1 as in the original; `nil` if there are none.
    func part(ofWidth width: Int, height: Int) -> IntegralImage.Part? {
        guard let left = Int(exactly: x1.rounded(.towardZero)), let top = Int(exactly: y1.rounded(.towardZero)),
            let right = Int(exactly: x2.rounded(.towardZero)), let bottom = Int(exactly: y2.rounded(.towardZero))
        else { return nil }
        let part = IntegralImage.Part(
            left: max(left, 1) - 1, top: max(top, 1) - 1, right: min(right, width), bottom: min(bottom, height))
        return part.left < part.right && part.top < part.bottom ? part : nil
    }
}

extension [Candidate] {
    /// Returns the finite candidates, at most the `count` most confident ones, which bounds the time for any picture.
    func sound(atMost count: Int) -> [Candidate] {
        let sound = filter(\.isSound)
        guard sound.count > count else { return sound }
        return Array(sound.sorted { $0.confidence > $1.confidence }.prefix(count))
    }

    /// Returns the candidates without those that overlap more confident ones by more than `threshold`, most confident
    /// first.
    func suppressed(threshold: Float) -> [Candidate] {
        let boxes = map { Box(x: $0.x1, y: $0.y1, width: $0.x2 - $0.x1, height: $0.y2 - $0.y1) }
        return nonMaximumSuppression(boxes, confidences: map(\.confidence), threshold: threshold).map { self[$0] }
    }

    /// Returns the result of the last suppression, which follows the original.
    ///
    /// The overlap is relative to the smaller box, so a box inside another one overlaps it completely, and a box from 3
    /// to 5 is 3 pixels wide. Of equally confident boxes, which are common near 1, the last is kept.
    func finallySuppressed(threshold: Float) -> [Candidate] {
        let candidates = Array(reversed())
        let boxes = candidates.map {
            Box(x: $0.x1, y: $0.y1, width: $0.x2 - $0.x1 + 1, height: $0.y2 - $0.y1 + 1)
        }
        return nonMaximumSuppression(
            boxes, confidences: candidates.map(\.confidence), threshold: threshold, measure: .smaller
        ).map { candidates[$0] }
    }
}
