extension Image {
    /// Returns the picture at another size.
    ///
    /// - Parameters:
    ///   - width: The number of columns of the result, at least 1.
    ///   - height: The number of rows of the result, at least 1.
    ///   - method: The resampling method; ``ResizeMethod/area`` is right for shrinking.
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

/// Mixes rows first, into one row of floats, because their bytes are contiguous in memory; then columns.
private struct Resampler {
    let source: UnsafeBufferPointer<UInt8>
    let stride: Int
    let columns: ResamplingAxis
    let rows: ResamplingAxis

    func fill(_ target: UnsafeMutableBufferPointer<UInt8>) {
        // One extra float, so that the last pixel's three can be read as four.
        withUnsafeTemporaryAllocation(of: Float.self, capacity: stride + 1) { mixed in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: stride) { plain in
                mixed.initialize(repeating: 0)
                let bytes = columns.runs.count * 3
                for y in rows.runs.indices {
                    mixRows(rows.runs[y], into: mixed, plain: plain)
                    mixColumns(mixed, into: UnsafeMutableBufferPointer(rebasing: target[y * bytes..<(y + 1) * bytes]))
                }
            }
        }
    }

    /// Computes the weighted sum of a run's rows, in floats.
    ///
    /// Rows of equal weight are first summed as integers, which is several times faster.
    private func mixRows(
        _ run: ResamplingAxis.Run, into mixed: UnsafeMutableBufferPointer<Float>,
        plain: UnsafeMutableBufferPointer<UInt16>
    ) {
        guard let pixels = source.baseAddress, let sum = mixed.baseAddress, let plain = plain.baseAddress else {
            return
        }
        let first = pixels + run.start * stride
        let weight = rows.weights[run.weights.lowerBound]
        for index in 0..<stride { sum[index] = weight * Float(first[index]) }
        // The number of bytes that can be summed in 16 bits without overflow.
        let most = 256
        var tap = run.weights.lowerBound + 1
        while tap < run.weights.upperBound {
            let row = first + (tap - run.weights.lowerBound) * stride
            let weight = rows.weights[tap]
            let alike = min(max(run.weights.upperBound - 1 - tap, 1), most)
            if alike < 3 {
                for index in 0..<stride { sum[index] += weight * Float(row[index]) }
                tap += 1
            } else {
                addRows(row, count: alike, into: plain)
                for index in 0..<stride { sum[index] += weight * Float(plain[index]) }
                tap += alike
            }
        }
    }

    private func addRows(_ first: UnsafePointer<UInt8>, count: Int, into plain: UnsafeMutablePointer<UInt16>) {
        for index in 0..<stride { plain[index] = UInt16(first[index]) &+ UInt16(first[stride + index]) }
        for row in 2..<count {
            let bytes = first + row * stride
            for index in 0..<stride { plain[index] &+= UInt16(bytes[index]) }
        }
    }

    private func mixColumns(_ mixed: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutableBufferPointer<UInt8>)
    {
        columns.withRuns { runs, weights in
            let bytes = UnsafeRawBufferPointer(mixed)
            let pixel = 3 * MemoryLayout<Float>.stride
            // After adding this, the low bits of a float hold the number 0...255, rounded.
            let rounding = SIMD4<Float>(repeating: 0x1p23)
            var to = 0
            for run in runs {
                var place = run.start * pixel
                var sum = SIMD4<Float>.zero
                for tap in run.weights {
                    sum += weights[tap] * bytes.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
                    place &+= pixel
                }
                let rounded = unsafeBitCast(sum + rounding, to: SIMD4<UInt32>.self)
                target[to] = UInt8(truncatingIfNeeded: rounded.x)
                target[to + 1] = UInt8(truncatingIfNeeded: rounded.y)
                target[to + 2] = UInt8(truncatingIfNeeded: rounded.z)
                to += 3
            }
        }
    }
}
