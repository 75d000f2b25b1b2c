import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels
import TestSupport
import Testing

@testable import FaceTraining

/// Crops are blue with a green face and a red square at each landmark. Photographs are gray with black faces.
@Suite struct SceneComposerTests {
    private let folder: TemporaryFolder
    private let archive: FaceArchive
    private let photographs: [BoxedPicture]

    private static let points = [(40, 48), (80, 48), (60, 66), (44, 84), (76, 84)].map {
        Point(x: Float($0.0), y: Float($0.1))
    }
    private static let face = Box(x: 30, y: 25, width: 60, height: 75)

    init() throws {
        folder = try TemporaryFolder()
        var crop = Image(width: 120, height: 130, color: Color(red: 0, green: 0, blue: 255))
        Self.fill(&crop, Self.face, Color(red: 0, green: 255, blue: 0))
        for point in Self.points {
            Self.fill(
                &crop, Box(x: point.x - 4, y: point.y - 4, width: 9, height: 9), Color(red: 255, green: 0, blue: 0))
        }
        let url = folder.url.appending(path: "faces")
        let writer = try FaceArchiveWriter(folder: url, detector: "drawn")
        try writer.append(
            IdentityList.Picture(file: "face.png", identity: nil, line: 1),
            LooseCrop(
                of: crop.encoded(as: .png),
                face: Face(box: Self.face, confidence: 0.9, landmarks: Landmarks(points: Self.points))), subset: nil)
        try writer.finish()
        archive = try FaceArchive(contentsOf: url)
        var street = Image(width: 300, height: 200, color: Color(red: 128, green: 128, blue: 128))
        let boxes = [Box(x: 40, y: 30, width: 40, height: 50), Box(x: 200, y: 100, width: 30, height: 36)]
        for box in boxes { Self.fill(&street, box, .black) }
        let file = try folder.file("street.png", Data(street.encoded(as: .png)))
        photographs = [BoxedPicture(file: file, boxes: boxes)]
    }

    private static func fill(_ image: inout Image, _ box: Box, _ color: Color) {
        for y in Int(box.y)..<Int(box.y + box.height) {
            for x in Int(box.x)..<Int(box.x + box.width) {
                let at = (y * image.width + x) * 3
                image.pixels.replaceSubrange(at..<at + 3, with: [color.red, color.green, color.blue])
            }
        }
    }

    /// Without other changes, scenes have only added faces.
    private func composer(altered: Bool = false, _ change: (inout SceneSettings) -> Void = { _ in }) throws
        -> SceneComposer
    {
        var settings = SceneSettings()
        if !altered { (settings.photographs, settings.exchanged, settings.tight, settings.empty) = (0, 0, 0, 0) }
        change(&settings)
        var composer = try SceneComposer(
            archives: [archive], photographs: photographs, settings: settings, task: "detector")
        if !altered {
            composer.faceAlterations = AugmentationPolicy([])
            composer.sceneAlterations = AugmentationPolicy([])
            (composer.sideLight, composer.sharpness) = (0, Span(1, 1))
        }
        return composer
    }

    private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [Int] {
        let at = (y * image.width + x) * 3
        return image.pixels[at..<at + 3].map(Int.init)
    }

    @Test func aSceneDependsOnItsSeedAlone() throws {
        let composer = try composer(altered: true)
        let scenes = try (0..<12).map { try composer.scene(seed: UInt64($0)) }
        for (seed, scene) in scenes.enumerated() { #expect(try composer.scene(seed: UInt64(seed)) == scene) }
        #expect(Set(scenes.map(\.image)).count == 12)
        #expect(scenes.allSatisfy { $0.image.width == 320 && $0.image.height == 320 })
    }

    @Test func landmarksLieOnTheirMarks() throws {
        let composer = try composer { settings in
            (settings.tight, settings.cut) = (0.3, 0)
            (settings.faces, settings.sizes) = (1, 50...300)
            settings.rotation = 180
        }
        var seen = 0
        for seed in 0..<80 {
            let scene = try composer.scene(seed: UInt64(seed))
            for face in scene.faces {
                for point in try #require(face.landmarks).points {
                    // Landmarks of a face that is cut off may be outside its box.
                    guard face.box.intersection(Box(x: point.x - 4, y: point.y - 4, width: 8, height: 8)).area > 63
                    else { continue }
                    let x = Int(point.x.rounded()), y = Int(point.y.rounded())
                    guard (0..<320).contains(x), (0..<320).contains(y) else { continue }
                    let color = pixel(scene.image, x, y)
                    #expect(color[0] > 200 && color[1] < 60, "seed \(seed)")
                    seen += 1
                }
            }
        }
        #expect(seen > 150)
    }

