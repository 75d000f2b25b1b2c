import Foundation
import LikenessSupport
import Pixels

/// Scenes of photographs.
extension SceneComposer {
    /// The treatment of the faces of a photograph.
    enum OwnFaces {
        /// They stay.
        case kept
        /// Some are exchanged for faces of archives.
        case exchanged
        /// A part without faces is chosen; if it has some, they are painted over.
        case none
    }

    /// Returns a scene of one photograph, or of four if it is so small that one would leave most of the scene black.
    func street(_ own: OwnFaces, using numbers: inout SeededGenerator) throws -> DetectionScene {
        let scale = numbers.scale(in: settings.scales)
        let picture = try readPhotograph(own, using: &numbers)
        let needed = Float(settings.side) / scale
        guard needed > Float(min(picture.image.width, picture.image.height)) * 1.3 else {
            return try part(of: picture, side: settings.side, scale: scale, own, using: &numbers)
        }
        let half = settings.side / 2
        var canvas = SceneCanvas(Image(width: settings.side, height: settings.side))
        var faces: [DetectionScene.Target] = []
        for place in 0..<4 {
            let (left, top) = (place % 2 * half, place / 2 * half)
            let picture = place == 0 ? picture : try readPhotograph(own, using: &numbers)
            let scene = try part(of: picture, side: half, scale: scale, own, using: &numbers)
            canvas.place(scene.image, left: left, top: top)
            faces += scene.faces.map { $0.moved(scale: 1, x: Float(left), y: Float(top)) }
        }
        return DetectionScene(image: canvas.image, faces: faces)
    }

    /// The share of the parts without faces that are taken from pictures without faces, if there are any.
    private static let facelessShare: Float = 0.6

    /// Returns a photograph, mirrored or not, and the boxes of its faces.
    func readPhotograph(
        _ own: OwnFaces, using numbers: inout SeededGenerator
    ) throws -> (image: Image, boxes: [Box]) {
        try Self.firstReadable {
            let isFaceless = own == .none && !faceless.isEmpty && numbers.happens(Self.facelessShare)
            let pictures = isFaceless ? faceless : photographs
            let picture = pictures[numbers.index(below: pictures.count)]
            let image = try Image(contentsOf: picture.file)
            guard numbers.happens(0.5) else { return (image, picture.boxes) }
            return (
                image.mirrored(),
                picture.boxes.map {
                    Box(x: Float(image.width) - $0.x - $0.width, y: $0.y, width: $0.width, height: $0.height)
                }
            )
        }
    }

    /// Returns a square part of a photograph; what is beyond the photograph is black.
    ///
    /// - Parameters:
    ///   - picture: The photograph and its faces.
    ///   - side: The side of the scene, in pixels.
    ///   - scale: The scale of the photograph in the scene.
    private func part(
        of picture: (image: Image, boxes: [Box]), side: Int, scale: Float, _ own: OwnFaces,
        using numbers: inout SeededGenerator
    ) throws -> DetectionScene {
        let image = picture.image
        let extent = max(Int((Float(side) / scale).rounded()), 1)
        var part = Self.part(extent, of: image, around: own == .none ? nil : picture.boxes, using: &numbers)
        if own == .none {
            // A part without faces, if one is found; otherwise faces are painted over.
            for _ in 0..<12 where picture.boxes.contains(where: { Self.enlarged($0).intersection(part).area > 0 }) {
                part = Self.part(extent, of: image, around: nil, using: &numbers)
            }
        }
        let scale = Float(side) / part.width
        var canvas = SceneCanvas(image.cropped(to: part).resized(width: side, height: side))
        let moved = picture.boxes.map {
            DetectionScene.Target(box: $0).moved(scale: scale, x: -part.x * scale, y: -part.y * scale)
        }
        func isKept(_ face: DetectionScene.Target) -> Bool {
            own != .none && max(face.box.width, face.box.height) >= settings.sizes.lowerBound
                && face.box.intersection(canvas.frame).area >= SceneSettings.leastVisible * face.box.area
        }
        var faces = moved.filter(isKept).map { $0.cut(to: canvas.frame) }
        for face in moved where !isKept(face) {
            // The face itself must go; if none is kept nearby, hair and chin go too.
            let box = own == .none ? Self.enlarged(face.box) : face.box
            guard box.intersection(canvas.frame).area > 0, leavesFree(box, faces)
            else { continue }
            canvas.paintOver(box)
        }
        if own == .exchanged {
            for index in faces.indices where numbers.happens(0.6) {
                try exchange(index, of: &faces, on: &canvas, scale: scale, using: &numbers)
            }
        }
        return DetectionScene(image: canvas.image, faces: faces)
    }

    /// Pastes a face of an archive over one of a photograph, in similar light and no sharper than the photograph.
    private func exchange(
        _ index: Int, of faces: inout [DetectionScene.Target], on canvas: inout SceneCanvas, scale: Float,
        using numbers: inout SeededGenerator
    ) throws {
        let old = faces[index].box
        let prepared = try preparedFace(light: sideLight, using: &numbers)
        let size = max(old.width, old.height) * numbers.number(in: Span(1, 1.2))
        let sharpness = numbers.number(in: Span(0.7, 1.2)) / max(scale, 1)
        let placed = prepared.placed(
            at: old.center, size: size, degrees: angle(using: &numbers), sharpness: sharpness)
        let box = placed.target.box
        var others = faces
        others.remove(at: index)
        guard isFree(box, box, of: others), box.intersection(canvas.frame).area >= box.area * 0.9 else { return }
        let here = canvas.meanColor(of: old), there = SceneCanvas(placed.patch).meanColor(of: placed.core)
        let gain = pow(max(here.sum(), 30) / max(there.sum(), 30), 0.7)
        canvas.paste(placed.patch.brightened(by: gain), by: placed.transform, keeping: placed.core)
        faces[index] = placed.target.cut(to: canvas.frame)
    }

    /// Returns a random square of whole pixels: in the photograph, or around it if it is smaller. Often it is at a face.
    private static func part(
        _ side: Int, of image: Image, around boxes: [Box]?, using numbers: inout SeededGenerator
    ) -> Box {
        let slack = (image.width - side, image.height - side)
        func start(_ slack: Int) -> Int {
            slack >= 0 ? numbers.index(below: slack + 1) : -numbers.index(below: 1 - slack)
        }
        var (x, y) = (start(slack.0), start(slack.1))
        if let boxes, !boxes.isEmpty, numbers.happens(0.6) {
            let box = boxes[numbers.index(below: boxes.count)]
            func near(_ center: Float, _ slack: Int) -> Int {
                let wanted = Int(center - Float(side) * numbers.number(in: Span(0.15, 0.85)))
                return min(max(wanted, min(slack, 0)), max(slack, 0))
            }
            (x, y) = (near(box.center.x, slack.0), near(box.center.y, slack.1))
        }
        return Box(x: Float(x), y: Float(y), width: Float(side), height: Float(side))
    }

    /// Returns the box with a margin, as hair and chin are outside it.
    static func enlarged(_ box: Box) -> Box {
        Box(
            x: box.x - box.width / 4, y: box.y - box.height / 4, width: box.width * 1.5, height: box.height * 1.5)
    }
}

extension Image {
    /// Returns the picture with all values multiplied.
    fileprivate func brightened(by gain: Float) -> Image {
        let table = (0...255).map { UInt8(min(Float($0) * gain, 255)) }
        return Image(width: width, height: height, pixels: pixels.map { table[Int($0)] })
    }
}
