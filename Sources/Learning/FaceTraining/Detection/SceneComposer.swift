import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels

/// Composes pictures to train detectors on: faces of archives pasted on photographs, and photographs with the faces in
/// them. A scene depends only on its seed.
struct SceneComposer: Sendable {
    /// Archives from `likeness pack`.
    let archives: [FaceArchive]
    /// Photographs with the boxes of their faces.
    let photographs: [BoxedPicture]
    let settings: SceneSettings
    /// The alterations of each face before it is pasted. They must not move anything except mirroring.
    var faceAlterations: AugmentationPolicy
    /// The alterations of the whole scene. They must not move anything.
    var sceneAlterations = AugmentationPolicy([
        .init(.brightness, probability: 0.3, range: Span(0.5, 1.5)),
        .init(.contrast, probability: 0.3, range: Span(0.6, 1.4)),
        .init(.saturation, probability: 0.3, range: Span(0, 1.5)),
        .init(.darkness, probability: 0.15, range: Span(1, 5)), .init(.blur, probability: 0.1, range: Span(0.5, 1.5)),
        .init(.motion, probability: 0.05, range: Span(2, 5)), .init(.noise, probability: 0.2, range: Span(2, 12)),
        .init(.jpeg, probability: 0.3, range: Span(30, 90)),
    ])

    /// Creates a composer.
    ///
    /// - Throws: ``FaceTrainingError/noPictures(task:part:)`` if there are no faces or no photographs.
    init(archives: [FaceArchive], photographs: [BoxedPicture], settings: SceneSettings, task: String) throws {
        precondition(
            settings.side > 0 && settings.side % 32 == 0 && settings.sizes.lowerBound >= 4
                && settings.sizes.lowerBound < Float(settings.side),
            "the side must be a multiple of 32, and the smallest face must be at least 4 pixels and fit in")
        guard archives.contains(where: { $0.count > 0 }) else {
            throw FaceTrainingError.noPictures(task: task, part: "of faces")
        }
        guard !photographs.isEmpty else { throw FaceTrainingError.noPictures(task: task, part: "to paste faces on") }
        self.archives = archives.filter { $0.count > 0 }
        (self.photographs, self.settings) = (photographs, settings)
        faceAlterations = AugmentationPolicy([
            .init(.mask, probability: settings.masks), .init(.occluder, probability: 0.05),
            .init(.flip, probability: 0.5), .init(.brightness, probability: 0.4, range: Span(0.5, 1.6)),
            .init(.contrast, probability: 0.3, range: Span(0.6, 1.4)),
            .init(.darkness, probability: 0.1, range: Span(1, 4)), .init(.blur, probability: 0.1, range: Span(0.5, 2)),
        ])
    }

    /// Returns a scene.
    ///
    /// - Throws: `ImageError` if a photograph or a crop can't be read; `FaceError.degenerateLandmarks` if a mask can't
    ///   be drawn on a face.
    func scene(seed: UInt64) throws -> DetectionScene {
        var numbers = SeededGenerator(seed: seed)
        let kind = numbers.unit()
        var scene: DetectionScene
        if kind < settings.photographs {
            scene = try photograph(keepingFaces: true, using: &numbers)
        } else {
            scene = try photograph(keepingFaces: false, using: &numbers)
            var canvas = SceneCanvas(scene.image)
            if kind < settings.photographs + settings.tight {
                try fill(&canvas, &scene.faces, using: &numbers)
            } else {
                for _ in 0..<numbers.index(below: settings.faces + 1) {
                    try add(to: &canvas, &scene.faces, using: &numbers)
                }
            }
            scene.image = canvas.image
        }
        scene.image = try sceneAlterations.plan(seed: numbers.next()).applied(to: scene.image, faces: []).image
        return scene
    }

    // MARK: Photographs

