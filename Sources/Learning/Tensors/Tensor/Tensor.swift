internal import CTorch
internal import Foundation

/// A multidimensional array of numbers with automatic differentiation.
///
/// Shapes start with the outermost axis; pictures are `[batch, channels, height, width]`. An operation on shapes that
/// do not match ends the program with a message that names both shapes: that is an error in a network, not in data. Do
/// not use one tensor from several threads at once.
///
/// ```swift
/// try TrainingEngine.open(library: library)   // `Installation.locateTrainingEngine()`
/// let weight = Tensor([1, 2, 3, 4], shape: [2, 2])
/// weight.requiresGradient = true
/// let loss = (Tensor([1, 0], shape: [1, 2]).matmul(weight) - 1).squared.mean()
/// loss.backward()
/// print(loss.scalar, weight.gradient?.floats ?? [])
/// ```
public final class Tensor {
    let handle: OpaquePointer
    /// This value's place in a graph that is being recorded for export; `nil` for parameters and constants.
    let traced: TracedValue?

    init(handle: OpaquePointer, traced: TracedValue? = nil) {
        self.handle = handle
        self.traced = traced
    }

    deinit { TrainingEngine.api.pointee.release(handle) }

    /// The element types that a tensor may have.
    public enum Element: Int32, Sendable, Hashable, CaseIterable {
        /// A 32-bit floating-point number.
        case float32 = 0
        /// A 16-bit floating-point number with the range of float32.
        case bfloat16 = 1
        /// A 16-bit floating-point number.
        case float16 = 2
        /// A 64-bit floating-point number.
        case float64 = 3
        /// A 64-bit integer, for labels and indices.
        case int64 = 4
        /// A 32-bit integer.
        case int32 = 5
        /// A byte.
        case uint8 = 6
        /// A truth value.
        case bool = 7

        var code: ctorch_type { ctorch_type(UInt32(rawValue)) }

        /// The size of one element in bytes.
        var size: Int {
            switch self {
            case .float64, .int64: 8
            case .float32, .int32: 4
            case .bfloat16, .float16: 2
            case .uint8, .bool: 1
            }
        }

        /// Returns the size in bytes of a tensor of this shape; `nil` if the shape is invalid or too large.
        func bytes(of shape: [Int]) -> Int? {
            guard shape.count <= Self.mostAxes else { return nil }
            // An axis with extent 0 makes the tensor empty, but the other extents are still multiplied for the strides.
            let bytes = shape.reduce(Optional(size)) { total, extent in
                guard extent >= 0, let (value, overflow) = total?.multipliedReportingOverflow(by: Swift.max(extent, 1)),
                    !overflow
                else { return nil }
                return value
            }
            return bytes.map { shape.contains(0) ? 0 : $0 }
        }

        /// The largest number of axes that the training engine supports.
        private static let mostAxes = 64
    }

    /// Calls a function of the shim that creates a tensor.
    static func make(_ body: (ctorch_api, inout OpaquePointer?) -> Int32) -> OpaquePointer {
        var handle: OpaquePointer?
        TrainingEngine.check(body(TrainingEngine.api.pointee, &handle))
        guard let handle else { fatalError("the training engine returned no tensor") }
        return handle
    }

    // MARK: Creating

