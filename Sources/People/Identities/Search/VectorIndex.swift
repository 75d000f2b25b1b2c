import CVectorSearch

/// Exact search among unit vectors that belong to groups: the templates of a gallery, grouped by person.
///
/// Vectors are held in memory both as floats and as bytes, which take a fifth of the memory. A search reads all values
/// of one kind in order, on several threads. It keeps every row that may belong to one of the nearest groups, by a
/// bound on the error of the values. These few rows are then recomputed from the floats in double precision. Both kinds
/// of search therefore return exactly the result of comparing with every vector, including ties; bytes are only faster.
///
/// Not thread-safe: its owner serializes access.
///
/// ```swift
/// let index = VectorIndex(dimension: 128)
/// try index.insert(ada, id: 1, group: 1)     // unit vectors
/// try index.insert(grace, id: 2, group: 2)
/// for match in try index.nearest(to: [probe], groups: 5)[0] { print(match.group, match.similarity) }
/// ```
public final class VectorIndex {
    /// The number of values per vector.
    public let dimension: Int
    /// The instruction set in use.
    public let kernel: VectorKernel
    let quantization: Quantization
    private(set) var segments: [VectorSegment] = []
    private(set) var ids: [Int64] = []
    private(set) var groups: [Int64] = []
    private var rows: [Int64: Int] = [:]

    /// Creates an empty index for vectors of `dimension` values.
    public init(dimension: Int, kernel: VectorKernel = .best) {
        precondition(dimension > 0, "the dimension must be positive")
        precondition(cvs_kernel_is_supported(kernel.code), "this processor must support the kernel")
        self.dimension = dimension
        self.kernel = kernel
        quantization = Quantization(dimension: dimension)
    }

    /// The number of vectors.
    public var count: Int { ids.count }

    /// The number of values per row: the kernels take four at a time.
    var stride: Int { (dimension + 3) / 4 * 4 }

    /// The maximum deviation of a vector's length from 1.
    static let lengthTolerance = 1e-4

    /// Returns whether `values` are finite and of unit length, within the precision of `Float`.
    public static func isUnit(_ values: UnsafeBufferPointer<Float>) -> Bool {
        let length = cvs_squared_length(values.baseAddress, values.count).squareRoot()
        return (length - 1).magnitude <= lengthTolerance
    }

    /// Reserves memory for `count` vectors in total.
    public func reserve(_ count: Int) {
        ids.reserveCapacity(count)
        groups.reserveCapacity(count)
        rows.reserveCapacity(count)
    }

    /// Adds a vector, or replaces the one with the same `id`.
    ///
    /// - Throws: ``GalleryError/invalidVector(_:)`` unless it has ``dimension`` finite values and unit length.
    public func insert(_ values: UnsafeBufferPointer<Float>, id: Int64, group: Int64) throws {
        guard values.count == dimension else {
            throw GalleryError.invalidVector("\(values.count) numbers instead of \(dimension)")
        }
        guard Self.isUnit(values) else { throw GalleryError.invalidVector("its length is not 1") }
        let row: Int
        if let known = rows[id] {
            row = known
            groups[row] = group
        } else {
            row = ids.count
            if row == segments.count * VectorSegment.rows { segments.append(try VectorSegment(stride: stride)) }
            ids.append(id)
            groups.append(group)
            rows[id] = row
        }
        segments[row / VectorSegment.rows].write(values, at: row % VectorSegment.rows, quantization)
    }

    /// Adds a vector, or replaces the one with the same `id`; see
    /// ``insert(_:id:group:)-(UnsafeBufferPointer<Float>,_,_)``.
    public func insert(_ values: [Float], id: Int64, group: Int64) throws {
        try values.withUnsafeBufferPointer { try insert($0, id: id, group: group) }
    }

    /// Removes a vector; the last one takes its place.
    ///
    /// Does nothing if there is none with this `id`.
    public func remove(id: Int64) {
        guard let row = rows.removeValue(forKey: id) else { return }
        let last = ids.count - 1
        if row != last {
            withUnsafeTemporaryAllocation(of: Float.self, capacity: stride) { values in
                values.initialize(repeating: 0)
                segments[last / VectorSegment.rows].read(last % VectorSegment.rows, into: values)
                segments[row / VectorSegment.rows].write(
                    UnsafeBufferPointer(values), at: row % VectorSegment.rows, quantization)
            }
            ids[row] = ids[last]
            groups[row] = groups[last]
            rows[ids[row]] = row
        }
        segments[last / VectorSegment.rows].erase(last % VectorSegment.rows, quantization)
        ids.removeLast()
        groups.removeLast()
        if last % VectorSegment.rows == 0 { segments.removeLast() }
    }
}
