extension Image {
    /// The picture at another size.
    ///
    /// - Parameters:
    ///   - width: Columns of the result, at least 1.
    ///   - height: Rows of the result, at least 1.
    ///   - method: How pixels are mixed; ``ResizeMethod/area`` is right for shrinking.
    public func resized(width: Int, height: Int, method: ResizeMethod = .area) -> Image {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        guard width != self.width || height != self.height else { return self }
        let columns = ResamplingAxis(from: self.width, to: width, method: method)
        let rows = ResamplingAxis(from: self.height, to: height, method: method)
        return Image(width: width, height: height) { target in
            pixels.withUnsafeBufferPointer { source in
                Resampler(source: source, stride: self.width * 3, columns: columns, rows: rows).fill(target)
            }
        }
    }
}

/// Mixes rows first, into one row of floats, for that runs over neighbouring bytes; then columns.
private struct Resampler {
    let source: UnsafeBufferPointer<UInt8>
    let stride: Int
    let columns: ResamplingAxis
    let rows: ResamplingAxis

    /// Adding this leaves a number 0...255, rounded, in the low bits of a float.
    private static let rounding = SIMD4<Float>(repeating: 0x1p23)

    func fill(_ target: UnsafeMutableBufferPointer<UInt8>) {
        // One float more, so that the last pixel's three can be read as four.
        withUnsafeTemporaryAllocation(of: Float.self, capacity: stride + 1) { mixed in
            mixed.initialize(repeating: 0)
            let width = columns.starts.count
            for y in 0..<rows.starts.count {
                mixRows(y, into: mixed)
                mixColumns(
                    mixed, into: UnsafeMutableBufferPointer(rebasing: target[y * width * 3..<(y + 1) * width * 3]))
            }
        }
    }

    private func mixRows(_ y: Int, into mixed: UnsafeMutableBufferPointer<Float>) {
        guard let sum = mixed.baseAddress, let pixels = source.baseAddress else { return }
        let first = rows.offsets[y], count = rows.offsets[y + 1] - first
        var row = pixels + rows.starts[y] * stride
        let weight = rows.weights[first]
        for index in 0..<stride { sum[index] = weight * Float(row[index]) }
        for tap in 1..<max(count, 1) {
            row += stride
            let weight = rows.weights[first + tap]
            for index in 0..<stride { sum[index] += weight * Float(row[index]) }
        }
    }

    private func mixColumns(_ mixed: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutableBufferPointer<UInt8>)
    {
        let bytes = UnsafeRawBufferPointer(mixed)
        columns.weights.withUnsafeBufferPointer { weights in
            for x in 0..<columns.starts.count {
                var sum = SIMD4<Float>.zero
                var place = columns.starts[x] * 3 * MemoryLayout<Float>.stride
                for tap in columns.offsets[x]..<columns.offsets[x + 1] {
                    sum += weights[tap] * bytes.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
                    place += 3 * MemoryLayout<Float>.stride
                }
                let rounded = unsafeBitCast(sum + Self.rounding, to: SIMD4<UInt32>.self)
                target[x * 3] = UInt8(truncatingIfNeeded: rounded.x)
                target[x * 3 + 1] = UInt8(truncatingIfNeeded: rounded.y)
                target[x * 3 + 2] = UInt8(truncatingIfNeeded: rounded.z)
            }
        }
    }
}
