import Augmentation
import Faces
import Foundation
import Pixels
import TestSupport
import Testing

/// Returns a face without features: skin everywhere, optionally lit from one side.
func skin(_ side: Int = 160, brightness: Float = 1, slope: Float = 0) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<side {
        for x in 0..<side {
            let light = brightness * (1 + slope * (Float(x) / Float(side) - 0.5)) * (0.97 + 0.03 * Float(y % 2))
            pixels += [205, 160, 135].map { UInt8(min(Float($0) * light, 255)) }
        }
    }
    return Image(width: side, height: side, pixels: pixels)
}

/// Returns the landmarks of a face that fills a square as in FaceNet's crops.
func landmarks(_ side: Int = 160) -> Landmarks {
    let template = AlignmentTemplate.loose(size: side, margin: 0.3)
    return Landmarks(points: template.referencePoints ?? [])
}

/// Returns the landmarks of an average face turned by `yaw` degrees.
func turned(yaw: Float, side: Float = 200) -> Landmarks {
    let model: [(Float, Float, Float)] = [(-32, 0, 0), (32, 0, 0), (0, 42, 30), (-26, 68, 2), (26, 68, 2)]
    let angle = Double(yaw) * .pi / 180
    return Landmarks(
        points: model.map { x, y, z in
            Point(x: side / 2 + x * Float(cos(angle)) + z * Float(sin(angle)), y: side * 0.35 + y)
        })
}

extension CoveredFace {
    /// The covered share of all pixels.
    var share: Double { coverage.reduce(0.0) { $0 + Double($1) } / 255 / Double(coverage.count) }

    /// Returns the mean red, green and blue of the covered pixels in `columns`, 0...255.
    func mean(columns: Range<Int>? = nil) -> [Double] {
        var sums = [0.0, 0, 0], count = 0.0
        for index in coverage.indices where coverage[index] > 250 {
            guard columns?.contains(index % image.width) ?? true else { continue }
            for channel in 0..<3 { sums[channel] += Double(image.pixels[index * 3 + channel]) }
            count += 1
        }
        return sums.map { $0 / max(count, 1) }
    }
}

@Suite("Masks")
struct MaskStyleTests {
    @Test("A mask covers nose, mouth and chin, but not eyes and forehead", arguments: MaskStyle.Kind.allCases)
    func full(kind: MaskStyle.Kind) throws {
        let points = landmarks()
        for seed in 0..<6 {
            let face = try MaskStyle(kind, color: .white).drawn(on: skin(), at: points, seed: UInt64(seed))
            let mouth = Point(x: (points.leftMouth.x + points.rightMouth.x) / 2, y: points.leftMouth.y)
            for point in [points.nose, points.leftMouth, points.rightMouth, mouth, Point(x: mouth.x, y: mouth.y + 15)] {
                #expect(face.coverage(at: point) > 0.9, "\(kind) at \(point)")
            }
            for point in [points.leftEye, points.rightEye, Point(x: 80, y: points.leftEye.y - 25)] {
                #expect(face.coverage(at: point) == 0, "\(kind) at \(point)")
            }
            #expect((0.14...0.5).contains(face.share))
        }
    }

    @Test("Incorrectly worn masks leave the right parts uncovered")
    func coverages() throws {
        let points = landmarks()
        let mouth = Point(x: (points.leftMouth.x + points.rightMouth.x) / 2, y: points.leftMouth.y)
        let bridge = Point(x: points.nose.x, y: (points.leftEye.y + points.nose.y) / 2 + 2)
        for kind in MaskStyle.Kind.allCases {
            func face(_ coverage: MaskStyle.Coverage) throws -> CoveredFace {
                try MaskStyle(kind, color: .blue, coverage: coverage).drawn(on: skin(), at: points, seed: 3)
            }
            #expect(try face(.full).coverage(at: bridge) > 0.9)
            #expect(try face(.low).coverage(at: bridge) == 0)
            #expect(try face(.low).coverage(at: points.nose) > 0.9)
            #expect(try face(.underNose).coverage(at: points.nose) == 0)
            #expect(try face(.underNose).coverage(at: mouth) > 0.9)
            #expect(try face(.chin).coverage(at: mouth) == 0)
            #expect(try face(.chin).coverage(at: Point(x: mouth.x, y: mouth.y + 28)) > 0.9)
        }
    }

