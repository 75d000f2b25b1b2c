import Pixels

/// The light and sharpness of a face's picture, with which drawn covers look as if they had been photographed.
struct FaceLight {
    /// The brightness of a white object at the face, 0...1.
    let exposure: Float
    /// The direction of the light, in the picture's axes: from the right, from below, from the camera.
    let direction: SIMD3<Float>
    /// The remaining saturation of colors: 0 in a black and white picture.
    let saturation: Float
    /// The standard deviation of the noise, 0...1.
    let noise: Float
    /// The blur of the picture compared with a sharp one: the standard deviation of a Gaussian, in pixels.
    let blur: Float

    init(of image: Image, frame: FaceFrame) {
        let skin = SkinSamples(of: image, frame: frame)
        let window = Window(of: image, frame: frame)
        // Skin reflects about half as much as white, or much less. The brightest objects around the face are a bound.
        exposure = min(max(0.55 * skin.mean / 0.5 + 0.45 * window.bright, 0.08), 1.1)
        let slope = skin.slope
        direction = [min(max(slope.x, -1), 1), min(max(slope.y, -1), 1) - 0.25, 1]
        saturation = min(max(skin.chroma - 0.03, 0) / 0.07, 1)
        noise = min(window.noise, 0.12)
        blur = window.blur
    }
}

/// The luminance of cheeks, nose and the skin around the mouth.
private struct SkinSamples {
    /// The mean luminance, 0...1.
    let mean: Float
    /// The relative change of luminance over half a face to the right, and downwards.
    let slope: SIMD2<Float>
    /// The mean difference between the largest and the smallest color component, divided by the largest.
    let chroma: Float

    init(of image: Image, frame: FaceFrame) {
        var samples: [(x: Float, y: Float, luma: Float)] = []
        var chroma: Float = 0
        for y in stride(from: Float(12), through: 84, by: 6) {
            for x in stride(from: Float(-48), through: 48, by: 8) {
                let seen = frame([x, y, 14 - x * x / 90])
                guard let color = image.color(at: seen) else { continue }
                samples.append((x / 50, (y - 48) / 50, (color * [0.299, 0.587, 0.114]).sum()))
                chroma += (color.max() - color.min()) / max(color.max(), 0.02)
            }
        }
        guard samples.count >= 12 else {
            (mean, slope, self.chroma) = (0.5, .zero, 0.2)
            return
        }
        self.chroma = chroma / Float(samples.count)
        // Lips, nostrils and beards are dark, highlights bright. A fit without them shows the direction of the light.
        let sorted = samples.map(\.luma).sorted()
        let low = sorted[samples.count / 5], high = sorted[samples.count * 19 / 20]
        let kept = samples.filter { $0.luma >= low && $0.luma <= high }
        let count = Float(kept.count)
        let middle = kept.reduce(SIMD3<Float>.zero) { $0 + [$1.x, $1.y, $1.luma] } / count
        var xx: Float = 1e-6, yy: Float = 1e-6, xl: Float = 0, yl: Float = 0
        for sample in kept {
            let x = sample.x - middle.x, y = sample.y - middle.y, luma = sample.luma - middle.z
            xx += x * x
            yy += y * y
            xl += x * luma
            yl += y * luma
        }
        mean = middle.z
        let base = max(middle.z, 0.05)
        // The slope is rotated from the face's axes, which a roll turns, to the picture's axes.
        let right = frame.across / FaceFrame.length(frame.across), down = frame.down / FaceFrame.length(frame.down)
        let fitted = SIMD2(xl / xx / base, 0.5 * yl / yy / base) * 1.6
        slope = [fitted.x * right.x + fitted.y * right.y, fitted.x * down.x + fitted.y * down.y]
    }
}

/// The picture around a face.
private struct Window {
    /// The luminance that one pixel in twenty exceeds, 0...1.
    let bright: Float
    let noise: Float
    let blur: Float

