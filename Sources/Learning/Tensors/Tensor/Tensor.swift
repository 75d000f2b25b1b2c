internal import CTorch
internal import Foundation

/// Numbers in a grid of any rank, that know how to be differentiated.
///
/// Shapes are written outermost first; pictures are `[batch, channels, height, width]`. An operation on shapes that do
/// not fit ends the program with both shapes: that is a mistake in a network, not in data. One tensor is not for use from
/// several threads at once.
public final class Tensor {
    let handle: OpaquePointer
    /// Where this value stands in a graph that is being recorded for export; `nil` for parameters and constants.
    let traced: TracedValue?

    init(handle: OpaquePointer, traced: TracedValue? = nil) {
        self.handle = handle
        self.traced = traced
    }

    deinit { TrainingEngine.api.pointee.release(handle) }

    /// The element types that a tensor may have.
    public enum Element: Int32, Sendable, Hashable, CaseIterable {
        /// 32-bit floating point.
        case float32 = 0
        /// 16-bit floating point with float32's range.
        case bfloat16 = 1
        /// 16-bit floating point.
        case float16 = 2
        /// 64-bit floating point.
        case float64 = 3
        /// 64-bit integers: labels and indices.
        case int64 = 4
        /// 32-bit integers.
        case int32 = 5
        /// Bytes.
        case uint8 = 6
        /// Truth values.
        case bool = 7

        var code: ctorch_type { ctorch_type(UInt32(rawValue)) }

        /// How many bytes one takes.
        var size: Int {
            switch self {
            case .float64, .int64: 8
            case .float32, .int32: 4
            case .bfloat16, .float16: 2
            case .uint8, .bool: 1
            }
        }

        /// How many bytes a tensor of this shape takes; `nil` where there is none of the shape, or too large a one.
        func bytes(of shape: [Int]) -> Int? {
            guard shape.count <= Self.mostAxes else { return nil }
            // An axis without extent makes the tensor empty, but the others are still multiplied for the strides.
            let bytes = shape.reduce(Optional(size)) { total, extent in
                guard extent >= 0, let (value, overflow) = total?.multipliedReportingOverflow(by: Swift.max(extent, 1)),
                    !overflow
                else { return nil }
                return value
            }
            return bytes.map { shape.contains(0) ? 0 : $0 }
        }

        /// The most axes with which the training engine computes.
        private static let mostAxes = 64
    }

    /// A tensor that a function of the shim makes.
    static func make(_ body: (ctorch_api, inout OpaquePointer?) -> Int32) -> OpaquePointer {
        var handle: OpaquePointer?
        TrainingEngine.check(body(TrainingEngine.api.pointee, &handle))
        guard let handle else { fatalError("the training engine gave no tensor") }
        return handle
    }

    // MARK: Making