    @Test(arguments: [false, true]) func boxesEndWhereFacesDo(isMirrored: Bool) throws {
        var composer = try composer { settings in
            (settings.cut, settings.rotation) = (0, 0)
            (settings.faces, settings.sizes) = (1, 40...250)
        }
        if isMirrored { composer.faceAlterations = AugmentationPolicy([.init(.flip, probability: 1)]) }
        var count = 0
        for seed in 0..<30 {
            let scene = try composer.scene(seed: UInt64(seed))
            guard let box = scene.faces.first?.box else { continue }
            count += 1
            // The face's green and red; the rest of the crop is blue, the photograph is gray.
            var (left, top, right, bottom) = (320, 320, 0, 0)
            for y in 0..<320 {
                for x in 0..<320 {
                    let color = pixel(scene.image, x, y)
                    guard max(color[0], color[1]) > 150, color[2] < 100 else { continue }
                    (left, right) = (min(left, x), max(right, x + 1))
                    (top, bottom) = (min(top, y), max(bottom, y + 1))
                }
            }
            let found = [left, top, right, bottom].map(Float.init)
            for (edge, other) in zip(found, [box.x, box.y, box.x + box.width, box.y + box.height]) {
                #expect(abs(edge - other) <= 1.5, "seed \(seed): \(found), \(box)")
            }
            let points = try #require(scene.faces.first?.landmarks)
            #expect(points.leftEye.x < points.rightEye.x && points.leftMouth.x < points.rightMouth.x)
        }
        #expect(count > 8)
    }

    @Test func aQuarterTurnExchangesTheSides() {
        let face = PastedFace(
            image: Image(width: 120, height: 130), box: Self.face, landmarks: Landmarks(points: Self.points))
        let turned = face.placed(at: Point(x: 100, y: 90), size: 75, degrees: 90).target
        #expect(abs(turned.box.width - 75) < 1e-3 && abs(turned.box.height - 60) < 1e-3)
        #expect(abs(turned.box.center.x - 100) < 1e-3 && abs(turned.box.center.y - 90) < 1e-3)
        // Clockwise: the left eye, at the left top of the middle, goes to the right top.
        let eye = turned.landmarks?.leftEye
        #expect(abs((eye?.x ?? 0) - (100 - 0.5 + 14)) < 1e-3 && abs((eye?.y ?? 0) - (90 - 0.5 - 19.5)) < 1e-3)
    }

    @Test func sizesAndPlacesAreWithinLimits() throws {
        let composer = try composer { settings in
            settings.cut = 0.5
            (settings.faces, settings.sizes) = (8, 12...200)
        }
        var sizes: [Float] = [], cut = 0
        for seed in 0..<60 {
            let faces = try composer.scene(seed: UInt64(seed)).faces
            #expect(faces.count <= 8)
            for (index, face) in faces.enumerated() {
                let (box, sides) = (face.box, [face.box.width, face.box.height])
                #expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 320)
                let isCut = box.x <= 0 || box.y <= 0 || box.x + box.width >= 320 || box.y + box.height >= 320
                if isCut { cut += 1 } else { sizes.append(sides.max() ?? 0) }
                for other in faces.dropFirst(index + 1) {
                    // What is cut off does not count among the overlap's areas.
                    let least = min(box.area, other.box.area) / SceneSettings.leastVisible
                    #expect(box.intersection(other.box).area <= SceneSettings.greatestOverlap * least + 1e-3)
                }
            }
        }
        // A rotated box is at most as long as its diagonal, and at least 0.8 of the face, which is 4 : 5.
        #expect(sizes.allSatisfy { $0 >= 12 * 0.8 && $0 <= 200 * 1.3 } && sizes.count > 100 && cut > 5)
        #expect(sizes.count { $0 < 40 } > sizes.count / 4)
    }

