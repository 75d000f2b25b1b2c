/// What two models differ by on the same pairs, and which two they are: the contrast's own fields beside their names.
struct NamedContrast<Contrast: Encodable>: Encodable {
    private enum CodingKeys: CodingKey { case first, second }

    var first: String
    var second: String
    var contrast: Contrast

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(first, forKey: .first)
        try container.encode(second, forKey: .second)
        try contrast.encode(to: encoder)
    }
}
