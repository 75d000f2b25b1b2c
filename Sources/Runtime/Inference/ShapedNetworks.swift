public import Foundation
import Synchronization

/// A network that is compiled for each requested input shape; the most recently used shapes are kept.
///
/// A network compiled for one shape is faster than one with open dimensions. Compiling takes tenths of a second if the
/// network is not in the cache, so request few different shapes.
public final class ShapedNetworks: Sendable {
    /// The precision that is used.
    public let precision: Precision

    private let model: Model
    private let configuration: NetworkConfiguration
    private let capacity: Int
    private let mostElements: Int
    /// The kept networks, the most recently used one last.
    private let recent = Mutex<[(shape: [Int], network: Network)]>([])

    /// Reads a network with one input.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - url: An ONNX file.
    ///   - input: The form of the input.
    ///   - configuration: The settings for compiling and running it.
    ///   - capacity: The largest number of shapes that are kept, at least 1.
    ///   - mostElements: The largest total number of input elements of the kept shapes. The latest shape is always
    ///     kept. A network's memory grows with its input, so without this limit a folder of pictures of many sizes
    ///     takes more and more memory.
    /// - Throws: ``EngineError``.
    public init(
        engine: Engine, contentsOf url: URL, input: InputFormat = .tensor,
        configuration: NetworkConfiguration = NetworkConfiguration(), capacity: Int = 8,
        mostElements: Int = .max
    ) throws(EngineError) {
        precondition(capacity > 0, "at least one shape is kept")
        model = try Model(engine: engine, contentsOf: url, input: input)
        precision = try model.precision(configuration.precision)
        self.configuration = configuration
        self.capacity = capacity
        self.mostElements = mostElements
    }

    /// Returns the network for inputs of `shape`, and blocks while it is compiled.
    ///
    /// - Throws: ``EngineError/unsupportedNetwork(path:reason:)`` if the network can't take the shape.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func network(for shape: [Int]) throws(EngineError) -> Network {
        // Compiled under the lock, so that two tasks that request the same shape at once don't compile it twice.
        try recent.withLock { (recent) throws(EngineError) in
            if let index = recent.firstIndex(where: { $0.shape == shape }) {
                let found = recent.remove(at: index)
                recent.append(found)
                return found.network
            }
            // Old networks are removed first, so that their memory is free when the new one needs it.
            while !recent.isEmpty, recent.count >= capacity || elements(recent.map(\.shape) + [shape]) > mostElements {
                recent.removeFirst()
            }
            let network = try Network(model, inputShapes: [shape], configuration: configuration)
            recent.append((shape, network))
            return network
        }
    }

    private func elements(_ shapes: [[Int]]) -> Int { shapes.reduce(0) { $0 + $1.reduce(1, *) } }
}
