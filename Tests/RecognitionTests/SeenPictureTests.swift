import Faces
import Foundation
import LikenessSupport
import Pixels
import Testing

@testable import Recognition

/// A detector that finds one face at a bright square on dark ground, like a detector that works on 160 pixels.
private final class SquareDetector: FaceDetector {
    let name = "square"
    let precision = "f32"
    let longestSide: Int? = 160

    func faces(in image: Image) async throws -> [Face] {
        let levels = image.luminance
        var count: Float = 0, x: Float = 0, y: Float = 0
        for row in 0..<image.height {
            for column in 0..<image.width {
                let weight = max(Float(levels[row * image.width + column]) - 40, 0)
                count += weight
                x += weight * (Float(column) + 0.5)
                y += weight * (Float(row) + 0.5)
            }
        }
        guard count > 0 else { return [] }
        let side = (count / Self.level).squareRoot()
        return [face(x: x / count - side / 2, y: y / count - side / 2, side: side)]
    }

    /// The square's mean luminance above the threshold.
    static let level: Float = 100
}

@Suite("Faces from pictures that are decoded at a reduced size")
struct SeenPictureTests {
    /// Returns a dark picture with a textured square of `side` pixels, whose middle is at (`x`, `y`).
    private static func scene(width: Int, height: Int, x: Int, y: Int, side: Int) -> Image {
        var image = Image(width: width, height: height, color: Color(red: 20, green: 20, blue: 20))
        var generator = SplitMix64(state: 5)
        // Waves of a twelfth of the square: fine enough to show a shift by a pixel of the crop, coarse enough to be
        // preserved.
        let phase = Float.random(in: 0...1, using: &generator)
        for row in max(y - side / 2, 0)..<min(y + side / 2, height) {
            for column in max(x - side / 2, 0)..<min(x + side / 2, width) {
                let u = Float(column - x) / Float(side), v = Float(row - y) / Float(side)
                let wave = sin((u * 12 + phase) * .pi) * sin(v * 10 * .pi)
                let level = UInt8(140 + 50 * wave)
                for channel in 0..<3 { image.pixels[(row * width + column) * 3 + channel] = level }
            }
        }
        return image
    }

    private static func jpeg(_ upright: Image, _ orientation: Orientation) throws -> [UInt8] {
        let inverse: Orientation =
            switch orientation {
            case .right: .left
            case .left: .right
            default: orientation
            }
        let bytes = try upright.oriented(inverse).encoded(as: .jpeg(quality: 97))
        var exif = Array("Exif\0\0MM\0*".utf8)
        exif += [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1]
        exif += [0, UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0]
        return Array(bytes.prefix(2)) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + Array(bytes.dropFirst(2))
    }

    @Test(
        "Crops, places and sizes are those of the whole picture, for small and large faces in any orientation",
        arguments: 1...8)
    func crops(orientation value: Int) async throws {
        let orientation = try #require(Orientation(rawValue: value))
        let finder = FaceFinder(detector: SquareDetector()), template = AlignmentTemplate.arcface(size: 32)
        var reduced = 0
        for (side, width, height) in [(40, 901, 603), (90, 1303, 777), (200, 999, 1501), (420, 1500, 1111)] {
            let scene = Self.scene(width: width, height: height, x: width / 3 + 7, y: height / 2 - 5, side: side)
            let bytes = try Self.jpeg(scene, orientation)
            let file = try EncodedImage(bytes)
            if file.reduction(keepingLongestSide: 160) > 1 { reduced += 1 }
            let prepared = try await finder.prepare(bytes: bytes, selecting: .all, aligningTo: template)
            let picture = prepared.found
            #expect(picture.width == width && picture.height == height && picture.faceCount == 1)
            let found = try #require(picture.faces.first), crop = try #require(prepared.crops.first)
            // The detector itself knows the position only to a fraction of its own pixels.
            let tolerance = Float(max(width, height)) / 160 / 2
            #expect(abs(found.face.box.center.x - Float(width / 3 + 7)) < tolerance)
            #expect(abs(found.face.box.center.y - Float(height / 2 - 5)) < tolerance)
            #expect(abs(found.context.size - found.face.box.area.squareRoot()) < 0.01)
            let whole = ScaledImage(try file.decoded().picture.image)
            let same = try found.face.aligned(in: whole, to: crop.template)
            #expect(crop.face == found.face && same.face == found.face)
            #expect(Self.difference(crop.image, same.image) < 3, "a face of \(side) pixels")
            #expect(abs(found.context.sharpness - same.context.sharpness) < 0.1 * same.context.sharpness + 0.5)
            #expect(abs(found.context.intensity - same.context.intensity) < 0.01)
        }
        #expect(reduced == 4)
    }

    private static func difference(_ first: Image, _ second: Image) -> Double {
        let sum = zip(first.pixels, second.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(first.pixels.count)
    }

    @Test("Faces of very different sizes in one picture each get a suitable resolution")
    func severalSizes() throws {
        let scene = Self.scene(width: 2400, height: 1800, x: 1200, y: 900, side: 1600)
        let file = try EncodedImage(scene.encoded(as: .jpeg(quality: 95)))
        let overview = try file.decoded(reducedBy: 8).picture
        let seen = SeenPicture(file: file, overview: overview)
        let faces = [20, 60, 150, 400, 1200].map { face(x: 700, y: 500, side: Float($0)) }
        let template = AlignmentTemplate.arcface(size: 112)
        let parts = try seen.parts(for: faces, [template])
        for (face, part) in zip(faces, parts) {
            let resolution = try face.resolution(in: template)
            #expect(part.reduction == 1 || resolution / Float(part.reduction) >= 2)
            #expect(part.reduction == 8 || resolution / Float(part.reduction) < 4)
            #expect(part.image.width <= 800)
        }
        #expect(Set(parts.map(\.reduction)).count > 2)
    }

    @Test("Missing parts of a file are reported together with the faces found in it")
    func remarks() async throws {
        let finder = FaceFinder(detector: SquareDetector())
        let bytes = try Self.jpeg(Self.scene(width: 640, height: 480, x: 320, y: 240, side: 100), .up)
        #expect(try await finder.faces(inFile: bytes).remarks.isEmpty)
        let cut = try await finder.faces(inFile: Array(bytes.dropLast(2)))
        #expect(cut.remarks == [.noEnd] && cut.faceCount == 1)
    }
}
