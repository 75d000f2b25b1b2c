import CVectorSearch

/// Some thousand rows of values in the layout of the kernels: blocks of 16 rows, dimension by dimension.
final class VectorSegment {
    /// The number of rows in a block.
    static let blockRows = Int(CVS_BLOCK)
    /// The number of blocks in a segment.
    static let blocks = 4096
    /// The number of rows in a segment.
    static let rows = blocks * blockRows

    /// The number of values per row, including padding.
    let stride: Int
    let floats: UnsafeMutablePointer<Float>
    let bytes: UnsafeMutablePointer<UInt8>
    /// The greatest quantization error of any row that each block has ever contained.
    let losses: UnsafeMutablePointer<Float>

    /// Allocates an empty segment.
    ///
    /// - Throws: ``GalleryError/outOfMemory(_:)`` if the system does not grant the memory.
    init(stride: Int) throws {
        let numbers = Self.rows * stride
        guard let floats: UnsafeMutablePointer<Float> = Self.allocate(numbers) else { throw Self.outOfMemory(numbers) }
        guard let bytes: UnsafeMutablePointer<UInt8> = Self.allocate(numbers) else {
            Self.free(floats, numbers)
            throw Self.outOfMemory(numbers)
        }
        guard let losses: UnsafeMutablePointer<Float> = Self.allocate(Self.blocks) else {
            Self.free(floats, numbers)
            Self.free(bytes, numbers)
            throw Self.outOfMemory(numbers)
        }
        (self.stride, self.floats, self.bytes, self.losses) = (stride, floats, bytes, losses)
    }

    deinit {
        Self.free(floats, Self.rows * stride)
        Self.free(bytes, Self.rows * stride)
        Self.free(losses, Self.blocks)
    }

    private static func allocate<Number>(_ count: Int) -> UnsafeMutablePointer<Number>? {
        cvs_allocate(count * MemoryLayout<Number>.stride)?.bindMemory(to: Number.self, capacity: count)
    }

    private static func free<Number>(_ memory: UnsafeMutablePointer<Number>, _ count: Int) {
        cvs_free(memory, count * MemoryLayout<Number>.stride)
    }

    private static func outOfMemory(_ numbers: Int) -> GalleryError {
        .outOfMemory("\(numbers) numbers of the search index")
    }

    /// Returns the floats of the block of `row`.
    func block(of row: Int) -> UnsafeMutablePointer<Float> { floats + row / Self.blockRows * Self.blockRows * stride }

    func write(_ values: UnsafeBufferPointer<Float>, at row: Int, _ quantization: Quantization) {
        let block = row / Self.blockRows, start = block * Self.blockRows * stride
        let squaredLoss = cvs_write_row(
            floats + start, bytes + start, row % Self.blockRows, values.baseAddress, values.count, quantization.scale)
        losses[block] = max(losses[block], squaredLoss.squareRoot())
    }

    func read(_ row: Int, into values: UnsafeMutableBufferPointer<Float>) {
        let lane = row % Self.blockRows, block = block(of: row)
        for dimension in values.indices { values[dimension] = block[dimension * Self.blockRows + lane] }
    }

    /// Erases a row from memory.
    func erase(_ row: Int, _ quantization: Quantization) {
        let zeros = [Float](repeating: 0, count: stride)
        zeros.withUnsafeBufferPointer { write($0, at: row, quantization) }
    }
}