    @Test("The picture depends on the seed, and does not change outside the mask")
    func deterministic() throws {
        let style = MaskStyle(.cloth, color: .red, texture: .dots)
        let first = try style.drawn(on: skin(), at: landmarks(), seed: 4)
        #expect(first == (try style.drawn(on: skin(), at: landmarks(), seed: 4)))
        #expect(first != (try style.drawn(on: skin(), at: landmarks(), seed: 5)))
        #expect(first.name == "cloth red dots, full")
        let original = skin()
        for x in 0..<160 { #expect(first.image.pixels[x * 3] == original.pixels[x * 3]) }
    }

    @Test("A mask keeps its hue, is darker in dim light and brighter on the lit side")
    func light() throws {
        let points = landmarks()
        let red = try MaskStyle(.cloth, color: .red).drawn(on: skin(), at: points, seed: 1).mean()
        #expect(red[0] > 2 * red[1] && red[0] > 2 * red[2])
        let white = MaskStyle(.surgical, color: .white, texture: .pleats)
        let bright = try white.drawn(on: skin(), at: points, seed: 1).mean()
        let dark = try white.drawn(on: skin(brightness: 0.3), at: points, seed: 1).mean()
        #expect(bright[1] > 1.8 * dark[1])
        let sided = try white.drawn(on: skin(slope: 0.8), at: points, seed: 1)
        #expect(sided.mean(columns: 90..<160)[1] > 1.1 * sided.mean(columns: 0..<70)[1])
    }

    @Test("A black and white picture gets a gray mask")
    func gray() throws {
        let image = Image(width: 160, height: 160, color: Color(red: 150, green: 150, blue: 150))
        let mean = try MaskStyle(.cloth, color: .red).drawn(on: image, at: landmarks(), seed: 1).mean()
        #expect(abs(mean[0] - mean[2]) < 4)
    }

    @Test("The mask follows the head toward the visible side and covers the nose")
    func pose() throws {
        let style = MaskStyle(.surgical, color: .white, texture: .pleats)
        func extent(_ yaw: Float) throws -> (left: Float, right: Float) {
            let points = turned(yaw: yaw)
            let face = try style.drawn(on: skin(200), at: points, seed: 2)
            #expect(face.coverage(at: points.nose) > 0.9, "yaw \(yaw)")
            #expect(face.coverage(at: points.leftEye) == 0 && face.coverage(at: points.rightEye) == 0, "yaw \(yaw)")
            let row = Int(points.leftMouth.y)
            let covered = (0..<200).filter { face.coverage(x: $0, y: row) > 0.5 }
            return (points.nose.x - Float(covered.first ?? 0), Float(covered.last ?? 0) - points.nose.x)
        }
        let front = try extent(0)
        #expect(abs(front.left - front.right) < 8)
        let right = try extent(35), left = try extent(-35)
        #expect(right.left > 2 * right.right && left.right > 2 * left.left)
    }

    @Test("Aligned faces, faces at the picture's edge, and invalid landmarks")
    func places() throws {
        let face = Face(box: Box(x: 30, y: 20, width: 100, height: 120), confidence: 1, landmarks: landmarks())
        let aligned = try face.aligned(in: skin(), to: .arcface(size: 112))
        let style = MaskStyle(.kn95, color: .white)
        let covered = try style.drawn(on: aligned, seed: 1)
        #expect(covered.image.width == 112)
        #expect(covered.coverage(x: 56, y: 92) > 0.9 && covered.coverage(x: 38, y: 51) == 0)
        let beyond = landmarks().mapped { Point(x: $0.x + 90, y: $0.y + 70) }
        #expect(try style.drawn(on: skin(), at: beyond, seed: 1).share > 0)
        let outside = landmarks().mapped { Point(x: $0.x + 900, y: $0.y) }
        #expect(try style.drawn(on: skin(), at: outside, seed: 1).image == skin())
        #expect(throws: FaceError.degenerateLandmarks) {
            try style.drawn(on: skin(), at: landmarks().mapped { _ in Point(x: 5, y: 5) }, seed: 1)
        }
        #expect(throws: FaceError.degenerateLandmarks) {
            try style.drawn(on: skin(), at: landmarks().mapped { Point(x: $0.x, y: .nan) }, seed: 1)
        }
    }

    @Test("Styles for training and for tests are disjoint and complete, with each kind in both")
    func splits() {
        let training = Set(MaskStyle.training), testing = Set(MaskStyle.testing)
        #expect(training.isDisjoint(with: testing))
        #expect(training.union(testing) == Set(MaskStyle.all))
        #expect(training.count + testing.count == MaskStyle.all.count)
        for kind in MaskStyle.Kind.allCases {
            #expect(training.contains { $0.kind == kind } && testing.contains { $0.kind == kind })
        }
        #expect(!training.contains { $0.texture == .checks || $0.texture == .gradient })
    }

    @Test("A style is encoded as JSON and decoded again")
    func json() throws {
        let style = MaskStyle(.n95, color: .lightBlue, coverage: .underNose)
        let text = #"{"kind":"n95","color":"lightBlue","texture":"plain","coverage":"under-nose"}"#
        #expect(try JSONDecoder().decode(MaskStyle.self, from: Data(text.utf8)) == style)
        #expect(try JSONDecoder().decode(MaskStyle.self, from: JSONEncoder().encode(style)) == style)
    }
}

