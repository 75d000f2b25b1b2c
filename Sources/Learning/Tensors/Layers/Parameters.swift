public import LikenessSupport

/// The learnable values of a network, by dotted name.
///
/// A network asks for each value once, when it creates the layer that uses it. The store creates new values or hands
/// out those that were read from a file. If the file lacks a name or its value has another shape, the store throws an
/// error with the full name.
///
/// ```swift
/// let store = ParameterStore(seed: 1)
/// let layer = try Linear(store.root["layer"], in: 128, out: 2)
/// for entry in store.entries { print(entry.name, entry.tensor.shape) }   // layer.weight [2, 128], layer.bias [2]
/// try SafeTensors(store.dictionary).write(to: file)
/// ```
public final class ParameterStore {
    /// One value of a network.
    public struct Entry {
        /// The full dotted name, such as `block8.branch0.conv.weight`.
        public let name: String
        /// The value. Training changes it in place.
        public let tensor: Tensor
        /// Whether the value is a running average, which gradients do not change.
        public let isBuffer: Bool
    }

    /// All values, in the order in which the network asked for them.
    public private(set) var entries: [Entry] = []
    /// The device that holds the values.
    public let device: Device

    private var stored: [String: Tensor]
    private let isNew: (String) -> Bool
    private let seed: UInt64

    /// Creates a store that makes new values.
    ///
    /// - Parameters:
    ///   - seed: Each value depends only on the seed and its name, so that networks that differ in one part start with
    ///     the same values in all others.
    ///   - device: The device of the values.
    public init(seed: UInt64, on device: Device = .cpu) {
        (self.seed, self.device) = (seed, device)
        stored = [:]
        isNew = { _ in true }
    }

    /// Creates a store that hands out values that were read before.
    ///
    /// - Parameters:
    ///   - stored: The values by name.
    ///   - seed: The seed for new values.
    ///   - device: The device of new values.
    ///   - isNew: Returns whether the value of this name is new instead of looked up.
    public init(
        _ stored: [String: Tensor], seed: UInt64 = 0, on device: Device = .cpu,
        new isNew: @escaping (String) -> Bool = { _ in false }
    ) {
        (self.stored, self.seed, self.device, self.isNew) = (stored, seed, device, isNew)
    }

    /// The root of the names.
    public var root: Parameters { Parameters(store: self, path: "") }

    /// The names that were read from a file but that no layer has asked for, in alphabetical order.
    public var unused: [String] { stored.keys.sorted() }

    /// The values that training changes: all except running averages and frozen values.
    public var trainable: [Entry] { entries.filter { !$0.isBuffer && $0.tensor.requiresGradient } }

    /// The number of learnable numbers in the network, without running averages.
    public var count: Int { entries.filter { !$0.isBuffer }.reduce(0) { $0 + $1.tensor.count } }

    /// All values by name, as a file stores them.
    public var dictionary: [String: Tensor] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.tensor) })
    }

    /// Freezes the values that `isFrozen` picks by name; training changes all others.
    public func freeze(_ isFrozen: (String) -> Bool) {
        for entry in entries where !entry.isBuffer { entry.tensor.requiresGradient = !isFrozen(entry.name) }
    }

    /// Clears all gradients.
    public func clearGradients() { for entry in entries where !entry.isBuffer { entry.tensor.clearGradient() } }

    /// Overwrites every value with the one of the same name.
    ///
    /// - Throws: ``ParameterError``. In this case nothing has been changed.
    public func load(_ values: [String: Tensor]) throws(ParameterError) {
        for entry in entries { try Self.check(values[entry.name], entry.name, entry.tensor.shape) }
        let known = Set(entries.map(\.name))
        if let stranger = values.keys.filter({ !known.contains($0) }).min() { throw .unknown(stranger) }
        for entry in entries { if let value = values[entry.name] { entry.tensor.copy(from: value) } }
    }

    fileprivate func add(
        _ name: String, _ shape: [Int], _ initialization: Initialization, isBuffer: Bool
    ) throws(ParameterError) -> Tensor {
        precondition(!entries.contains { $0.name == name }, "two layers are called \(name)")
        var tensor: Tensor
        if isNew(name) {
            tensor = initialization.tensor(shape, seed: seed ^ Self.hash(name), on: device)
        } else {
            try Self.check(stored[name], name, shape)
            guard let found = stored.removeValue(forKey: name) else { throw .missing(name, shape: shape) }
            tensor = found.detached.to(.float32, on: device).copied
        }
        // Kernels use the channels-last layout, as pictures do: otherwise every step would convert them back and forth.
        if shape.count == 4 { tensor = tensor.channelsLast }
        if !isBuffer { tensor.requiresGradient = true }
        entries.append(Entry(name: name, tensor: tensor, isBuffer: isBuffer))
        return tensor
    }

    private static func check(_ value: Tensor?, _ name: String, _ shape: [Int]) throws(ParameterError) {
        guard let value else { throw .missing(name, shape: shape) }
        guard value.shape == shape else { throw .misshapen(name, expected: shape, found: value.shape) }
    }

    /// Hashes with FNV-1a, which gives the same result on every machine and in every run; Swift's own hashes do not.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// A prefix of the names in a ``ParameterStore``, which a layer uses to create its values.
