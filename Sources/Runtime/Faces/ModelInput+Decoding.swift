extension ModelInput {
    private enum Field: String, CodingKey {
        case name, width, height, layout, channels, normalization, mean, scale, note
    }

    /// The largest mean, and the smallest and largest factor, of a channel. A factor of 0 would make all faces equal.
    private static let means: ClosedRange<Float> = -1e6...1e6, factors: ClosedRange<Float> = 1e-6...1e6

    /// Creates a model's input from its card, and checks that the size is valid and that the mean and scale have one
    /// number for each of three channels.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        func side(_ field: Field) throws -> Int? {
            let side = try fields.decodeIfPresent(Int.self, forKey: field)
            guard side.map(AlignmentTemplate.sizes.contains) ?? true else {
                throw DecodingError.dataCorruptedError(
                    forKey: field, in: fields,
                    debugDescription: "\(field.rawValue) must be between \(AlignmentTemplate.sizes.lowerBound) and "
                        + "\(AlignmentTemplate.sizes.upperBound) pixels")
            }
            return side
        }
        func channels(_ field: Field) throws -> [Float]? {
            let numbers = try fields.decodeIfPresent([Float].self, forKey: field)
            guard numbers.map({ $0.count == 3 && $0.allSatisfy(\.isFinite) }) ?? true else {
                throw DecodingError.dataCorruptedError(
                    forKey: field, in: fields,
                    debugDescription: "\(field.rawValue) must have three numbers, one for each channel")
            }
            return numbers
        }
        let mean = try channels(.mean), scale = try channels(.scale)
        guard (mean ?? []).allSatisfy(Self.means.contains), (scale ?? []).allSatisfy({ Self.factors.contains(abs($0)) })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: scale == nil ? .mean : .scale, in: fields,
                debugDescription: "a mean must be from -1e6 to 1e6, and the absolute value of a scale from 1e-6 to 1e6")
        }
        self.init(
            name: try fields.decode(String.self, forKey: .name), width: try side(.width), height: try side(.height),
            layout: try fields.decode(Layout.self, forKey: .layout),
            channels: try fields.decode(Channels.self, forKey: .channels),
            normalization: try fields.decode(Normalization.self, forKey: .normalization),
            mean: mean, scale: scale,
            note: try fields.decodeIfPresent(String.self, forKey: .note))
    }
}