    /// Returns a square part of a photograph, with the faces in it or without any.
    private func photograph(
        keepingFaces: Bool, using numbers: inout SeededGenerator
    ) throws -> DetectionScene {
        let picture = photographs[numbers.index(below: photographs.count)]
        let image = try Image(contentsOf: picture.file)
        var part = Self.part(of: image, using: &numbers)
        if !keepingFaces {
            // A part without faces, if one is found; otherwise faces are painted over.
            for _ in 0..<12 where picture.boxes.contains(where: { Self.enlarged($0).intersection(part).area > 0 }) {
                part = Self.part(of: image, using: &numbers)
            }
        }
        let scale = Float(settings.side) / part.width
        var canvas = SceneCanvas(image.cropped(to: part).resized(width: settings.side, height: settings.side))
        var faces: [DetectionScene.Target] = []
        for box in picture.boxes {
            let moved = Box(
                x: (box.x - part.x) * scale, y: (box.y - part.y) * scale, width: box.width * scale,
                height: box.height * scale)
            let visible = moved.intersection(canvas.frame).area / moved.area
            let isLargeEnough = max(moved.width, moved.height) >= settings.sizes.lowerBound
            if keepingFaces, visible >= SceneSettings.leastVisible, isLargeEnough {
                faces.append(DetectionScene.Target(box: moved))
            } else if visible > 0 {
                canvas.paintOver(Self.enlarged(moved))
            }
        }
        return DetectionScene(image: canvas.image, faces: faces)
    }

    /// Returns a random square of whole pixels.
    private static func part(of image: Image, using numbers: inout SeededGenerator) -> Box {
        let shorter = min(image.width, image.height)
        let side = max(Int(Float(shorter) * numbers.number(in: Span(0.4, 1))), 1)
        let x = numbers.index(below: image.width - side + 1), y = numbers.index(below: image.height - side + 1)
        return Box(x: Float(x), y: Float(y), width: Float(side), height: Float(side))
    }

    /// Returns the box with a margin, as hair and chin are outside it.
    private static func enlarged(_ box: Box) -> Box {
        Box(
            x: box.x - box.width / 4, y: box.y - box.height / 4, width: box.width * 1.5, height: box.height * 1.5)
    }

    // MARK: Faces

    /// Adds a face at a random place, if there is room for one of its size.
    private func add(
        to canvas: inout SceneCanvas, _ faces: inout [DetectionScene.Target], using numbers: inout SeededGenerator
    ) throws {
        let prepared = try preparedFace(using: &numbers)
        let longest = min(settings.sizes.upperBound, Float(settings.side) * 0.9)
        let share = numbers.unit(), angle = numbers.number(in: Span(-settings.rotation, settings.rotation))
        let size = settings.sizes.lowerBound + (longest - settings.sizes.lowerBound) * share * share * share
        let isCut = numbers.happens(settings.cut)
        for _ in 0..<20 {
            let extent = Float(settings.side)
            let center = Point(x: extent * numbers.unit(), y: extent * numbers.unit())
            let placed = prepared.placed(at: center, size: size, degrees: angle)
            let box = placed.target.box
            let visible = box.intersection(canvas.frame).area / box.area
            // What is around the new face must not cover the others either.
            let covered = placed.patch.extent(by: placed.transform)
            let isFree = faces.allSatisfy { other in
                covered.intersection(other.box).area <= SceneSettings.greatestOverlap * other.box.area
                    && box.intersection(other.box).area <= SceneSettings.greatestOverlap * box.area
            }
            guard isFree, visible >= (isCut ? SceneSettings.leastVisible : 0.9999) else { continue }
            canvas.paste(placed.patch, by: placed.transform, keeping: placed.core)
            faces.append(placed.target)
            return
        }
    }

    /// Fills the scene with one face, from forehead to chin.
    private func fill(
        _ canvas: inout SceneCanvas, _ faces: inout [DetectionScene.Target], using numbers: inout SeededGenerator
    ) throws {
        let prepared = try preparedFace(using: &numbers)
        let extent = Float(settings.side)
        let size = extent * numbers.number(in: Span(0.85, 1.2))
        let angle = numbers.number(in: Span(-settings.rotation / 2, settings.rotation / 2))
        let center = Point(
            x: extent * numbers.number(in: Span(0.46, 0.54)), y: extent * numbers.number(in: Span(0.46, 0.54)))
        let placed = prepared.placed(at: center, size: size, degrees: angle)
        canvas.paste(placed.patch, by: placed.transform, keeping: placed.core)
        faces.append(placed.target)
    }

    /// Returns an altered face of an archive.
    private func preparedFace(using numbers: inout SeededGenerator) throws -> PastedFace {
        let archive = archives[numbers.index(below: archives.count)]
        let index = numbers.index(below: archive.count)
        let crop = try archive.image(at: index), face = archive.entries[index].face
        let plan = faceAlterations.plan(seed: numbers.next())
        let altered = try plan.applied(to: crop, faces: [face.landmarks])
        var box = face.box
        if plan.isMirrored { box.x = Float(crop.width) - box.x - box.width }
        return PastedFace(image: altered.image, box: box, landmarks: altered.landmarks[0])
    }
}
