/// The appearance of a mask, in five numbers.
///
/// A generator that adds masks takes it as input, because a face does not determine which mask it should wear.
public struct MaskLook: Hashable, Sendable {
    /// The mean red, green and blue, −1 to 1.
    public let color: [Float]
    /// The standard deviation of the colors, from 0.
    public let deviation: Float
    /// The share of the crop that the mask covers, 0 to 1.
    public let share: Float

    /// The number of values.
    public static let size = 5

    /// The color, deviation and share.
    public var numbers: [Float] { color + [deviation, share] }

    /// Creates the look of the mask by which two pictures differ; zeros if they do not differ.
    ///
    /// - Parameters:
    ///   - bare: A crop of a face without a mask: bytes of red, green and blue, one pixel after the other.
    ///   - masked: The same crop with the mask.
    public init(bare: [UInt8], masked: [UInt8]) {
        precondition(bare.count == masked.count, "the mask is drawn on the same crop")
        var sums: [Float] = [0, 0, 0], squares: Float = 0, count: Float = 0
        for start in stride(from: 0, to: bare.count, by: 3) {
            let change = (0..<3).reduce(0) { $0 + abs(Int(bare[start + $1]) - Int(masked[start + $1])) }
            guard change > Self.leastChange else { continue }
            count += 1
            for channel in 0..<3 {
                let value = Float(masked[start + channel]) / 127.5 - 1
                sums[channel] += value
                squares += value * value
            }
        }
        let means = sums.map { count > 0 ? $0 / count : 0 }
        let variance = count > 0 ? (squares / count - means.reduce(0) { $0 + $1 * $1 }) / 3 : 0
        (color, deviation) = (means, max(variance, 0).squareRoot())
        share = count / Float(bare.count / 3)
    }

    /// The least total change of the three colors, of 765, at which a pixel belongs to the mask.
    private static let leastChange = 24
}