    /// A tensor of these values.
    ///
    /// - Parameters:
    ///   - values: As many as `shape` multiplies to, the last axis running fastest.
    ///   - shape: The extents.
    public convenience init(_ values: [Float], shape: [Int], on device: Device = .cpu) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
        self.init(handle: values.withUnsafeBytes { Self.fromBytes($0, .float32, shape, device) })
    }

    /// A tensor of integers, such as labels.
    public convenience init(_ values: [Int], on device: Device = .cpu) {
        let wide = values.map(Int64.init)
        self.init(handle: wide.withUnsafeBytes { Self.fromBytes($0, .int64, [values.count], device) })
    }

    /// A tensor of bytes, such as pixels.
    public convenience init(bytes: [UInt8], shape: [Int], on device: Device = .cpu) {
        precondition(bytes.count == shape.reduce(1, *), "\(bytes.count) bytes do not fill \(shape)")
        self.init(handle: bytes.withUnsafeBytes { Self.fromBytes($0, .uint8, shape, device) })
    }

    /// A tensor of numbers that are bfloat16 already: the upper halves of float32's bits.
    public convenience init(bfloat16 values: [UInt16], shape: [Int], on device: Device = .cpu) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
        self.init(handle: values.withUnsafeBytes { Self.fromBytes($0, .bfloat16, shape, device) })
    }

    /// A tensor whose elements lie in `bytes` as `element` says, in this machine's order.
    convenience init(raw bytes: UnsafeRawBufferPointer, _ element: Element, shape: [Int], on device: Device = .cpu) {
        self.init(handle: Self.fromBytes(bytes, element, shape, device))
    }

    private static func fromBytes(
        _ bytes: UnsafeRawBufferPointer, _ element: Element, _ shape: [Int], _ device: Device
    ) -> OpaquePointer {
        // An empty array may have no address, but the shim wants one.
        var nothing: UInt8 = 0
        return withUnsafePointer(to: &nothing) { spare in
            make { api, out in
                api.from_bytes(
                    bytes.baseAddress ?? UnsafeRawPointer(spare), element.code, shape.wide, Int32(shape.count),
                    device.code, &out)
            }
        }
    }

    /// A tensor in which every element is `value`.
    public static func full(
        _ value: Double, shape: [Int], element: Element = .float32, on device: Device = .cpu
    ) -> Tensor {
        Tensor(handle: make { $0.full(value, element.code, shape.wide, Int32(shape.count), device.code, &$1) })
    }

    /// A tensor of zeros.
    public static func zeros(_ shape: [Int], on device: Device = .cpu) -> Tensor { full(0, shape: shape, on: device) }

    /// Random numbers of a uniform distribution; drawn on the CPU, so that they are the same for every device.
    ///
    /// - Parameter seed: With one, the numbers depend on it alone; without, they are the process's next.
    public static func uniform(
        _ range: Range<Double>, shape: [Int], seed: UInt64? = nil, on device: Device = .cpu
    ) -> Tensor {
        withSeed(seed) { seed in
            Tensor(
                handle: make {
                    $0.uniform(range.lowerBound, range.upperBound, seed, shape.wide, Int32(shape.count), &$1)
                })
        }.to(on: device)
    }

    /// Random numbers of a normal distribution; drawn on the CPU, so that they are the same for every device.
    ///
    /// - Parameter seed: With one, the numbers depend on it alone; without, they are the process's next.
    public static func normal(
        mean: Double = 0, deviation: Double = 1, shape: [Int], seed: UInt64? = nil, on device: Device = .cpu
    ) -> Tensor {
        withSeed(seed) { seed in
            Tensor(handle: make { $0.normal(mean, deviation, seed, shape.wide, Int32(shape.count), &$1) })
        }.to(on: device)
    }

    private static func withSeed<Result>(_ seed: UInt64?, _ body: (UnsafePointer<UInt64>?) -> Result) -> Result {
        guard let seed else { return body(nil) }
        return withUnsafePointer(to: seed) { body($0) }
    }

    /// The integers from 0 up to and without `count`.
    public static func range(_ count: Int, on device: Device = .cpu) -> Tensor {
        Tensor(handle: make { $0.range(Int64(count), device.code, &$1) })
    }

    // MARK: Reading

    /// The extents, outermost first; `[]` for a single number.
    public var shape: [Int] {
        let api = TrainingEngine.api.pointee
        var extents = [Int64](repeating: 0, count: Int(api.rank(handle)))
        api.shape(handle, &extents)
        return extents.map(Int.init)
    }

    /// How many elements there are.
    public var count: Int { shape.reduce(1, *) }

    /// What the elements are.
    public var element: Element { Element(rawValue: TrainingEngine.api.pointee.type(handle)) ?? .float32 }

    /// Where the tensor lies.
    public var device: Device { TrainingEngine.api.pointee.device(handle) == 1 ? .cuda : .cpu }

    /// All elements as floating-point numbers, the last axis running fastest.
    public var floats: [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = buffer.count
            read(.float32, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// All elements as integers.
    public var integers: [Int] {
        [Int64](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = buffer.count
            read(.int64, into: UnsafeMutableRawBufferPointer(buffer))
        }.map(Int.init)
    }

    /// The only element.
    public var scalar: Float {
        precondition(count == 1, "\(shape) is not one number")
        return floats[0]
    }

    /// All elements' bytes as they are, the last axis running fastest.
    var data: Data {
        var bytes = Data(count: count * element.size)
        bytes.withUnsafeMutableBytes { read(element, into: $0) }
        return bytes
    }

    func read(_ element: Element, into bytes: UnsafeMutableRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        TrainingEngine.check(TrainingEngine.api.pointee.read(handle, element.code, start, Int64(bytes.count)))
    }

    // MARK: Changing

    /// Overwrites the elements in place with `other`'s; no gradient is recorded.
    public func copy(from other: Tensor) {
        precondition(shape == other.shape, "\(other.shape) can't be copied into \(shape)")
        TrainingEngine.check(TrainingEngine.api.pointee.copy(handle, other.handle))
    }

    /// Overwrites every element in place; no gradient is recorded.
    public func fill(_ value: Double) { TrainingEngine.check(TrainingEngine.api.pointee.fill(handle, value)) }
}

extension [Int] {
    /// As the shim takes shapes and axes.
    var wide: [Int64] { map(Int64.init) }
}
