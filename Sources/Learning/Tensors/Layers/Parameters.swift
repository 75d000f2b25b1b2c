public import LikenessSupport

/// The learnable values of a network, by dotted name.
///
/// A network asks for each value once, where the layer that uses it is made. The store makes new values, or hands out
/// those that were read from a file: then a name that is not there, or has another shape, throws with its full name.
public final class ParameterStore {
    /// One value of a network.
    public struct Entry {
        /// The full dotted name, such as `block8.branch0.conv.weight`.
        public let name: String
        /// The value itself; training changes it in place.
        public let tensor: Tensor
        /// Whether it is a running average, which no gradient changes.
        public let isBuffer: Bool
    }

    /// All values, in the order in which the network asked for them.
    public private(set) var entries: [Entry] = []
    /// Where the values lie.
    public let device: Device

    private var stored: [String: Tensor]
    private let isNew: (String) -> Bool
    private let seed: UInt64

    /// A store that makes new values.
    ///
    /// - Parameter seed: A value depends on this and on its name alone, so that networks that differ in one part start
    ///   alike in all others.
    public init(seed: UInt64, on device: Device = .cpu) {
        (self.seed, self.device) = (seed, device)
        stored = [:]
        isNew = { _ in true }
    }

    /// A store that hands out values that were read before.
    ///
    /// - Parameters:
    ///   - stored: The values by name.
    ///   - seed: For those that are made anew.
    ///   - isNew: Which names are made anew instead of being looked up.
    public init(
        _ stored: [String: Tensor], seed: UInt64 = 0, on device: Device = .cpu,
        new isNew: @escaping (String) -> Bool = { _ in false }
    ) {
        (self.stored, self.seed, self.device, self.isNew) = (stored, seed, device, isNew)
    }

    /// The names at the root.
    public var root: Parameters { Parameters(store: self, path: "") }

    /// The names that were read from a file and that no layer has asked for, in alphabetical order.
    public var unused: [String] { stored.keys.sorted() }

    /// The values that gradients change: those that are no running averages and not frozen.
    public var trainable: [Entry] { entries.filter { !$0.isBuffer && $0.tensor.requiresGradient } }

    /// How many numbers the network has learned or will learn; running averages are not counted.
    public var count: Int { entries.filter { !$0.isBuffer }.reduce(0) { $0 + $1.tensor.count } }

    /// All values by name, as a file holds them.
    public var dictionary: [String: Tensor] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.tensor) })
    }

    /// Leaves the values that `isFrozen` picks by name as they are; all others learn.
    public func freeze(_ isFrozen: (String) -> Bool) {
        for entry in entries where !entry.isBuffer { entry.tensor.requiresGradient = !isFrozen(entry.name) }
    }

    /// Forgets all gradients.
    public func clearGradients() { for entry in entries where !entry.isBuffer { entry.tensor.clearGradient() } }

    /// Overwrites every value by that of the same name.
    ///
    /// - Throws: ``ParameterError``: nothing has been changed then.
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
        // Kernels lie as pictures do where channels are last: otherwise every step would turn them there and back.
        if shape.count == 4 { tensor = tensor.channelsLast }
        if !isBuffer { tensor.requiresGradient = true }
        entries.append(Entry(name: name, tensor: tensor, isBuffer: isBuffer))
        return tensor
    }

    private static func check(_ value: Tensor?, _ name: String, _ shape: [Int]) throws(ParameterError) {
        guard let value else { throw .missing(name, shape: shape) }
        guard value.shape == shape else { throw .misshapen(name, expected: shape, found: value.shape) }
    }

    /// FNV-1a: the same on every machine and in every run, which Swift's own hashes are not.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// A place among the names of a ``ParameterStore``: what a layer is given to make its values.
public struct Parameters {
    /// The store that keeps the values.
    public let store: ParameterStore
    /// The dotted name of this place; empty at the root.
    public let path: String

    /// The place of a part called `name`.
    public subscript(name: String) -> Parameters { Parameters(store: store, path: join(name)) }

    /// The place of the part with this number in a sequence.
    public subscript(index: Int) -> Parameters { self[String(index)] }

    /// A value that is learned.
    ///
    /// - Throws: ``ParameterError`` where it was to be read and is not there or has another shape.
    public func tensor(
        _ name: String, _ shape: [Int], _ initialization: Initialization
    ) throws(ParameterError) -> Tensor {
        try store.add(join(name), shape, initialization, isBuffer: false)
    }

    /// A value that is kept with the network but not learned, such as a running average.
    public func buffer(
        _ name: String, _ shape: [Int], _ initialization: Initialization
    ) throws(ParameterError) -> Tensor {
        try store.add(join(name), shape, initialization, isBuffer: true)
    }

    private func join(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
}

/// What a new value starts as.
public enum Initialization: Sendable, Hashable {
    /// All zeros.
    case zeros
    /// All ones.
    case ones
    /// All this number.
    case constant(Double)
    /// Normal with deviation √(2 / fan-in), for layers before rectifiers (He et al., 2015).
    case he(fanIn: Int)
    /// Uniform within ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, 2010).
    case glorot(fanIn: Int, fanOut: Int)
    /// Normal with this deviation.
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

/// Values that do not fit a network.
public enum ParameterError: LikenessError, Hashable {
    /// The network needs a value of this name.
    case missing(String, shape: [Int])
    /// The value has another shape than the network needs.
    case misshapen(String, expected: [Int], found: [Int])
    /// The network has no value of this name.
    case unknown(String)

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The model can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem says all.
    public var remedy: String? { nil }

    /// What is wrong.
    public var problem: String {
        switch self {
        case .missing(let name, let shape): "the weights hold no \(name) of shape \(shape): they are another network's"
        case .misshapen(let name, let expected, let found):
            "\(name) has shape \(found) where the network needs \(expected): the weights are another network's"
        case .unknown(let name): "the network has no \(name): the weights are another network's"
        }
    }
}