    /// Creates a tensor of these values.
    ///
    /// - Parameters:
    ///   - values: The values in row-major order, as many as `shape` has elements.
    ///   - shape: The extents.
    ///   - device: The device that holds the tensor.
    public convenience init(_ values: [Float], shape: [Int], on device: Device = .cpu) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
        self.init(handle: values.withUnsafeBytes { Self.fromBytes($0, .float32, shape, device) })
    }

    /// Creates a tensor of integers, such as labels.
    public convenience init(_ values: [Int], on device: Device = .cpu) {
        let wide = values.map(Int64.init)
        self.init(handle: wide.withUnsafeBytes { Self.fromBytes($0, .int64, [values.count], device) })
    }

    /// Creates a tensor of bytes, such as pixels.
    public convenience init(bytes: [UInt8], shape: [Int], on device: Device = .cpu) {
        precondition(bytes.count == shape.reduce(1, *), "\(bytes.count) bytes do not fill \(shape)")
        self.init(handle: bytes.withUnsafeBytes { Self.fromBytes($0, .uint8, shape, device) })
    }

    /// Creates a tensor of numbers that are bfloat16 already: the upper halves of the bits of float32.
    public convenience init(bfloat16 values: [UInt16], shape: [Int], on device: Device = .cpu) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
        self.init(handle: values.withUnsafeBytes { Self.fromBytes($0, .bfloat16, shape, device) })
    }

    /// Creates a tensor from bytes that hold elements of type `element` in this machine's byte order.
    convenience init(raw bytes: UnsafeRawBufferPointer, _ element: Element, shape: [Int], on device: Device = .cpu) {
        self.init(handle: Self.fromBytes(bytes, element, shape, device))
    }

    private static func fromBytes(
        _ bytes: UnsafeRawBufferPointer, _ element: Element, _ shape: [Int], _ device: Device
    ) -> OpaquePointer {
        // An empty array may have no address, but the shim needs one.
        var nothing: UInt8 = 0
        return withUnsafePointer(to: &nothing) { spare in
            make { api, out in
                api.from_bytes(
                    bytes.baseAddress ?? UnsafeRawPointer(spare), element.code, shape.wide, Int32(shape.count),
                    device.code, &out)
            }
        }
    }

    /// Creates a tensor in which every element is `value`.
    public static func full(
        _ value: Double, shape: [Int], element: Element = .float32, on device: Device = .cpu
    ) -> Tensor {
        Tensor(handle: make { $0.full(value, element.code, shape.wide, Int32(shape.count), device.code, &$1) })
    }

    /// Creates a tensor of zeros.
    public static func zeros(_ shape: [Int], on device: Device = .cpu) -> Tensor { full(0, shape: shape, on: device) }

    /// Draws random numbers from a uniform distribution. The CPU draws them, so that they are the same for every
    /// device.
    ///
    /// - Parameters:
    ///   - range: The range of the numbers.
    ///   - shape: The extents.
    ///   - seed: The seed, which alone determines the numbers; without one they come from the process's generator.
    ///   - device: The device that holds the tensor.
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

    /// Draws random numbers from a normal distribution. The CPU draws them, so that they are the same for every device.
    ///
    /// - Parameters:
    ///   - mean: The mean of the distribution.
    ///   - deviation: The standard deviation of the distribution.
    ///   - shape: The extents.
    ///   - seed: The seed, which alone determines the numbers; without one they come from the process's generator.
    ///   - device: The device that holds the tensor.
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

    /// Returns the integers from 0 to below `count`.
    public static func range(_ count: Int, on device: Device = .cpu) -> Tensor {
        Tensor(handle: make { $0.range(Int64(count), device.code, &$1) })
    }

    // MARK: Reading

    /// The extents, starting with the outermost axis; `[]` for a single number.
    public var shape: [Int] {
        let api = TrainingEngine.api.pointee
        var extents = [Int64](repeating: 0, count: Int(api.rank(handle)))
        api.shape(handle, &extents)
        return extents.map(Int.init)
    }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    /// The type of the elements.
    public var element: Element { Element(rawValue: TrainingEngine.api.pointee.type(handle)) ?? .float32 }

    /// The device that holds the tensor.
    public var device: Device { TrainingEngine.api.pointee.device(handle) == 1 ? .cuda : .cpu }

    /// All elements as floating-point numbers in row-major order.
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

    /// The bytes of all elements, unconverted, in row-major order.
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

    /// Overwrites the elements in place with those of `other`. No gradient is recorded.
    public func copy(from other: Tensor) {
        precondition(shape == other.shape, "\(other.shape) can't be copied into \(shape)")
        TrainingEngine.check(TrainingEngine.api.pointee.copy(handle, other.handle))
    }

    /// Overwrites every element in place. No gradient is recorded.
    public func fill(_ value: Double) { TrainingEngine.check(TrainingEngine.api.pointee.fill(handle, value)) }
}

extension [Int] {
    /// The form in which the shim takes shapes and axes.
    var wide: [Int64] { map(Int64.init) }
}
