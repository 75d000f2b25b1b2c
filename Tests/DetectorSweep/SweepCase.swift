import Detectors
import Foundation
import LikenessSupport
package import Pixels

/// A picture of the sweep with its detector, defined by a few numbers, so that it can be printed, reproduced and
/// simplified.
package struct SweepCase: Codable, Hashable, Sendable {
    /// The content of a picture.
    package enum Content: String, Codable, CaseIterable, Sendable {
        case flat, noise, gradient, texture
        /// A photograph without a face.
        case faceless
        /// One portrait, with the whole face in the picture.
        case face
        /// One portrait, with the face cut by the picture's border.
        case cutFace
        /// Forty portraits in rows.
        case crowd
    }

    /// The format of a picture's file.
    package enum Form: String, Codable, CaseIterable, Sendable {
        /// The pixels themselves, without a file.
        case pixels
        /// A PNG of gray pixels.
        case gray
        /// A PNG with alpha that is opaque around the face.
        case alpha
        /// A PNG of gray pixels with alpha.
        case grayAlpha
        /// A JPEG with an orientation in Exif.
        case exif
    }

    /// The name of the detector: `yunet`, `mtcnn` or `retinaface`.
    package var detector: String
    /// The number of columns, at least 1.
    package var width: Int
    /// The number of rows, at least 1.
    package var height: Int
    package var content: Content
    /// The side of each face, in pixels; used only if the content has faces.
    package var faceSide: Int
    package var form: Form
    /// The orientation of the stored picture, if the form is ``Form/exif``.
    package var orientation: Orientation
    /// The seed of everything else.
    package var seed: UInt64

    /// Creates the case with a number in a sweep from `seed`; it is always the same.
    package init(_ index: Int, ofSweep seed: UInt64, detector: String) {
        var random = SplitMix64(state: SplitMix64.mixed(seed &+ UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9))
        let contents = Content.allCases
        self.detector = detector
        width = Self.side(&random)
        // Half of the pictures have ordinary proportions, the others arbitrary ones.
        height =
            random.unit() < 0.5
            ? Self.side(&random) : min(max(Int(Double(width) * (0.5 + 1.5 * random.unit())), 1), Self.longest)
        content = contents[random.index(below: contents.count)]
        let largest = Double(max(width, height)) * 1.5
        faceSide = Int((12 * pow(max(largest / 12, 1), random.unit())).rounded())
        let forms = Form.allCases
        form = random.unit() < 0.5 ? .pixels : forms[random.index(below: forms.count)]
        // An uncompressed PNG of 25 megapixels exceeds the limit of a file.
        if width * height > Self.largestFile { form = .pixels }
        let orientations = Orientation.allCases
        orientation = form == .exif ? orientations[random.index(below: orientations.count)] : .up
        self.seed = random.next()
    }

    /// The longest side of the sweep, in pixels.
    package static let longest = 5000

    /// The largest picture that is written to a file, in pixels.
    static let largestFile = 1 << 20

    /// Returns a length 1...5000: half of them are within two pixels of a critical side of a detector, the others are
    /// evenly distributed on a logarithmic scale.
    private static func side(_ random: inout SplitMix64) -> Int {
        let edges = CriticalSides.all
        let side =
            random.unit() < 0.5
            ? edges[random.index(below: edges.count)] + random.index(below: 5) - 2
            : Int(pow(Double(longest), random.unit()).rounded())
        return min(max(side, 1), longest)
    }
}

extension SweepCase {
    /// Simpler cases, simplest first.
    ///
    /// A failure is repeated with them until none of them fails.
    package var simpler: [SweepCase] {
        var cases: [SweepCase] = []
        func add(_ change: (inout SweepCase) -> Void) {
            var simpler = self
            change(&simpler)
            simpler.faceSide = max(min(simpler.faceSide, 2 * max(simpler.width, simpler.height)), 1)
            if simpler != self, !cases.contains(simpler) { cases.append(simpler) }
        }
        for content in Content.allCases.prefix(while: { $0 != self.content }) { add { $0.content = content } }
        if form != .pixels { add { ($0.form, $0.orientation) = (.pixels, .up) } }
        if orientation != .up { add { $0.orientation = .up } }
        for divisor in [2, 4, 8, 16, 32, 64, 128, 256] {
            // Halves first, then smaller and smaller steps.
            add { $0.width = max(width - width / divisor, 1) }
            add { $0.height = max(height - height / divisor, 1) }
        }
        add { $0.width = max(width / 2, 1) }
        add { $0.height = max(height / 2, 1) }
        add { $0.width = max(width - 1, 1) }
        add { $0.height = max(height - 1, 1) }
        if [.face, .cutFace, .crowd].contains(content) { add { $0.faceSide = max(faceSide / 2, 1) } }
        if seed != 0 { add { $0.seed = 0 } }
        return cases
    }

    /// Returns the simplest failing case, such that no simpler version of it fails.
    ///
    /// - Parameters:
    ///   - tries: The most calls of `fails`.
    ///   - fails: Returns whether a case fails.
    package func reduced(tries: Int = 200, where fails: (SweepCase) async throws -> Bool) async rethrows -> SweepCase {
        var smallest = self
        var left = tries
        search: while left > 0 {
            for simpler in smallest.simpler where left > 0 {
                left -= 1
                if try await fails(simpler) {
                    smallest = simpler
                    continue search
                }
            }
            break
        }
        return smallest
    }
}
