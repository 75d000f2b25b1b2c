/// Renders surfaces as seen by a face's camera, with a depth buffer and antialiased edges.
struct Rasterizer {
    /// The direction of the light, in the picture's axes: from the right, from below, from the camera.
    var light: SIMD3<Float>
    /// The share of ambient light.
    var ambient: Float = 0.55
    /// The margin around the drawn pixels, for shadows and blur, in pixels.
    var margin = 2

    /// Draws surfaces into a layer.
    ///
    /// - Parameters:
    ///   - surfaces: The surfaces.
    ///   - materials: The materials of the surfaces, by their indices.
    ///   - frame: The camera.
    ///   - width: The width of the picture that the layer is for, in pixels.
    ///   - height: The height of the picture, in pixels.
    /// - Returns: The layer, which lies within the picture; `nil` if nothing is visible.
    func draw(_ surfaces: [Surface], materials: [Material], frame: FaceFrame, width: Int, height: Int) -> Layer? {
        let seen = surfaces.map { surface in surface.points.map { frame($0) } }
        var low = SIMD2<Float>(repeating: .infinity), high = SIMD2<Float>(repeating: -.infinity)
        for point in seen.joined() {
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
        let limit = SIMD2<Float>(Float(width), Float(height))
        low = pointwiseMax(low - Float(margin), .zero)
        high = pointwiseMin(high + Float(margin), limit - 1)
        guard low.x < high.x, low.y < high.y else { return nil }
        let left = Int(low.x), top = Int(low.y)
        let columns = Int(high.x) - left + 1, rows = Int(high.y) - top + 1
        var samples = Samples(left: left, top: top, columns: columns, rows: rows, fineness: frame.scale < 1.6 ? 3 : 2)
        for (surface, points) in zip(surfaces, seen) {
            samples.add(surface, seen: points, light: lights(on: surface, frame: frame), frame: frame)
        }
        return samples.layer(materials)
    }

    /// Returns the light on each point of a surface; 1 if it faces the light.
    private func lights(on surface: Surface, frame: FaceFrame) -> [Float] {
        let x = frame.across / FaceFrame.length(frame.across), y = frame.down / FaceFrame.length(frame.down)
        let toLight = light / FaceFrame.length(light)
        return surface.normals.map { normal in
            let turned = SIMD3(
                FaceFrame.dot(x, normal), FaceFrame.dot(y, normal), FaceFrame.dot(frame.view, normal))
            var facing = FaceFrame.dot(turned, toLight)
            if surface.isTwoSided { facing = abs(facing) }
            return ambient + (1 - ambient) * max(facing, 0)
        }
    }
}

/// The nearest surface at each of several sample places in every pixel.
private struct Samples {
    private struct Vertex {
        var place: SIMD2<Float>
        /// The depth, u, v and light.
        var values: SIMD4<Float>
    }

    let left: Int
    let top: Int
    let columns: Int
    let rows: Int
    let fineness: Int
    /// The depth, u, v and light of the nearest surface.
    private var values: [SIMD4<Float>]
    private var materials: [UInt8]

    private static let nothing: UInt8 = 255

    init(left: Int, top: Int, columns: Int, rows: Int, fineness: Int) {
        self.left = left
        self.top = top
        self.columns = columns
        self.rows = rows
        self.fineness = fineness
        let count = columns * rows * fineness * fineness
        values = [SIMD4<Float>](repeating: SIMD4(-.infinity, 0, 0, 0), count: count)
        materials = [UInt8](repeating: Self.nothing, count: count)
    }

    mutating func add(_ surface: Surface, seen: [SIMD2<Float>], light: [Float], frame: FaceFrame) {
        let fine = Float(fineness)
        let corner = SIMD2(Float(left), Float(top))
        let vertices = surface.points.indices.map { index in
            let u = Float(index % surface.columns) / Float(surface.columns - 1) * 2 - 1
            let v = Float(index / surface.columns) / Float(surface.rows - 1)
            return Vertex(
                place: (seen[index] - corner + 0.5) * fine - 0.5,
                values: [frame.depth(surface.points[index]), u, v, light[index]])
        }
        for row in 0..<surface.rows - 1 {
            for column in 0..<surface.columns - 1 {
                let a = row * surface.columns + column
                let (b, c, d) = (a + 1, a + surface.columns, a + surface.columns + 1)
                fill(vertices[a], vertices[b], vertices[c], surface)
                fill(vertices[b], vertices[d], vertices[c], surface)
            }
        }
    }

