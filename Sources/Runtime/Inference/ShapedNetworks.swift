public import Foundation
import Synchronization

/// One network compiled anew for each input shape that is asked for; the shapes asked for last are kept.
///
/// A network compiled for one shape is faster than one with open dimensions, but compiling takes tenths of a second
/// where the cache does not have it: ask for few different shapes.
public final class ShapedNetworks: Sendable {
    /// The precision that runs.
    public let precision: Precision

    private let model: Model
    private let configuration: NetworkConfiguration
    private let capacity: Int
    private let mostElements: Int
    /// The latest asked for last.
    private let recent = Mutex<[(shape: [Int], network: Network)]>([])

    /// Reads a network with one input.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - url: An ONNX file.
    ///   - input: What the input is made from.
    ///   - configuration: How it is to run.
    ///   - capacity: How many shapes are kept, at least 1.
    ///   - mostElements: How many elements the inputs of the shapes that are kept have together, at most; the latest shape
    ///     is kept whatever it has. A network's memory grows with its input: without this, a folder of pictures of many
    ///     sizes takes more and more of it.
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

    /// The network for inputs of `shape`; blocks while it is compiled.
    ///
    /// - Throws: ``EngineError/unsupportedNetwork(path:reason:)`` where the network can't take the shape.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func network(for shape: [Int]) throws(EngineError) -> Network {
        // Compiled under the lock: two tasks that ask for one shape at once must not compile it twice.
        try recent.withLock { (recent) throws(EngineError) in
            if let index = recent.firstIndex(where: { $0.shape == shape }) {
                let found = recent.remove(at: index)
                recent.append(found)
                return found.network
            }
            // Room is made first, so that the old networks' memory is free when the new one asks for it.
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
