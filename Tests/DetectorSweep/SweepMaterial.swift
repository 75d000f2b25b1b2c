package import Faces
package import Foundation
import LikenessSupport
package import Pixels

/// The photographs that the pictures of a sweep are made of.
package struct SweepMaterial: Sendable {
    /// A portrait with its face's box.
    package struct Portrait: Sendable {
        let image: Image
        let face: Box

        /// Creates a portrait with its face's box.
        package init(image: Image, face: Box) { (self.image, self.face) = (image, face) }
    }

    let portraits: [Portrait]
    /// Photographs without a face; if there are none, noise replaces them.
    let faceless: [Image]

    /// Creates material with at least one portrait.
    package init(portraits: [Portrait], faceless: [Image]) {
        precondition(!portraits.isEmpty, "a sweep needs a face")
        (self.portraits, self.faceless) = (portraits, faceless)
    }

    /// Loads the portraits in `portraits`, with boxes by `detector`, and the backgrounds of the street scenes in
    /// `street`, if that folder exists.
    package init(portraits folder: URL, street: URL, detector: any FaceDetector) async throws {
        var portraits: [Portrait] = []
        for name in ["astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg"] {
            let image = try Image(contentsOf: folder.appending(path: name))
            guard let face = try await detector.faces(in: image).first else { continue }
            portraits.append(Portrait(image: image, face: face.box))
        }
        self.init(portraits: portraits, faceless: try Self.backgrounds(of: street))
    }

    /// Returns parts of street scenes that overlap none of the boxes in `boxes.csv`, enlarged to twice their size.
    private static func backgrounds(of folder: URL, atMost count: Int = 40) throws -> [Image] {
        guard let table = try? String(contentsOf: folder.appending(path: "boxes.csv"), encoding: .utf8) else {
            return []
        }
        var boxes: [String: [Box]] = [:]
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            guard fields.count == 6 else { continue }
            let edges = fields[2...].compactMap { Float($0) }
            guard edges.count == 4 else { continue }
            let width = edges[2] - edges[0], height = edges[3] - edges[1]
            boxes[String(fields[0]), default: []].append(
                Box(x: edges[0] - width / 2, y: edges[1] - height / 2, width: width * 2, height: height * 2))
        }
        var found: [Image] = []
        for (name, boxes) in boxes.sorted(by: { $0.key < $1.key }) where found.count < count {
            guard let image = try? Image(contentsOf: folder.appending(path: name)) else { continue }
            let width = Float(image.width / 3), height = Float(image.height / 3)
            let corners = [(0, 0), (2 * width, 0), (0, 2 * height), (2 * width, 2 * height)] as [(Float, Float)]
            let parts = corners.map { Box(x: $0.0, y: $0.1, width: width, height: height) }
            if let part = parts.first(where: { part in boxes.allSatisfy { $0.intersection(part).area == 0 } }) {
                found.append(image.cropped(to: part))
            }
        }
        return found
    }
}

/// A picture of the sweep in the form for detectors.
package struct SweepPicture: Sendable {
    /// The picture, upright, as after decoding.
    package let image: Image
    /// The boxes of the drawn faces.
    package let faces: [Box]

    /// Creates a picture with its faces.
    package init(image: Image, faces: [Box]) { (self.image, self.faces) = (image, faces) }
}

extension SweepMaterial {
    /// Draws a case; if its form is a file, also encodes and decodes it.
    ///
    /// - Throws: `ImageError` if its file can't be decoded, which is a separate failure.
    package func picture(of sweepCase: SweepCase) throws -> SweepPicture {
        var random = SplitMix64(state: sweepCase.seed)
        let drawn = draw(sweepCase, &random)
        let image = drawn.image
        switch sweepCase.form {
        case .pixels:
            return drawn
        case .gray, .alpha, .grayAlpha:
            let gray = sweepCase.form != .alpha
            let alpha = sweepCase.form == .gray ? nil : Self.alpha(of: drawn, &random)
            return SweepPicture(
                image: try Image(decoding: PictureFile.png(image, gray: gray, alpha: alpha)), faces: drawn.faces)
        case .exif:
            let stored = image.oriented(sweepCase.orientation.inverse)
            return SweepPicture(
                image: try Image(decoding: PictureFile.jpeg(stored, orientation: sweepCase.orientation)),
                faces: drawn.faces)
        }
    }

    /// Returns alpha values: opaque around the faces, random elsewhere.
    private static func alpha(of picture: SweepPicture, _ random: inout SplitMix64) -> [UInt8] {
        var alpha = [UInt8](
            repeating: UInt8(random.index(below: 256)), count: picture.image.width * picture.image.height)
        for face in picture.faces {
            let margin = max(face.width, face.height) / 2
            let left = max(Int(face.x - margin), 0), top = max(Int(face.y - margin), 0)
            let right = min(Int(face.x + face.width + margin), picture.image.width)
            let bottom = min(Int(face.y + face.height + margin), picture.image.height)
            guard left < right else { continue }
            for y in stride(from: top, to: bottom, by: 1) {
                for x in left..<right { alpha[y * picture.image.width + x] = 255 }
            }
        }
        return alpha
    }

