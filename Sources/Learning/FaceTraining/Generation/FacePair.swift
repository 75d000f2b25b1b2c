import Augmentation
import Datasets
import Faces
import Networks
import Pixels

/// The same picture of a face without and with a drawn mask, cropped in the same way.
struct FacePair: Sendable {
    /// The template has the same box as FaceNet-128's, so that generated pictures need no new crop for it.
    static let template = AlignmentTemplate.box(size: FaceTranslator.side, margin: 0)

    /// The person's number.
    var person: Int
    var entry: Int
    /// The bare picture, `[side, side, 3]`, red, green, blue.
    var bare: [UInt8]
    var masked: [UInt8]

    /// The look of the mask.
    var look: MaskLook { MaskLook(bare: bare, masked: masked) }
}

extension FacePair {
    /// Draws a mask on an archive's picture.
    init(
        _ archive: FaceArchive, entry: Int, person: Int, covers: CoverSet, seed: UInt64, isMirrored: Bool = false
    ) throws {
        let face = archive.entries[entry].face
        let picture = try archive.image(at: entry)
        let covered = try Self.policy.plan(seed: seed, covers: covers).applied(to: picture, faces: [face.landmarks])
        (self.entry, self.person) = (entry, person)
        func crop(_ image: Image) throws -> [UInt8] {
            let pixels = try face.aligned(in: image, to: Self.template).image.pixels
            return isMirrored ? Self.mirrored(pixels) : pixels
        }
        (bare, masked) = (try crop(picture), try crop(covered.image))
    }

    private static let policy = AugmentationPolicy([.init(.mask, probability: 1)])

    private static func mirrored(_ pixels: [UInt8]) -> [UInt8] {
        let side = FaceTranslator.side
        return [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, initialized in
            for row in 0..<side {
                for column in 0..<side {
                    let from = (row * side + column) * 3, to = (row * side + side - 1 - column) * 3
                    for channel in 0..<3 { buffer[to + channel] = pixels[from + channel] }
                }
            }
            initialized = pixels.count
        }
    }
}
