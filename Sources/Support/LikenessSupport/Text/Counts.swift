/// Returns a number with its unit in the right form, such as `1 picture` or `2 pictures`.
///
/// - Parameters:
///   - count: The number.
///   - singular: The singular of the unit.
///   - plural: The plural, if it is not the singular with an s.
package func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
