import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels

/// Composes pictures to train detectors on: photographs with the faces in them, some of which are exchanged for faces of
/// archives, faces pasted on photographs, and crops that one face fills. A scene depends only on its seed.
struct SceneComposer: Sendable {
    /// Archives from `likeness pack`.
    let archives: [FaceArchive]
    /// Photographs with the boxes of their faces.
    let photographs: [BoxedPicture]
    /// Pictures without faces.
    let faceless: [BoxedPicture]
    let settings: SceneSettings
    /// The alterations of each face before it is pasted. They must not move anything except mirroring.
    var faceAlterations: AugmentationPolicy
    /// The share of pasted faces in light from one side; of tight crops, three times as many are.
    var sideLight: Float = 0.1
    /// The greatest numbers of an added face's own pixels on a side of a pixel of the scene.
    var sharpness = Span(0.4, 1.2)
    /// The alterations of the whole scene. They must not move anything.
    var sceneAlterations = AugmentationPolicy([
        .init(.brightness, probability: 0.3, range: Span(0.5, 1.5)),
        .init(.contrast, probability: 0.3, range: Span(0.6, 1.4)),
        .init(.saturation, probability: 0.3, range: Span(0, 1.5)),
        .init(.darkness, probability: 0.15, range: Span(1, 6)), .init(.blur, probability: 0.1, range: Span(0.5, 1.5)),
        .init(.motion, probability: 0.05, range: Span(2, 5)), .init(.noise, probability: 0.2, range: Span(2, 12)),
        .init(.jpeg, probability: 0.3, range: Span(30, 90)),
    ])

    /// Creates a composer.
    ///
    /// - Throws: ``FaceTrainingError/noPictures(task:part:)`` if there are no faces or no photographs.
    init(
        archives: [FaceArchive], photographs: [BoxedPicture], faceless: [BoxedPicture] = [], settings: SceneSettings,
        task: String
    ) throws {
        precondition(
            settings.side > 0 && settings.side % 32 == 0 && settings.sizes.lowerBound >= 4
                && settings.sizes.lowerBound < Float(settings.side) && settings.scales.lowerBound > 0,
            "the side must be a multiple of 32, and the smallest face must be at least 4 pixels and fit in")
        guard archives.contains(where: { $0.count > 0 }) else {
            throw FaceTrainingError.noPictures(task: task, part: "of faces")
        }
        guard !photographs.isEmpty else { throw FaceTrainingError.noPictures(task: task, part: "to paste faces on") }
        self.archives = archives.filter { $0.count > 0 }
        (self.photographs, self.faceless, self.settings) = (photographs, faceless, settings)
        faceAlterations = AugmentationPolicy([
            .init(.mask, probability: settings.masks), .init(.occluder, probability: 0.05),
            .init(.flip, probability: 0.5), .init(.brightness, probability: 0.4, range: Span(0.5, 1.6)),
            .init(.contrast, probability: 0.3, range: Span(0.6, 1.4)),
            .init(.saturation, probability: 0.2, range: Span(0, 0.2)),
            .init(.darkness, probability: 0.1, range: Span(1, 4)), .init(.blur, probability: 0.1, range: Span(0.5, 2)),
        ])
    }

    /// Returns a scene.
    ///
    /// - Throws: `ImageError` if many photographs or crops can't be read.
    func scene(seed: UInt64) throws -> DetectionScene {
        var numbers = SeededGenerator(seed: seed)
        var kind = numbers.unit()
        func isChosen(_ share: Float) -> Bool {
            kind -= share
            return kind < 0
        }
        var scene: DetectionScene
        if isChosen(settings.photographs) {
            scene = try street(.kept, using: &numbers)
        } else if isChosen(settings.exchanged) {
            scene = try street(.exchanged, using: &numbers)
        } else if isChosen(settings.tight) {
            scene = try tightCrops(using: &numbers)
        } else if isChosen(settings.empty) {
            scene = try street(.none, using: &numbers)
        } else {
            scene = try street(.none, using: &numbers)
            var canvas = SceneCanvas(scene.image)
            for _ in 0..<numbers.index(below: settings.faces + 1) {
                try add(to: &canvas, &scene.faces, using: &numbers)
            }
            scene.image = canvas.image
        }
        scene.image = try sceneAlterations.plan(seed: numbers.next()).applied(to: scene.image, faces: []).image
        return scene
    }

