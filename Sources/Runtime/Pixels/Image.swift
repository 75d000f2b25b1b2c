/// A picture: 8-bit RGB, rows from the top, 3 bytes a pixel, no padding.
///
/// Colors are taken as sRGB; embedded ICC profiles are ignored.
///
/// ```swift
/// var image = try Image(contentsOf: photo)   // upright: Exif's orientation is applied
/// try image.cropped(to: box).resized(width: 112, height: 112).write(to: URL(filePath: "face.png"))
/// image.draw(box, color: .green)
/// image.drawLabel("Ada Lovelace", for: box, color: .green)
/// try image.write(to: URL(filePath: "annotated.jpg"))
/// ```
public struct Image: Hashable, Sendable {
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int
    /// `width * height * 3` bytes: red, green, blue of each pixel, row by row from the top.
    public var pixels: [UInt8]

    /// Creates a picture from its bytes.
    ///
    /// - Parameters:
    ///   - width: The number of columns, at least 1.
    ///   - height: The number of rows, at least 1.
    ///   - pixels: Exactly `width * height * 3` bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        precondition(pixels.count == width * height * 3, "an RGB image has 3 bytes a pixel")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Creates a picture of one color.
    public init(width: Int, height: Int, color: Color = .black) {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        self.init(width: width, height: height) { target in
            for start in stride(from: 0, to: target.count, by: 3) {
                target[start] = color.red
                target[start + 1] = color.green
                target[start + 2] = color.blue
            }
        }
    }

    /// Creates a picture whose bytes are all written by `fill`, so that they need not be cleared first.
    init<Failure: Error>(
        width: Int, height: Int, filledBy fill: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let count = width * height * 3
        var failure: Failure?
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(Failure) {
                try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        self.init(width: width, height: height, pixels: pixels)
    }
}

/// An 8-bit RGB color.
public struct Color: Hashable, Sendable {
    /// The red component, 0...255.
    public var red: UInt8
    /// The green component, 0...255.
    public var green: UInt8
    /// The blue component, 0...255.
    public var blue: UInt8

    /// Creates a color from its three components, 0...255 each.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Black: all components are 0.
    public static let black = Color(red: 0, green: 0, blue: 0)
    /// White: all components are 255.
    public static let white = Color(red: 255, green: 255, blue: 255)
    /// A green that stands out from skin and clothes; it marks identified people.
    public static let green = Color(red: 0, green: 200, blue: 83)
    /// A signal red.
    public static let red = Color(red: 229, green: 57, blue: 53)
    /// A warm yellow.
    public static let yellow = Color(red: 255, green: 193, blue: 7)
    /// A light blue.
    public static let blue = Color(red: 41, green: 121, blue: 255)
}
