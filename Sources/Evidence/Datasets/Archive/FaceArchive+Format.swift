public import Faces
import Foundation
import Pixels

// The format, version 1: a folder with an index of JSON lines, and parts with the crops in sequence.
//
//     index.jsonl     {"format":"likeness-faces","version":1,"detector":…,"crop":…,"parts":[…],"entries":n,"skipped":m}
//                     one line for each face, then one for each picture that was left out
//     part-0001.bin   the encoded crops, without separators
//
// An unfinished archive has `index.partial` (the same lines, without parts and counts in the first) and the parts.

extension FaceArchive {
    /// The header of an archive's index.
    public struct Header: Hashable, Codable, Sendable {
        /// A file of crops.
        public struct Part: Hashable, Codable, Sendable {
            /// The file's name in the archive.
            public let file: String
            /// The file's size, in bytes.
            public let bytes: Int
            /// The file's SHA-256, in hexadecimal.
            public let sha256: String
        }

        /// The name of the format, which is always `likeness-faces`.
        public let format: String
        /// The version of the format.
        public let version: Int
        /// The detector of the faces.
        ///
        /// Boxes of different detectors are not comparable.
        public let detector: String
        /// The settings with which the crops were cut.
        public let crop: LooseCrop.Settings
        /// The files of crops, in order.
        public let parts: [Part]
        /// The number of faces.
        public let entries: Int
        /// The number of pictures that were left out.
        public let skipped: Int

        static let currentFormat = "likeness-faces"
        static let currentVersion = 1

        /// Returns the header with the parts and faces of another archive appended.
        func joined(with other: Header) -> Header {
            Header(
                format: format, version: version, detector: detector, crop: crop, parts: parts + other.parts,
                entries: entries + other.entries, skipped: skipped + other.skipped)
        }
    }

    /// A face in the archive.
    public struct Entry: Hashable, Sendable {
        /// The picture's path in the list that was packed.
        public let file: String
        /// The person's name; `nil` if unknown.
        public let identity: String?
        /// The source of the picture, if the list has one.
        public let source: String?
        /// The subset of the data for which the face was packed, such as `training`.
        public let subset: String?
        /// The face in the crop's pixels.
        public let face: Face
        /// The number of pixels of the crop per pixel of the picture.
        ///
        /// Sizes in the crop divided by it are sizes in the picture.
        public let scale: Float
        /// The part with the crop, the offset of its first byte, and its length.
        var place: Place

        struct Place: Hashable, Sendable {
            var part: Int
            var offset: Int
            var length: Int
        }

        /// The face's size in its original picture: the square root of its box's area, in pixels.
        public var sizeInPicture: Float { face.box.area.squareRoot() / scale }
    }

    /// A picture that is in the list but not in the archive.
    public struct Skipped: Hashable, Codable, Sendable {
        /// The picture's path in the list.
        public let file: String
        /// The reason why the picture was left out.
        public let reason: String

        /// Creates a record of a left-out picture.
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

    /// The upper limit of part numbers, offsets and lengths. It prevents overflow of their sums.
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
        // No picture is so large that a face could have larger coordinates.
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