    /// Fills one triangle.
    ///
    /// Its corners run clockwise as seen if it faces the camera.
    private mutating func fill(_ a: Vertex, _ b: Vertex, _ c: Vertex, _ surface: Surface) {
        let ab = b.place - a.place, ac = c.place - a.place
        let area = ab.x * ac.y - ab.y * ac.x
        guard area > 1e-6 || (surface.isTwoSided && area < -1e-6) else { return }
        let low = SIMD2(min(a.place.x, b.place.x, c.place.x), min(a.place.y, b.place.y, c.place.y))
        let high = SIMD2(max(a.place.x, b.place.x, c.place.x), max(a.place.y, b.place.y, c.place.y))
        let width = columns * fineness, height = rows * fineness
        let firstX = max(Int(max(low.x, 0).rounded(.up)), 0), lastX = min(Int(max(high.x, -1)), width - 1)
        let firstY = max(Int(max(low.y, 0).rounded(.up)), 0), lastY = min(Int(max(high.y, -1)), height - 1)
        guard firstX <= lastX, firstY <= lastY else { return }
        let stepB = SIMD2(ac.y, -ac.x) / area, stepC = SIMD2(-ab.y, ab.x) / area
        let alongX = (b.values - a.values) * stepB.x + (c.values - a.values) * stepC.x
        let material = UInt8(surface.material)
        values.withUnsafeMutableBufferPointer { values in
            materials.withUnsafeMutableBufferPointer { materials in
                for y in firstY...lastY {
                    let from = SIMD2(Float(firstX), Float(y)) - a.place
                    var shareB = (from * stepB).sum(), shareC = (from * stepC).sum()
                    var value = a.values + (b.values - a.values) * shareB + (c.values - a.values) * shareC
                    for x in firstX...lastX {
                        // A sample on a common edge may belong to both triangles. The depth decides, and it is equal.
                        if shareB >= -1e-5, shareC >= -1e-5, shareB + shareC <= 1.00001 {
                            let index = y * width + x
                            if value.x > values[index].x {
                                values[index] = value
                                materials[index] = material
                            }
                        }
                        shareB += stepB.x
                        shareC += stepC.x
                        value += alongX
                    }
                }
            }
        }
    }

    /// Returns the mean color of every pixel's samples.
    func layer(_ materials: [Material]) -> Layer {
        var pixels = [SIMD4<Float>](repeating: .zero, count: columns * rows)
        values.withUnsafeBufferPointer { values in
            self.materials.withUnsafeBufferPointer { kinds in
                for y in 0..<rows {
                    for x in 0..<columns {
                        let first = y * fineness * columns * fineness + x * fineness
                        pixels[y * columns + x] = color(first, values, kinds, materials)
                    }
                }
            }
        }
        return Layer(left: left, top: top, width: columns, height: rows, pixels: pixels)
    }

    /// Returns the mean color of a pixel's samples, the first of which is at `first`.
    ///
    /// If all samples belong to one surface, the color in their middle is used for all.
    private func color(
        _ first: Int, _ values: UnsafeBufferPointer<SIMD4<Float>>, _ kinds: UnsafeBufferPointer<UInt8>,
        _ materials: [Material]
    ) -> SIMD4<Float> {
        let width = columns * fineness, share = 1 / Float(fineness * fineness)
        let kind = kinds[first], start = values[first]
        var sum = SIMD4<Float>.zero
        var isUniform = true
        for row in 0..<fineness {
            for index in first + row * width..<first + row * width + fineness {
                guard kinds[index] == kind else {
                    isUniform = false
                    break
                }
                let step = values[index] - start
                if abs(step.y) > 0.1 || abs(step.z) > 0.1 { isUniform = false }
                sum += values[index]
            }
        }
        if isUniform {
            guard kind != Self.nothing else { return .zero }
            sum *= share
            return materials[Int(kind)].color(u: sum.y, v: sum.z, light: sum.w)
        }
        sum = .zero
        for row in 0..<fineness {
            for index in first + row * width..<first + row * width + fineness where kinds[index] != Self.nothing {
                let value = values[index]
                sum += materials[Int(kinds[index])].color(u: value.y, v: value.z, light: value.w)
            }
        }
        return sum * share
    }
}
