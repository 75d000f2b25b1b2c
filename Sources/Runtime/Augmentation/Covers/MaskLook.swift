/// How a mask looks, in five numbers: what a generator is told that puts masks on, because a face does not say which mask
/// it is to wear.
public struct MaskLook: Hashable, Sendable {
    /// The mean red, green and blue, −1 to 1.
    public let color: [Float]
    /// The colors' deviation, from 0.
    public let deviation: Float
    /// How much of the crop it takes, 0 to 1.
    public let share: Float

    /// How many numbers there are.
    public static let size = 5

    /// Color, deviation, share.
    public var numbers: [Float] { color + [deviation, share] }

    /// Creates the look of the mask by which two pictures differ; zeros where they do not.
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

    /// By how much the three colors together must differ, of 765, for a pixel to be the mask's.
    private static let leastChange = 24
}