    @Test func tightCropsAreFilledByTheirFaces() throws {
        let composer = try composer { settings in settings.tight = 1 }
        var faces = 0, scenesWithout = 0
        for seed in 0..<40 {
            let scene = try composer.scene(seed: UInt64(seed))
            #expect(scene.faces.count <= 16)
            if scene.faces.isEmpty { scenesWithout += 1 }
            for face in scene.faces {
                // The least crop is half of a sixteenth of the scene, and the face most of it.
                #expect(max(face.box.width, face.box.height) > 320 / 4 * 0.5 * 0.5)
                let color = pixel(scene.image, Int(face.box.center.x), Int(face.box.center.y))
                #expect(max(color[0], color[1]) > 120 && color[2] < 120, "seed \(seed)")
                faces += 1
            }
        }
        #expect(faces > 40 && scenesWithout > 2)
    }

    @Test func someFacesAreExchanged() throws {
        let composer = try composer { settings in (settings.exchanged, settings.scales) = (1, 1.7...3) }
        var exchanged = 0, kept = 0
        for seed in 0..<40 {
            let scene = try composer.scene(seed: UInt64(seed))
            for face in scene.faces {
                let color = pixel(scene.image, Int(face.box.center.x), Int(face.box.center.y))
                if face.landmarks == nil {
                    #expect(color == [0, 0, 0], "seed \(seed)")
                    kept += 1
                } else {
                    #expect(max(color[0], color[1]) > 20, "seed \(seed)")
                    exchanged += 1
                }
            }
        }
        #expect(exchanged > 8 && kept > 8)
    }

