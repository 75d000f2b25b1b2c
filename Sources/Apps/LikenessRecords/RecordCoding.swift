public import Foundation

extension JSONDecoder {
    /// A decoder for the output of `likeness`: dates are in ISO 8601, and the texts `"inf"`, `"-inf"` and `"nan"`
    /// represent the numbers that JSON can't express. Unknown fields are ignored.
    public static var likeness: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}

extension JSONEncoder {
    /// An encoder that writes records in the format of `likeness`: an object on one line, with sorted keys.
    public static var likeness: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}
