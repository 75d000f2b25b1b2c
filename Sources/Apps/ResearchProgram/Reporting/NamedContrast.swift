/// What two models differ by on the same pairs, and which two they are.
struct NamedContrast<Contrast> {
    var first: String
    var second: String
    var contrast: Contrast
}
