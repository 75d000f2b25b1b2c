/// A number with what it counts: `1 picture`, `2 pictures`.
///
/// - Parameters:
///   - count: The number.
///   - singular: What one of them is called.
///   - plural: What several are called, if that is not the same with an s.
package func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
