import Inference
import Synchronization

/// A network that is loaded on first use.
final class LazyNetwork: Sendable {
    private let loaded = Mutex<Network?>(nil)
    private let load: @Sendable () throws -> Network

    init(load: @escaping @Sendable () throws -> Network) {
        self.load = load
    }

    /// Returns the network. The first call loads it, and concurrent calls wait.
    func network() throws -> Network {
        try loaded.withLock { loaded in
            if let loaded { return loaded }
            let network = try load()
            loaded = network
            return network
        }
    }
}