    init(of image: Image, frame: FaceFrame) {
        let center = frame([0, 45, 0]), reach = 95 * frame.scale
        let left = min(max(Int(center.x - reach), 0), image.width - 1)
        let right = max(min(Int(center.x + reach), image.width - 1), left)
        let top = min(max(Int(center.y - reach), 0), image.height - 1)
        let bottom = max(min(Int(center.y + reach), image.height - 1), top)
        // A sample of the pixels suffices for statistics.
        let step = max(1, (right - left) / 90)
        var levels = [Int](repeating: 0, count: 256), responses = [Int](repeating: 0, count: 1025)
        var near = 1, far = 1, count = 0, smooth = 0
        for y in stride(from: top, to: bottom - 1, by: step) {
            for x in stride(from: left, to: right - 1, by: step) {
                let a = image.luma(x, y), b = image.luma(x + 1, y), c = image.luma(x + 2 < image.width ? x + 2 : x, y)
                levels[a] += 1
                count += 1
                near += (b - a) * (b - a)
                far += (c - a) * (c - a)
                guard y > 0, x > 0 else { continue }
                let diagonal =
                    image.luma(x - 1, y - 1) + image.luma(x + 1, y - 1)
                    + image.luma(x - 1, y + 1) + image.luma(x + 1, y + 1)
                let straight = image.luma(x, y - 1) + image.luma(x, y + 1) + image.luma(x - 1, y) + b
                responses[min(abs(diagonal - 2 * straight + 4 * a), 1024)] += 1
                smooth += 1
            }
        }
        bright = Float(Self.quantile(levels, 0.95, of: count)) / 255
        // Immerkær, *Fast noise variance estimation*, 1996: the median response of its operator is not affected by
        // edges.
        noise = max(Float(Self.quantile(responses, 0.5, of: smooth)) / 0.6745 / 6 - 0.4, 0) / 255
        // Squared differences over one and two pixels: the ratio is 1 to 2 at a sharp edge, 1 to 4 at a soft one.
        blur = Self.blur(ratio: Float(near) / Float(far))
    }

    private static func quantile(_ histogram: [Int], _ share: Float, of count: Int) -> Int {
        var left = Int(Float(count) * share)
        for (value, number) in histogram.enumerated() {
            left -= number
            if left < 0 { return value }
        }
        return 0
    }

    /// Returns the Gaussian's deviation for a ratio of squared differences, minus the half pixel of every camera.
    private static func blur(ratio: Float) -> Float {
        let steps: [(ratio: Float, sigma: Float)] = [(0.25, 2.2), (0.27, 1.5), (0.30, 1.0), (0.36, 0.5), (0.42, 0)]
        guard ratio > steps[0].ratio else { return steps[0].sigma }
        for (low, high) in zip(steps, steps.dropFirst()) where ratio < high.ratio {
            return low.sigma + (high.sigma - low.sigma) * (ratio - low.ratio) / (high.ratio - low.ratio)
        }
        return 0
    }
}

extension Image {
    /// Returns the RGB color around a place, 0...1; `nil` outside the picture.
    fileprivate func color(at place: SIMD2<Float>) -> SIMD3<Float>? {
        guard place.x >= 0, place.y >= 0, place.x <= Float(width - 1), place.y <= Float(height - 1) else { return nil }
        let at = (Int(place.y.rounded()) * width + Int(place.x.rounded())) * 3
        return SIMD3(Float(pixels[at]), Float(pixels[at + 1]), Float(pixels[at + 2])) / 255
    }

    /// Returns the BT.601 luma, 0...255.
    @inline(__always)
    fileprivate func luma(_ x: Int, _ y: Int) -> Int {
        let at = (y * width + x) * 3
        return (Int(pixels[at]) * 77 + Int(pixels[at + 1]) * 150 + Int(pixels[at + 2]) * 29) >> 8
    }
}
