import Datasets
import Faces
import Foundation
import Pixels

/// An archive of drawn pictures.
enum DrawnArchive {
    /// Packs plain squares: person `p` has `p % 3 + 1` faces, each with its own color.
    static func pack(in folder: URL, people: Int, named: Bool = true) throws -> URL {
        let url = folder.appending(path: "faces")
        let writer = try FaceArchiveWriter(folder: url, detector: "drawn")
        let face = Face(
            box: Box(x: 20, y: 20, width: 40, height: 40), confidence: 0.9,
            landmarks: Landmarks(
                leftEye: Point(x: 30, y: 35), rightEye: Point(x: 50, y: 35), nose: Point(x: 40, y: 42),
                leftMouth: Point(x: 32, y: 50), rightMouth: Point(x: 48, y: 50)))
        for person in 0..<people {
            for number in 0...person % 3 {
                let color = [UInt8(person), UInt8(number), UInt8(200)]
                let image = Image(width: 80, height: 80, pixels: (0..<6400).flatMap { _ in color })
                try writer.append(
                    IdentityList.Picture(
                        file: "\(person)-\(number).png", identity: named ? String(format: "p%03d", person) : nil,
                        line: 1), LooseCrop(of: image.encoded(as: .png), face: face), subset: nil)
            }
        }
        try writer.finish()
        return url
    }
}
