import Augmentation
import LikenessSupport
import Pixels

/// Scenes of crops that one face fills, and of such crops without a face.
extension SceneComposer {
    /// Returns a scene of one, four or sixteen crops, each in the corner or the middle of its part of the scene.
    func tightCrops(using numbers: inout SeededGenerator) throws -> DetectionScene {
        let columns = [1, 1, 2, 2, 4][numbers.index(below: 5)]
        let side = settings.side / columns
        var scene = DetectionScene(image: Image(width: settings.side, height: settings.side), faces: [])
        var canvas = SceneCanvas(scene.image)
        for place in 0..<columns * columns {
            let isFaceless = numbers.happens(settings.faceless)
            let other = isFaceless ? try facelessCrop(fitting: side, using: &numbers) : nil
            let crop = try other ?? tightCrop(fitting: side, using: &numbers)
            let isCentered = numbers.happens(0.4)
            func start(_ cell: Int, _ extent: Int) -> Int { cell * side + (isCentered ? (side - extent) / 2 : 0) }
            let left = start(place % columns, crop.image.width), top = start(place / columns, crop.image.height)
            canvas.place(crop.image, left: left, top: top)
            scene.faces += crop.faces.map { $0.moved(scale: 1, x: Float(left), y: Float(top)) }
        }
        scene.image = canvas.image
        return scene
    }

    /// Returns a crop with one face, from forehead to chin or with a little more or less, of at most `side` pixels.
    private func tightCrop(fitting side: Int, using numbers: inout SeededGenerator) throws -> DetectionScene {
        let face = try preparedFace(light: sideLight * 3, using: &numbers)
        let (wide, high) = (numbers.number(in: Span(0.85, 1.35)), numbers.number(in: Span(0.9, 1.45)))
        let whole = Box(x: 0, y: 0, width: Float(face.image.width), height: Float(face.image.height))
        var part = Box(
            x: face.box.center.x - face.box.width * (wide / 2 + numbers.number(in: Span(-0.08, 0.08))),
            // Crops by detectors hold the forehead, which is above the box that people draw.
            y: face.box.center.y - face.box.height * (high / 2 + numbers.number(in: Span(-0.05, 0.2))),
            width: face.box.width * wide, height: face.box.height * high
        ).intersection(whole)
        part = Box(
            x: part.x.rounded(.down), y: part.y.rounded(.down), width: max(part.width.rounded(.down), 1),
            height: max(part.height.rounded(.down), 1))
        let scale = Float(side) * numbers.number(in: Span(0.5, 1)) / max(part.width, part.height)
        let width = max(Int(part.width * scale), 1), height = max(Int(part.height * scale), 1)
        let image = face.image.cropped(to: part).resized(width: width, height: height)
        let target = DetectionScene.Target(box: face.box, landmarks: face.landmarks)
            .moved(scale: scale, x: -part.x * scale, y: -part.y * scale)
            .cut(to: Box(x: 0, y: 0, width: Float(width), height: Float(height)))
        let isLargeEnough = max(target.box.width, target.box.height) >= settings.sizes.lowerBound
        return DetectionScene(image: image, faces: isLargeEnough && target.box.area > 0 ? [target] : [])
    }

    /// Returns a part of a photograph without a face, altered and lit as faces are; `nil` if none is found at once.
    private func facelessCrop(fitting side: Int, using numbers: inout SeededGenerator) throws -> DetectionScene? {
        let picture = try readPhotograph(.none, using: &numbers)
        let shorter = Float(min(picture.image.width, picture.image.height))
        let height = (numbers.scale(in: 0.1...0.7) * shorter).rounded(.up)
        let width = (height * numbers.number(in: Span(0.7, 1))).rounded(.up)
        let plan = faceAlterations.plan(seed: numbers.next()), isLit = numbers.happens(sideLight * 3)
        let sun = SideLight(using: &numbers), extent = Float(side) * numbers.number(in: Span(0.5, 1))
        for _ in 0..<12 {
            let x = numbers.index(below: picture.image.width - Int(width) + 1)
            let y = numbers.index(below: picture.image.height - Int(height) + 1)
            let part = Box(x: Float(x), y: Float(y), width: width, height: height)
            guard picture.boxes.allSatisfy({ Self.enlarged($0).intersection(part).area == 0 }) else { continue }
            let crop = picture.image.cropped(to: part)
                .resized(width: max(Int(extent * width / height), 1), height: max(Int(extent), 1))
            let altered = try plan.applied(to: crop, faces: []).image
            return DetectionScene(image: isLit ? sun.applied(to: altered) : altered, faces: [])
        }
        return nil
    }
}
