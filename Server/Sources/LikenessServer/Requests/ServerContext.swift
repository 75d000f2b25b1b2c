import Foundation
public import Hummingbird
public import NIOCore

/// What the server knows about a request.
public struct ServerContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's part.
    public var coreContext: CoreRequestContextStorage
    /// The request's identifier, as in answers and in the log.
    public let requestID = UUID().uuidString.lowercased()
    /// The client's address; `nil` in tests without a network.
    public let remoteAddress: SocketAddress?
    /// The caller, once the key was checked.
    public var caller = Caller.nobody

    /// Creates the context of a new request.
    public init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
