/// The sizes at which P-Net sees a picture, packed on one canvas.
///
/// P-Net sees only 12 × 12 pixels at each place, so one run over all levels gives the same result as one run per level.
/// The engine then compiles one network per picture size instead of ten. Levels begin at even pixels, because P-Net's
/// places are two pixels apart.
struct ImagePyramid: Equatable {
    /// The picture at one size.
    struct Level: Equatable {
        /// The scale: the level's pixels per pixel of the picture.
        let scale: Double
        /// The numbers of columns and rows.
        let width, height: Int
        /// The place of the level on the canvas; both are even.
        var x = 0, y = 0

        /// The number of P-Net's places in a row.
        ///
        /// P-Net has two 3 × 3 convolutions, a pooling that rounds up, and another 3 × 3 convolution.
        var columns: Int { (width - 1) / 2 - 4 }
        var rows: Int { (height - 1) / 2 - 4 }
    }

    /// The levels, largest first.
    let levels: [Level]
    /// The number of columns of the canvas.
    let width: Int
    /// The number of rows of the canvas.
    let height: Int

    /// Creates the levels at which faces of `minimumFaceSize` pixels, enlarged by successive powers of 1 / `factor`,
    /// measure 12 pixels.
    init(width: Int, height: Int, minimumFaceSize: Int, factor: Double) {
        var scale = 12 / Double(minimumFaceSize)
        var least = Double(min(width, height)) * scale
        var levels: [Level] = []
        while least >= 12 {
            levels.append(
                Level(
                    scale: scale, width: Int(Double(width) * scale + 1), height: Int(Double(height) * scale + 1)))
            scale *= factor
            least *= factor
        }
        self.init(packing: levels)
    }

    /// The sides of canvases are multiples of this, which limits both the number of sizes and the black area.
    private static let step = 32

    /// Creates canvases of several widths, and takes the smallest.
    private init(packing levels: [Level]) {
        guard let largest = levels.first else {
            self.init(levels: [], width: 0, height: 0)
            return
        }
        var best: ImagePyramid?
        let least = Self.rounded(largest.width)
        for width in stride(from: least, through: least * 2 + Self.step, by: Self.step) {
            let packed = Self(packing: levels, width: width)
            if best.map({ packed.width * packed.height < $0.width * $0.height }) ?? true { best = packed }
        }
        self = best ?? Self(packing: levels, width: least)
    }

    /// Creates a canvas and places each level, largest first, as high as possible and then as far left as possible.
    private init(packing levels: [Level], width: Int) {
        var skyline = [Int](repeating: 0, count: width / Self.grain)
        var packed = levels
        for index in packed.indices {
            let span = (packed[index].width + Self.grain - 1) / Self.grain
            var place = (x: 0, y: Int.max)
            for x in 0...(skyline.count - span) {
                let y = skyline[x..<x + span].max() ?? 0
                if y < place.y { place = (x, y) }
            }
            packed[index].x = place.x * Self.grain
            packed[index].y = place.y
            let bottom = (place.y + packed[index].height + 1) / 2 * 2
            for x in place.x..<place.x + span { skyline[x] = bottom }
        }
        self.init(levels: packed, width: width, height: Self.rounded(skyline.max() ?? 0))
    }

    /// The levels, each on its own canvas.
    var separated: [ImagePyramid] {
        levels.map { level in
            var level = level
            level.x = 0
            level.y = 0
            return ImagePyramid(levels: [level], width: level.width, height: level.height)
        }
    }

    private init(levels: [Level], width: Int, height: Int) {
        self.levels = levels
        self.width = width
        self.height = height
    }

    /// Levels begin at multiples of this number of columns.
    private static let grain = 8

    private static func rounded(_ side: Int) -> Int { (side + step - 1) / step * step }
}
