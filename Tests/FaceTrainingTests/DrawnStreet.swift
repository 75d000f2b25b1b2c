import Foundation
import LikenessSupport
import Pixels
import TestSupport

/// Photographs of streets for tests: random rectangles with a white face.
enum DrawnStreet {
    /// The box of the face.
    static let face = Box(x: 20, y: 15, width: 24, height: 30)

    /// Returns rectangles whose places and colors depend on the seed.
    static func image(seed: UInt64, width: Int = 90, base: UInt8 = 0) -> Image {
        var numbers = SeededGenerator(seed: seed)
        let scale = Float(width) / 90
        var image = Image(width: width, height: Int(70 * scale), color: Color(red: base, green: 90, blue: 60))
        for _ in 0..<14 {
            let box = Box(
                x: numbers.unit() * 80 * scale, y: numbers.unit() * 60 * scale,
                width: (5 + numbers.unit() * 40) * scale, height: (5 + numbers.unit() * 30) * scale)
            let value = UInt8(numbers.index(below: 200)) + base
            fill(&image, box, Color(red: value, green: value, blue: value))
        }
        return image
    }

    /// Writes photographs, each with a white face, and `boxes.csv`.
    static func write(_ count: Int, to folder: TemporaryFolder, in name: String) throws {
        var lines = ["image,class,xmin,ymin,xmax,ymax"]
        for number in 0..<count {
            var image = image(seed: UInt64(number))
            fill(&image, face, .white)
            try folder.file("\(name)/\(number).png", Data(image.encoded(as: .png)))
            lines.append("\(number).png,bare,20,15,44,45")
        }
        try folder.file("\(name)/boxes.csv", Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private static func fill(_ image: inout Image, _ box: Box, _ color: Color) {
        for y in Int(box.y)..<min(Int(box.y + box.height), image.height) {
            for x in Int(box.x)..<min(Int(box.x + box.width), image.width) {
                let at = (y * image.width + x) * 3
                image.pixels.replaceSubrange(at..<at + 3, with: [color.red, color.green, color.blue])
            }
        }
    }
}
