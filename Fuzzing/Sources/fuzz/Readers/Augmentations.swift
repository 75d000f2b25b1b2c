import Faces
import Foundation
import Pixels

@testable import Augmentation

extension Reader {
    static let augmentations = [
        Reader("augmentation-policy", expects: { $0 is AugmentationError }) { bytes in
            let policy = try AugmentationPolicy(contentsOf: Scratch.file("policy.json", bytes))
            _ = try? policy.plan(seed: 1, covers: .training).applied(to: portrait, faces: [landmarks])
        },
        // `masks.cfg` of a folder with the pictures `a.png`, `a_left.png` and `b.png`.
        Reader("mask-templates", expects: { $0 is AugmentationError }) { bytes in
            let folder = try maskFolder.get()
            try Data(bytes).write(to: folder.appending(path: "masks.cfg"))
            for template in try MaskTemplate.all(in: folder) {
                for landmarks in [landmarks, landmarks.mapped { Point(x: $0.x * 3 - 40, y: $0.y * 3 - 50) }] {
                    _ = try? template.drawn(on: portrait, at: landmarks, seed: 3)
                }
            }
        },
    ]

    private static let portrait = Image(
        width: 48, height: 48, pixels: (0..<48 * 48 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7 / 3) })
    private static let landmarks = Landmarks(
        points: [(16, 18), (32, 18), (24, 27), (18, 34), (30, 34)].map { Point(x: $0, y: $1) })

    private static let maskFolder = Result {
        let folder = try Scratch.emptied("masks")
        let picture = Image(width: 40, height: 36, pixels: [UInt8](repeating: 180, count: 40 * 36 * 3))
        for name in ["a", "a_left", "b"] {
            try Data(picture.encoded(as: .png)).write(to: folder.appending(path: "\(name).png"))
        }
        return folder
    }
}