    /// The greatest number of files that are tried if one can't be read.
    static let tries = 8

    /// Returns the first result of `make` that is not an error, of up to ``tries``.
    static func firstReadable<Result>(_ make: () throws -> Result) throws -> Result {
        for _ in 1..<tries {
            do { return try make() } catch is ImageError { continue }
        }
        return try make()
    }

    // MARK: Pasted faces

    /// Adds a face at a random place, if there is room for one of its size.
    private func add(
        to canvas: inout SceneCanvas, _ faces: inout [DetectionScene.Target], using numbers: inout SeededGenerator
    ) throws {
        let prepared = try preparedFace(light: sideLight, using: &numbers)
        let longest = min(settings.sizes.upperBound, Float(settings.side) * 0.9)
        let size = numbers.scale(in: settings.sizes.lowerBound...longest)
        let angle = self.angle(using: &numbers), sharpness = numbers.number(in: sharpness)
        let isCut = numbers.happens(settings.cut)
        for _ in 0..<20 {
            let extent = Float(settings.side)
            let center = Point(x: extent * numbers.unit(), y: extent * numbers.unit())
            let placed = prepared.placed(at: center, size: size, degrees: angle, sharpness: sharpness)
            let box = placed.target.box
            let visible = box.intersection(canvas.frame).area / box.area
            // What is around the new face must not cover the others either.
            let covered = placed.patch.extent(by: placed.transform)
            guard isFree(box, covered, of: faces), visible >= (isCut ? SceneSettings.leastVisible : 0.9999) else {
                continue
            }
            canvas.paste(placed.patch, by: placed.transform, keeping: placed.core)
            faces.append(placed.target.cut(to: canvas.frame))
            return
        }
    }

    /// Returns the rotation of a face, in degrees.
    func angle(using numbers: inout SeededGenerator) -> Float {
        (numbers.unit() + numbers.unit() - 1) * settings.rotation
    }

    /// Returns whether a new face covers little of others, and others little of it.
    func isFree(_ box: Box, _ covered: Box, of others: [DetectionScene.Target]) -> Bool {
        leavesFree(covered, others)
            && others.allSatisfy {
                box.intersection($0.box).area <= SceneSettings.greatestOverlap * box.area
            }
    }

    /// Returns whether a part covers little of any face.
    func leavesFree(_ covered: Box, _ faces: [DetectionScene.Target]) -> Bool {
        faces.allSatisfy {
            covered.intersection($0.box).area <= SceneSettings.greatestOverlap * $0.box.area
        }
    }

    /// Returns an altered face of an archive, with some of its surroundings.
    ///
    /// - Parameter light: The probability of light from one side.
    func preparedFace(light: Float, using numbers: inout SeededGenerator) throws -> PastedFace {
        try Self.firstReadable {
            let archive = archives[numbers.index(below: archives.count)]
            let index = numbers.index(below: archive.count)
            let plan = faceAlterations.plan(seed: numbers.next())
            let context = numbers.number(in: Span(1.25, 1.9)), isLit = numbers.happens(light)
            let sun = SideLight(using: &numbers)
            let crop = try archive.image(at: index), face = archive.entries[index].face
            var box = face.box
            if plan.isMirrored { box.x = Float(crop.width) - box.x - box.width }
            // A mask can't be drawn on some extreme poses; such a face is pasted as it is.
            let altered = (try? plan.applied(to: crop, faces: [face.landmarks]))
            guard let altered else {
                return PastedFace(
                    image: crop, box: AnnotatedBox.of(face.box, by: archive.header.detector),
                    landmarks: face.landmarks
                ).trimmed(context: context)
            }
            return PastedFace(
                image: isLit ? sun.applied(to: altered.image) : altered.image,
                box: AnnotatedBox.of(box, by: archive.header.detector), landmarks: altered.landmarks[0]
            ).trimmed(context: context)
        }
    }
}

extension SeededGenerator {
    /// Returns a number whose logarithm is evenly distributed.
    mutating func scale(in range: ClosedRange<Float>) -> Float {
        exp(number(in: Span(log(range.lowerBound), log(range.upperBound))))
    }
}
