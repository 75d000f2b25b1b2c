public import Faces
import Foundation
import Pixels

// The format, version 1. A folder with an index of JSON lines and parts of crops one after the other:
//
//     index.jsonl     {"format":"likeness-faces","version":1,"detector":…,"crop":…,"parts":[…],"entries":n,"skipped":m}
//                     one line for each face, then one for each picture that was left out
//     part-0001.bin   the crops' files without anything between them
//
// While it is written there are `index.partial` (the same lines, without parts and counts in the first) and the parts.

extension FaceArchive {
    /// What an archive says of itself.
    public struct Header: Hashable, Codable, Sendable {
        /// One file of crops.
        public struct Part: Hashable, Codable, Sendable {
            /// The file's name in the archive.
            public let file: String
            /// Its size, in bytes.
            public let bytes: Int
            /// Its SHA-256, in hexadecimal.
            public let sha256: String
        }

        /// Always `likeness-faces`.
        public let format: String
        /// The format's version.
        public let version: Int
        /// What found the faces: boxes of two detectors are not the same.
        public let detector: String
        /// How the crops were cut.
        public let crop: LooseCrop.Settings
        /// The files of crops, in order.
        public let parts: [Part]
        /// How many faces there are.
        public let entries: Int
        /// How many pictures were left out.
        public let skipped: Int

        static let currentFormat = "likeness-faces"
        static let currentVersion = 1

        /// With the parts and faces of another archive behind its own.
        func joined(with other: Header) -> Header {
            Header(
                format: format, version: version, detector: detector, crop: crop, parts: parts + other.parts,
                entries: entries + other.entries, skipped: skipped + other.skipped)
        }
    }

    /// One face of the archive.
    public struct Entry: Hashable, Sendable {
        /// The picture's path in the list that was packed.
        public let file: String
        /// Who it is; `nil` if nobody knows.
        public let identity: String?
        /// Where the picture comes from, where the list says so.
        public let source: String?
        /// To which part of the data the packer has said that it belongs, such as `training`.
        public let subset: String?
        /// Where the face is, in the crop's pixels.
        public let face: Face
        /// Pixels of the crop to one of the picture: the face's size in the picture is that in the crop by this.
        public let scale: Float
        /// In which part the crop lies, its first byte and how many there are.
        var place: Place

        struct Place: Hashable, Sendable {
            var part: Int
            var offset: Int
            var length: Int
        }

        /// The face's size in the picture that it was cut from: the square root of its box's area, in pixels.
        public var sizeInPicture: Float { face.box.area.squareRoot() / scale }
    }

    /// A picture that was listed and is not in the archive.
    public struct Skipped: Hashable, Codable, Sendable {
        /// The picture's path in the list.
        public let file: String
        /// Why it was left out.
        public let reason: String

        /// Creates a picture and the reason.
        public init(file: String, reason: String) {
            self.file = file
            self.reason = reason
        }
    }

    /// A line of the index.
    enum Line {
        case entry(Entry)
        case skipped(Skipped)

        var file: String {
            switch self {
            case .entry(let entry): entry.file
            case .skipped(let skipped): skipped.file
            }
        }
    }
}

extension FaceArchive.Line: Codable {
    private enum Key: String, CodingKey {
        case file, identity, source, subset, box, confidence, landmarks, scale, place, reason
    }

    /// The largest number of a part, of a byte in it and of bytes: sums of them stay numbers.
    private static let farthest = 1 << 40

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: Key.self)
        let file = try line.decode(String.self, forKey: .file)
        if let reason = try line.decodeIfPresent(String.self, forKey: .reason) {
            self = .skipped(FaceArchive.Skipped(file: file, reason: reason))
            return
        }
        let box = try Self.numbers(line, .box, count: 4), points = try Self.numbers(line, .landmarks, count: 10)
        let place = try line.decode([Int].self, forKey: .place)
        let scale = try line.decode(Float.self, forKey: .scale)
        guard place.count == 3, place.allSatisfy((0...Self.farthest).contains) else {
            throw DecodingError.dataCorruptedError(forKey: .place, in: line, debugDescription: "no place in a part")
        }
        guard scale > 0, scale.isFinite else {
            throw DecodingError.dataCorruptedError(forKey: .scale, in: line, debugDescription: "no scale")
        }
        self = .entry(
            FaceArchive.Entry(
                file: file, identity: try line.decodeIfPresent(String.self, forKey: .identity),
                source: try line.decodeIfPresent(String.self, forKey: .source),
                subset: try line.decodeIfPresent(String.self, forKey: .subset),
                face: Face(
                    box: Box(x: box[0], y: box[1], width: box[2], height: box[3]),
                    confidence: try line.decode(Float.self, forKey: .confidence),
                    landmarks: Landmarks(points: (0..<5).map { Point(x: points[$0 * 2], y: points[$0 * 2 + 1]) })),
                scale: scale, place: .init(part: place[0], offset: place[1], length: place[2])))
    }

    private static func numbers(_ line: KeyedDecodingContainer<Key>, _ key: Key, count: Int) throws -> [Float] {
        let numbers = try line.decode([Float].self, forKey: key)
        // No picture is so large that a face in it could lie farther out.
        guard numbers.count == count, numbers.allSatisfy({ $0.magnitude < 1e7 }) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: line, debugDescription: "\(count) numbers")
        }
        return numbers
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(file, forKey: .file)
        switch self {
        case .skipped(let skipped):
            try line.encode(skipped.reason, forKey: .reason)
        case .entry(let entry):
            let box = entry.face.box
            try line.encodeIfPresent(entry.identity, forKey: .identity)
            try line.encodeIfPresent(entry.source, forKey: .source)
            try line.encodeIfPresent(entry.subset, forKey: .subset)
            try line.encode([box.x, box.y, box.width, box.height], forKey: .box)
            try line.encode(entry.face.confidence, forKey: .confidence)
            try line.encode(entry.face.landmarks.points.flatMap { [$0.x, $0.y] }, forKey: .landmarks)
            try line.encode(entry.scale, forKey: .scale)
            try line.encode([entry.place.part, entry.place.offset, entry.place.length], forKey: .place)
        }
    }
}
