/// A comparison of two models on the same pairs, with their names.
struct NamedContrast<Contrast> {
    var first: String
    var second: String
    var contrast: Contrast
}