    private func draw(_ sweepCase: SweepCase, _ random: inout SplitMix64) -> SweepPicture {
        let width = sweepCase.width, height = sweepCase.height, side = Float(sweepCase.faceSide)
        switch sweepCase.content {
        case .flat:
            let color = Color(
                red: UInt8(random.index(below: 256)), green: UInt8(random.index(below: 256)),
                blue: UInt8(random.index(below: 256)))
            return SweepPicture(image: Image(width: width, height: height, color: color), faces: [])
        case .noise: return SweepPicture(image: .noise(width: width, height: height, &random), faces: [])
        case .gradient: return SweepPicture(image: .gradient(width: width, height: height, &random), faces: [])
        case .texture: return SweepPicture(image: .texture(width: width, height: height, &random), faces: [])
        case .faceless:
            guard !faceless.isEmpty else {
                return SweepPicture(image: .noise(width: width, height: height, &random), faces: [])
            }
            let photograph = faceless[random.index(below: faceless.count)]
            return SweepPicture(
                image: photograph.resized(width: width, height: height, method: .bilinear), faces: [])
        case .face:
            // Anywhere in the picture, and completely inside if it is small enough.
            let x = place(side, in: width, &random), y = place(side, in: height, &random)
            return paste([Point(x: x, y: y)], side: side, width: width, height: height, &random)
        case .cutFace:
            let center = Point(
                x: random.unit() < 0.5 ? 0 : Float(width), y: Float(random.unit()) * Float(height))
            return paste([center], side: side, width: width, height: height, &random)
        case .crowd:
            let centers = (0..<40).map { index in
                Point(
                    x: (Float(index % 8) + 0.5) * Float(width) / 8, y: (Float(index / 8) + 0.5) * Float(height) / 5)
            }
            let fits = min(Float(width) / 8 / 1.6, Float(height) / 5 / 1.8)
            return paste(centers, side: max(fits, 1), width: width, height: height, &random)
        }
    }

    private func place(_ side: Float, in length: Int, _ random: inout SplitMix64) -> Float {
        let room = max(Float(length) - 1.6 * side, 0)
        return (Float(length) - room) / 2 + Float(random.unit()) * room
    }

    /// Pastes portraits with the centers of their faces at `centers`, cut off at the next one.
    private func paste(
        _ centers: [Point], side: Float, width: Int, height: Int, _ random: inout SplitMix64
    ) -> SweepPicture {
        let background = UInt8(60 + random.index(below: 120))
        var image = Image(
            width: width, height: height, color: Color(red: background, green: background, blue: background))
        var faces: [Box] = []
        for center in centers {
            let portrait = portraits[random.index(below: portraits.count)]
            let scale = side / portrait.face.area.squareRoot()
            let middle = portrait.face.center
            let face = Box(
                x: center.x - portrait.face.width * scale / 2, y: center.y - portrait.face.height * scale / 2,
                width: portrait.face.width * scale, height: portrait.face.height * scale)
            // The portrait around the face; in a crowd, no more than its own cell.
            let reach = centers.count > 1 ? side * 0.8 : .infinity
            let left = max(Int((center.x - min(middle.x * scale, reach)).rounded()), 0)
            let top = max(Int((center.y - min(middle.y * scale, reach)).rounded()), 0)
            let right = min(
                Int((center.x + min((Float(portrait.image.width) - middle.x) * scale, reach)).rounded()), width)
            let bottom = min(
                Int((center.y + min((Float(portrait.image.height) - middle.y) * scale, reach)).rounded()), height)
            faces.append(face)
            guard left < right, top < bottom else { continue }
            // First resized to the face's size, then placed with bilinear sampling, because shrinking by a warp alone
            // would alias.
            let level = scale < 1 ? scale : 1
            let small = portrait.image.resized(
                width: max(Int(Float(portrait.image.width) * level), 1),
                height: max(Int(Float(portrait.image.height) * level), 1))
            let rest = scale * Float(portrait.image.width) / Float(small.width)
            let transform = SimilarityTransform(
                a: rest, b: 0, tx: center.x - Float(left) - middle.x * scale,
                ty: center.y - Float(top) - middle.y * scale)
            let patch = small.warped(by: transform, width: right - left, height: bottom - top)
            for y in 0..<patch.height {
                let target = ((top + y) * width + left) * 3
                image.pixels.replaceSubrange(
                    target..<target + patch.width * 3,
                    with: patch.pixels[y * patch.width * 3..<(y + 1) * patch.width * 3])
            }
        }
        return SweepPicture(image: image, faces: faces)
    }
}

extension Orientation {
    /// The inverse orientation.
    fileprivate var inverse: Orientation {
        switch self {
        case .right: .left
        case .left: .right
        default: self
        }
    }
}
