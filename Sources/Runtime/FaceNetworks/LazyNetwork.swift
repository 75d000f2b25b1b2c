import Inference
import Synchronization

/// A network that is loaded when it is first needed.
final class LazyNetwork: Sendable {
    private let loaded = Mutex<Network?>(nil)
    private let load: @Sendable () throws -> Network

    init(load: @escaping @Sendable () throws -> Network) {
        self.load = load
    }

    /// The network; the first call loads it, others wait.
    func network() throws -> Network {
        try loaded.withLock { loaded in
            if let loaded { return loaded }
            let network = try load()
            loaded = network
            return network
        }
    }
}
