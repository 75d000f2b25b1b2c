public import Pixels

/// What several detectors find in the same pictures, each judged by the others: for pictures whose faces nobody has
/// marked.
///
/// A box that no other detector confirms may be a face all the same, and what all miss is missed here too: the figures
/// compare detectors, and are no recall and no precision.
public struct DetectorComparison: Codable, Sendable, Hashable {
    /// One detector's figures.
    public struct Figures: Codable, Sendable, Hashable {
        /// The detector's name.
        public let detector: String
        /// Pictures in which it finds no face.
        public internal(set) var picturesWithoutFace = 0
        /// Faces that it finds.
        public internal(set) var boxes = 0
        /// Of these, those that no other detector confirms.
        public internal(set) var unconfirmed = 0
        /// Faces on which all other detectors agree, and that it does not find.
        public internal(set) var missed = 0
    }

    /// Two boxes are of one face where their intersection over union is at least this.
    public let overlap: Float
    /// Pictures that were compared.
    public private(set) var pictures = 0
    /// The detectors' figures, in their order.
    public private(set) var figures: [Figures]

    /// No pictures yet.
    ///
    /// - Parameters:
    ///   - detectors: The detectors' names, at least two.
    ///   - overlap: The intersection over union from which two boxes are of one face, 0...1.
    public init(detectors: [String], overlap: Float = 0.3) {
        precondition(detectors.count > 1, "detectors are judged by others")
        self.overlap = overlap
        figures = detectors.map { Figures(detector: $0) }
    }

    /// Counts one picture.
    ///
    /// - Parameter boxes: What each detector finds in it, in the detectors' order.
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

    /// The faces that every detector finds: for each box of the first, all boxes that are of the same face.
    private static func agreed(by detectors: [[Box]], _ isFound: (Box, [Box]) -> Bool) -> [[Box]] {
        (detectors.first ?? []).compactMap { box in
            let matches = detectors.dropFirst().map { boxes in boxes.filter { isFound(box, [$0]) } }
            return matches.contains(where: \.isEmpty) ? nil : [box] + matches.joined()
        }
    }
}