@Suite("Occluders")
struct OccluderTests {
    @Test("Each occluder covers its part of the face and nothing else", arguments: Occluder.Kind.allCases)
    func covers(kind: Occluder.Kind) throws {
        let side = 240
        let points = landmarks(160).mapped { Point(x: $0.x + 40, y: $0.y + 50) }
        let face = try Occluder(kind, color: .navy).drawn(on: skin(side), at: points, seed: 2)
        let eyes = [points.leftEye, points.rightEye].map { face.coverage(at: $0) }
        let mouth = face.coverage(at: Point(x: points.nose.x, y: points.leftMouth.y))
        let brow = face.coverage(at: Point(x: points.nose.x, y: points.leftEye.y - 45))
        switch kind {
        case .roundSunglasses, .squareSunglasses, .aviatorSunglasses:
            #expect(eyes.allSatisfy { $0 > 0.8 } && mouth == 0 && brow == 0)
        case .cap, .beanie:
            #expect(eyes.allSatisfy { $0 == 0 } && mouth == 0 && brow > 0.9)
        case .scarf, .highScarf:
            #expect(eyes.allSatisfy { $0 == 0 } && mouth > 0.9 && brow == 0)
            #expect((face.coverage(at: points.nose) > 0.5) == (kind == .highScarf))
        }
        #expect(face == (try Occluder(kind, color: .navy).drawn(on: skin(side), at: points, seed: 2)))
    }

    @Test("Occluders for training and for tests are disjoint and complete")
    func splits() {
        #expect(Set(Occluder.training).isDisjoint(with: Occluder.testing))
        #expect(Set(Occluder.training + Occluder.testing) == Set(Occluder.all))
        #expect(!Occluder.training.contains { $0.kind == .beanie || $0.kind == .aviatorSunglasses })
    }
}

private let templatesFolder = Fixtures.root.appending(path: ".data/mask-templates")
private let hasTemplates = FileManager.default.fileExists(atPath: templatesFolder.appending(path: "masks.cfg").path)

@Suite("Mask templates")
struct MaskTemplateTests {
    @Test("Six designs, split by name", .enabled(if: hasTemplates))
    func folder() throws {
        let templates = try MaskTemplate.all(in: templatesFolder)
        #expect(
            templates.map(\.name) == ["KN95", "N95", "cloth", "surgical", "surgical_blue", "surgical_green"])
        #expect(templates.filter(\.isKeptForTests).map(\.name) == ["KN95", "surgical_blue"])
    }

    @Test("A template covers nose, mouth and chin, but not the eyes, at any yaw", .enabled(if: hasTemplates))
    func drawn() throws {
        for template in try MaskTemplate.all(in: templatesFolder) {
            for yaw: Float in [-40, -20, 0, 20, 40] {
                let points = turned(yaw: yaw)
                let face = try template.drawn(on: skin(200), at: points, seed: 1)
                #expect(face.coverage(at: points.nose) > 0.9, "\(template.name) \(yaw)")
                #expect(face.coverage(at: points.leftMouth) > 0.9 && face.coverage(at: points.rightMouth) > 0.9)
                #expect(face.coverage(at: points.leftEye) == 0 && face.coverage(at: points.rightEye) == 0)
                #expect((0.1...0.5).contains(face.share))
            }
        }
    }

    @Test("A folder without masks gives an error with the reason")
    func none() throws {
        let folder = try TemporaryFolder()
        #expect { try MaskTemplate.all(in: folder.url) } throws: { "\($0)".contains("no masks.cfg") }
        try folder.file("masks.cfg", Data("[a]\nmask_a: 1, 2\n".utf8))
        #expect { try MaskTemplate.all(in: folder.url) } throws: { "\($0)".contains("lacks mask_b") }
        try folder.file("masks.cfg", Data("[a]\nmask_a: 1\n".utf8))
        #expect { try MaskTemplate.all(in: folder.url) } throws: { "\($0)".contains("line 2") }
        let whole = "abcdef".map { "mask_\($0): 1, 2" }.joined(separator: "\n")
        try folder.file("masks.cfg", Data("[a]\n\(whole)\n".utf8))
        #expect { try MaskTemplate.all(in: folder.url) } throws: { "\($0)".contains("has a picture") }
    }
}
