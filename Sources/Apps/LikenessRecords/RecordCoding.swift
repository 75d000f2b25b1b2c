public import Foundation

extension JSONDecoder {
    /// Reads what `likeness` prints: dates in ISO 8601, and the texts `"inf"`, `"-inf"` and `"nan"` for the numbers that
    /// JSON has no form for. Fields that a record does not know are ignored.
    public static var likeness: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}

extension JSONEncoder {
    /// Writes records as `likeness` does: an object on one line, with sorted keys.
    public static var likeness: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}
