import Detectors
package import Faces
import Pixels

extension SweepCase {
    /// Returns what is wrong with the faces found in the case's picture, in words; empty if nothing is.
    package func complaints(about found: [Face], in picture: SweepPicture) -> [String] {
        var complaints = soundness(of: found)
        if content == .flat, !found.isEmpty { complaints.append("\(found.count) faces where nothing is") }
        let clear = clearFaces(of: picture)
        let missed = clear.filter { face in !found.contains { $0.box.overlap(with: face) > 0.3 } }
        // A single face must be found; of a crowd, nine in ten.
        if missed.count > clear.count / 10 {
            complaints.append("\(missed.count) of \(clear.count) clear faces missed, such as \(missed[0])")
        }
        return complaints
    }

    /// Checks that hold for all faces in any picture.
    private func soundness(of found: [Face]) -> [String] {
        var complaints: [String] = []
        for face in found {
            let numbers =
                [face.box.x, face.box.y, face.box.width, face.box.height]
                + face.landmarks.points.flatMap { [$0.x, $0.y] }
            if !numbers.allSatisfy(\.isFinite) { complaints.append("a face that isn't finite: \(face)") }
            if !(0...1).contains(face.confidence) { complaints.append("a confidence of \(face.confidence)") }
            if !(face.box.width > 0 && face.box.height > 0) { complaints.append("an empty box: \(face.box)") }
            let longest = Float(max(width, height))
            if numbers.contains(where: { $0.magnitude > 10 * longest + 100 }) {
                complaints.append("a face far outside the picture: \(face)")
            }
        }
        if zip(found, found.dropFirst()).contains(where: { $0.confidence < $1.confidence }) {
            complaints.append("the most confident face is not the first")
        }
        return complaints
    }

    /// Returns what is wrong with the result of a search for one face, compared with a search for all.
    package func complaints(
        about found: [Face], among all: [Face], wanting selection: FaceSelection, in picture: SweepPicture
    ) -> [String] {
        func selected(_ faces: [Face]) -> Face? { selection.select(from: faces, width: width, height: height).first }
        // Small drawn faces may be left out beside a large one, so only the checks of every face apply.
        var complaints = soundness(of: found)
        if found.isEmpty != all.isEmpty {
            complaints.append("\(found.count) faces where one is wanted, \(all.count) where all are")
        }
        // In textures, faces appear and disappear with the resolution.
        if content == .face, let one = selected(found), let other = selected(all),
            one.box.overlap(with: other.box) < 0.5
        {
            complaints.append("\(selection): \(one.box), and among all \(other.box)")
        }
        return complaints
    }

    /// Returns the drawn faces that the detector should find: frontal, uncut, and large enough at the detector's
    /// resolution.
    private func clearFaces(of picture: SweepPicture) -> [Box] {
        guard content == .face || content == .crowd, let longest = Self.longestSides[detector] else { return [] }
        let shrinking = min(Float(longest) / Float(max(width, height)), 1)
        return picture.faces.filter { face in
            let side = face.area.squareRoot()
            let margin = side * 0.25
            return side * shrinking >= Self.clearSide && side <= 0.6 * Float(min(width, height))
                && face.x >= margin && face.y >= margin && face.x + face.width + margin <= Float(width)
                && face.y + face.height + margin <= Float(height)
        }
    }

    /// The size, in pixels of the network's input, from which a face is clear to every detector.
    private static let clearSide: Float = 48

    /// The longest side of each detector's input.
    private static let longestSides = [
        "yunet": YuNetConfiguration().fineSide ?? YuNetConfiguration().longestSide,
        "retinaface": RetinaFaceConfiguration().longestSide, "mtcnn": MTCNNConfiguration().longestSide ?? longest,
    ]
}
