import Augmentation
import Datasets
import Faces
import Foundation
import LikenessSupport
import Pixels

/// How a student sees a face that its teachers saw unaltered: masked, dark, small, blurred, turned or compressed.
enum StudentView {
    /// The alterations of most faces: several at once, up to what people can still recognize.
    private static let strong = AugmentationPolicy([
        .init(.mask, probability: 0.35), .init(.occluder, probability: 0.06), .init(.flip, probability: 0.5),
        .init(.rotation, probability: 0.3, range: Span(-25, 25)),
        .init(.brightness, probability: 0.25, range: Span(0.45, 1.7)),
        .init(.contrast, probability: 0.2, range: Span(0.4, 1.5)),
        .init(.saturation, probability: 0.25, range: Span(0, 1.4)),
        .init(.darkness, probability: 0.18, range: Span(1.5, 6)),
        .init(.blur, probability: 0.2, range: Span(0.5, 3.5)),
        .init(.motion, probability: 0.1, range: Span(3, 14)),
        .init(.downscale, probability: 0.4, range: Span(1.3, 6)),
        .init(.noise, probability: 0.15, range: Span(2, 16)), .init(.jpeg, probability: 0.35, range: Span(15, 85)),
    ])
    /// The alterations of the other faces, which keep the student good on ordinary ones.
    private static let mild = AugmentationPolicy([.init(.flip, probability: 0.5)])
    private static let mildShare: Float = 0.25

    /// The share of faces whose landmarks are inexact, and the greatest error as a share of the box's side.
    private static let inexactShare: Float = 0.5, inexactness = Span(0, 0.025)

    /// Returns the crop as the student sees it. The same seed gives the same crop.
    static func crop(of row: Int, in archive: FaceArchive, seed: UInt64) throws -> Image {
        let drawn = try drawn(row, in: archive, seed: seed)
        return try drawn.face.aligned(in: drawn.image, to: template).image
    }

    /// Returns the altered picture and the face in it. The same seed gives the same picture.
    static func drawn(_ row: Int, in archive: FaceArchive, seed: UInt64) throws -> DrawnSample {
        var numbers = SeededGenerator(seed: seed)
        let policy = numbers.happens(mildShare) ? mild : strong
        var face = archive.entries[row].face
        let plan = policy.plan(seed: numbers.next(), covers: .training)
        let altered = try plan.applied(to: archive.image(at: row), faces: [face.landmarks])
        face.landmarks = altered.landmarks[0]
        if numbers.happens(inexactShare) {
            let strength = numbers.number(in: inexactness) * face.box.area.squareRoot()
            face.landmarks = face.landmarks.mapped { point in
                Point(x: point.x + numbers.normal() * strength, y: point.y + numbers.normal() * strength)
            }
        }
        return DrawnSample(
            image: altered.image, face: face, sizeInPicture: archive.entries[row].sizeInPicture,
            wearsMask: plan.cover.map { !($0 is Occluder) } ?? false)
    }

    /// The alterations as text, which distinguishes faces that were altered otherwise.
    static var policies: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let parts = try encoder.encode([strong, mild] + Condition.allCases.map(\.policy))
            return String(decoding: parts, as: UTF8.self) + " \(mildShare) \(inexactShare) \(inexactness)"
        }
    }

    /// The alignment of the student's crops.
    static let template = AlignmentTemplate.arcface(size: 112)

    /// A condition under which held-out people are measured.
    enum Condition: String, CaseIterable, Sendable {
        /// The face as it is.
        case plain
        /// With a drawn mask of the training designs.
        case masked
        /// With a drawn mask of a design that is reserved for tests.
        case unseen
        /// A quarter of its size: 20 to 30 pixels.
        case small
        /// Blurred with a standard deviation of 3 pixels.
        case blurred
        /// Five stops darker.
        case dark

        /// Returns the crop of a face under this condition.
        func crop(of row: Int, in archive: FaceArchive) throws -> Image {
            let drawn = try drawn(row, in: archive)
            return try drawn.face.aligned(in: drawn.image, to: template).image
        }

        /// Returns the picture and the face under this condition.
        func drawn(_ row: Int, in archive: FaceArchive) throws -> DrawnSample {
            var face = archive.entries[row].face
            let plan = policy.plan(seed: UInt64(row), covers: self == .unseen ? .testing : .training)
            let altered = try plan.applied(to: archive.image(at: row), faces: [face.landmarks])
            face.landmarks = altered.landmarks[0]
            return DrawnSample(
                image: altered.image, face: face, sizeInPicture: archive.entries[row].sizeInPicture,
                wearsMask: self == .masked || self == .unseen)
        }

        fileprivate var policy: AugmentationPolicy {
            switch self {
            case .plain: .none
            case .masked, .unseen: AugmentationPolicy([.init(.mask, probability: 1)])
            case .small: AugmentationPolicy([.init(.downscale, probability: 1, range: Span(4, 4))])
            case .blurred: AugmentationPolicy([.init(.blur, probability: 1, range: Span(3, 3))])
            case .dark: AugmentationPolicy([.init(.darkness, probability: 1, range: Span(5, 5))])
            }
        }
    }
}