    @Test func photographsKeepTheirFaces() throws {
        let composer = try composer { settings in (settings.photographs, settings.scales) = (1, 1.7...3) }
        var count = 0
        for seed in 0..<20 {
            let scene = try composer.scene(seed: UInt64(seed))
            count += scene.faces.count
            for face in scene.faces {
                #expect(face.landmarks == nil)
                let x = Int(face.box.center.x), y = Int(face.box.center.y)
                guard (0..<320).contains(x), (0..<320).contains(y) else { continue }
                #expect(pixel(scene.image, x, y) == [0, 0, 0])
                // Beyond the box, the photograph is gray.
                let right = Int(face.box.x + face.box.width) + 4
                if right < 320, y < 320 { #expect(pixel(scene.image, right, y)[0] > 90) }
            }
        }
        #expect(count > 8)
    }

    @Test func backgroundsHaveNoFaces() throws {
        let composer = try composer { settings in
            (settings.faces, settings.scales) = (0, 1.7...3)
        }
        for seed in 0..<20 {
            let scene = try composer.scene(seed: UInt64(seed))
            #expect(scene.faces.isEmpty)
            // A face that could not be avoided is painted over, with less contrast than it had.
            let darkest = stride(from: 0, to: scene.image.pixels.count, by: 3).map { scene.image.pixels[$0] }.min()
            #expect(darkest ?? 0 > 20, "seed \(seed)")
        }
    }

    @Test func scenesNeedFacesAndPhotographs() throws {
        #expect(throws: FaceTrainingError.noPictures(task: "detector", part: "of faces")) {
            try SceneComposer(archives: [], photographs: photographs, settings: SceneSettings(), task: "detector")
        }
        #expect(throws: FaceTrainingError.noPictures(task: "detector", part: "to paste faces on")) {
            try SceneComposer(archives: [archive], photographs: [], settings: SceneSettings(), task: "detector")
        }
    }

    @Test func unreadablePhotographsArePassedOver() throws {
        let missing = BoxedPicture(file: folder.url.appending(path: "missing.png"), boxes: [])
        func scene(_ photographs: [BoxedPicture], seed: UInt64) throws -> DetectionScene {
            var settings = SceneSettings()
            (settings.photographs, settings.exchanged, settings.tight, settings.empty) = (1, 0, 0, 0)
            return try SceneComposer(
                archives: [archive], photographs: photographs, settings: settings, task: "detector"
            ).scene(seed: seed)
        }
        for seed in 0..<10 { _ = try scene([missing] + photographs, seed: UInt64(seed)) }
        #expect(throws: ImageError.self) { try scene([missing], seed: 1) }
    }

    @Test func picturesWithoutFacesAreShownWhereNoFaceIs() throws {
        let meadow = Image(width: 400, height: 400, color: Color(red: 0, green: 90, blue: 0))
        let green = try folder.file("faceless/deep/meadow.png", Data(meadow.encoded(as: .png)))
        let faceless = try BoxedPicture.faceless(in: folder.url.appending(path: "faceless"))
        #expect(faceless.map(\.file.path) == [green.path] && faceless[0].boxes.isEmpty)
        #expect(throws: DatasetError.self) { try BoxedPicture.faceless(in: folder.url.appending(path: "nowhere")) }
        func greens(_ change: (inout SceneSettings) -> Void) throws -> Int {
            var settings = SceneSettings()
            (settings.photographs, settings.exchanged, settings.tight, settings.empty) = (0, 0, 0, 0)
            change(&settings)
            var composer = try SceneComposer(
                archives: [archive], photographs: photographs, faceless: faceless, settings: settings, task: "detector")
            composer.sceneAlterations = AugmentationPolicy([])
            return try (0..<40).filter { seed in
                let scene = try composer.scene(seed: UInt64(seed))
                return (0..<320).contains { pixel(scene.image, $0, $0) == [0, 90, 0] }
            }.count
        }
        let empty = try greens { $0.empty = 1 }
        #expect((10...35).contains(empty))
        #expect(try greens { $0.photographs = 1 } == 0 && greens { $0.exchanged = 1 } == 0)
    }

    @Test func blackMarginsAreTrimmed() {
        var crop = Image(width: 100, height: 90)
        Self.fill(&crop, Box(x: 20, y: 30, width: 70, height: 50), Color(red: 200, green: 150, blue: 100))
        let face = PastedFace(
            image: crop, box: Box(x: 30, y: 25, width: 40, height: 50),
            landmarks: Landmarks(points: Self.points))
        let trimmed = face.trimmed(context: 3)
        #expect(trimmed.image.width == 70 && trimmed.image.height == 50)
        #expect(trimmed.box == Box(x: 10, y: -5, width: 40, height: 50))
        #expect(trimmed.landmarks.leftEye == Point(x: 20, y: 18))
        #expect(pixel(trimmed.image, 0, 0) == [200, 150, 100])
        let near = face.trimmed(context: 1.1)
        #expect(near.image.width == 44 && near.image.height < 50 && near.box.x == 2)
        // A picture that is black throughout has no margin.
        let night = PastedFace(
            image: Image(width: 60, height: 60), box: Box(x: 10, y: 10, width: 40, height: 40),
            landmarks: Landmarks(points: Self.points))
        #expect(night.trimmed(context: 3).image.width == 60)
    }

    @Test func lightFromOneSideDarkensTheOther() {
        let gray = Image(width: 80, height: 60, color: Color(red: 180, green: 180, blue: 180))
        for seed in 0..<20 {
            var numbers = SeededGenerator(seed: UInt64(seed))
            let lit = SideLight(using: &numbers).applied(to: gray)
            let (left, right) = (pixel(lit, 2, 30)[0], pixel(lit, 77, 30)[0])
            #expect(max(left, right) >= 100 && min(left, right) < max(left, right) - 30, "seed \(seed)")
        }
    }
}
