extension ModelCard {
    /// The confidences that a detector's faces need, measured for its weights.
    public struct Confidences: Codable, Sendable, Hashable {
        /// The least confidence of a face in a whole picture, 0...1.
        public var whole: Float
        /// The least confidence of a small face in an enlarged part of a picture, 0...1.
        public var part: Float
        /// The least confidence of a face that need not be looked for in the turned picture, 0...1; absent if the
        /// detector's confidence does not show whether a face is turned.
        public var upright: Float?

        /// Creates confidences from their parts.
        public init(whole: Float, part: Float, upright: Float? = nil) {
            (self.whole, self.part, self.upright) = (whole, part, upright)
        }

        /// The first invalid value, in one clause; `nil` if there is none.
        var fault: String? {
            for (name, value) in [("whole", whole), ("part", part), ("upright", upright ?? 0)]
            where !(0...1).contains(value) {
                return "the confidence '\(name)' is \(value), but confidences are from 0 to 1"
            }
            return nil
        }
    }
}