public struct Parameters {
    /// The store that keeps the values.
    public let store: ParameterStore
    /// The dotted prefix; empty at the root.
    public let path: String

    /// The prefix of a part called `name`.
    public subscript(name: String) -> Parameters { Parameters(store: store, path: join(name)) }

    /// The prefix of the part with this number in a sequence.
    public subscript(index: Int) -> Parameters { self[String(index)] }

    /// Returns a learnable value.
    ///
    /// - Throws: ``ParameterError`` if the value should come from a file and is missing there or has another shape.
    public func tensor(
        _ name: String, _ shape: [Int], _ initialization: Initialization
    ) throws(ParameterError) -> Tensor {
        try store.add(join(name), shape, initialization, isBuffer: false)
    }

    /// Returns a value that belongs to the network but is not learned, such as a running average.
    public func buffer(
        _ name: String, _ shape: [Int], _ initialization: Initialization
    ) throws(ParameterError) -> Tensor {
        try store.add(join(name), shape, initialization, isBuffer: true)
    }

    private func join(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
}

/// The initial content of a new value.
public enum Initialization: Sendable, Hashable {
    /// All zeros.
    case zeros
    /// All ones.
    case ones
    /// This number everywhere.
    case constant(Double)
    /// A normal distribution with deviation √(2 / fan-in), for layers before rectifiers (He et al., 2015).
    case he(fanIn: Int)
    /// A uniform distribution within ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, 2010).
    case glorot(fanIn: Int, fanOut: Int)
    /// A normal distribution with this deviation.
    case normal(Double)

    func tensor(_ shape: [Int], seed: UInt64, on device: Device) -> Tensor {
        switch self {
        case .zeros: return Tensor.zeros(shape, on: device)
        case .ones: return Tensor.full(1, shape: shape, on: device)
        case .constant(let value): return Tensor.full(value, shape: shape, on: device)
        case .normal(let deviation): return Tensor.normal(deviation: deviation, shape: shape, seed: seed, on: device)
        case .he(let fanIn):
            let deviation = (2 / Double(fanIn)).squareRoot()
            return Tensor.normal(deviation: deviation, shape: shape, seed: seed, on: device)
        case .glorot(let fanIn, let fanOut):
            let bound = (6 / Double(fanIn + fanOut)).squareRoot()
            return Tensor.uniform(-bound..<bound, shape: shape, seed: seed, on: device)
        }
    }
}

/// An error for values that do not match a network.
public enum ParameterError: LikenessError, Hashable {
    /// The network needs a value with this name.
    case missing(String, shape: [Int])
    /// The value does not have the shape that the network needs.
    case misshapen(String, expected: [Int], found: [Int])
    /// The network has no value with this name.
    case unknown(String)

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The category of every model that can't be used.
    public var category: ErrorCategory { .unavailable }

    /// There is no advice.
    public var remedy: String? { nil }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .missing(let name, let shape):
            "the weights contain no \(name) of shape \(shape): they belong to another network"
        case .misshapen(let name, let expected, let found):
            "\(name) has shape \(found), but the network needs \(expected): the weights belong to another network"
        case .unknown(let name): "the network has no \(name): the weights belong to another network"
        }
    }
}
