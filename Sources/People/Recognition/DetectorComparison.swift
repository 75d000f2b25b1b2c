public import Pixels

/// A comparison of several detectors on the same pictures, in which each detector is judged by the others. It is meant
/// for pictures whose faces nobody has marked.
///
/// A box that no other detector confirms may still be a face, and a face that all detectors miss is not counted. The
/// figures therefore compare detectors; they are neither recall nor precision.
public struct DetectorComparison: Codable, Sendable, Hashable {
    /// One detector's figures.
    public struct Figures: Codable, Sendable, Hashable {
        /// The detector's name.
        public let detector: String
        /// The number of pictures in which it finds no face.
        public internal(set) var picturesWithoutFace = 0
        /// The number of faces it finds.
        public internal(set) var boxes = 0
        /// The number of these that no other detector confirms.
        public internal(set) var unconfirmed = 0
        /// The number of faces that all other detectors find and this one doesn't.
        public internal(set) var missed = 0
    }

    /// The intersection over union from which two boxes count as the same face.
    public let overlap: Float
    /// The number of pictures compared.
    public private(set) var pictures = 0
    /// The figures of each detector, in the order of the names given.
    public private(set) var figures: [Figures]

    /// Creates a comparison with no pictures yet.
    ///
    /// - Parameters:
    ///   - detectors: The detectors' names, at least two.
    ///   - overlap: The intersection over union, from 0 to 1, from which two boxes count as the same face.
    public init(detectors: [String], overlap: Float = 0.3) {
        precondition(detectors.count > 1, "at least two detectors are needed")
        self.overlap = overlap
        figures = detectors.map { Figures(detector: $0) }
    }

    /// Adds the detections in one picture.
    ///
    /// - Parameter boxes: The boxes of each detector, in the order of the detectors.
    public mutating func add(_ boxes: [[Box]]) {
        precondition(boxes.count == figures.count, "one list of boxes for each detector")
        pictures += 1
        for (index, own) in boxes.enumerated() {
            let others = boxes.enumerated().filter { $0.offset != index }.map(\.element)
            figures[index].boxes += own.count
            figures[index].picturesWithoutFace += own.isEmpty ? 1 : 0
            figures[index].unconfirmed += own.count { box in !others.contains { isFound(box, in: $0) } }
            figures[index].missed += Self.agreed(by: others, isFound).count { face in
                !face.contains { isFound($0, in: own) }
            }
        }
    }

    private func isFound(_ box: Box, in boxes: [Box]) -> Bool { boxes.contains { $0.overlap(with: box) >= overlap } }

    /// Returns the faces that every detector finds: for each box of the first detector, all boxes of the same face.
    private static func agreed(by detectors: [[Box]], _ isFound: (Box, [Box]) -> Bool) -> [[Box]] {
        (detectors.first ?? []).compactMap { box in
            let matches = detectors.dropFirst().map { boxes in boxes.filter { isFound(box, [$0]) } }
            return matches.contains(where: \.isEmpty) ? nil : [box] + matches.joined()
        }
    }
}
