import ArgumentParser
import Networks

/// A head of `Experiments/frozen-trunk`, as configured by its run file.
struct HeadKind: ExpressibleByArgument {
    let name: String
    let configuration: FaceNetworkConfiguration

    private init(_ name: String, _ change: (inout FaceNetworkConfiguration) -> Void) {
        var configuration = FaceNetworkConfiguration()
        change(&configuration)
        (self.name, self.configuration) = (name, configuration)
    }

    init?(argument: String) {
        guard let kind = Self.all.first(where: { $0.name == argument }) else { return nil }
        self = kind
    }

    static var allValueStrings: [String] { all.map(\.name) }

    /// All heads, FaceNet's own first.
    static let all: [HeadKind] =
        [
            HeadKind("plain") { _ in },
            HeadKind("gate") { $0.gate = true },
            HeadKind("fusion") { $0.fusion = FeatureFusionConfiguration() },
            HeadKind("gate-fusion") { ($0.gate, $0.fusion) = (true, FeatureFusionConfiguration()) },
            HeadKind("context") { $0.context = ContextFusionConfiguration(form: .crossAttention) },
            HeadKind("ds-aean") { $0.dualScale = DualScaleConfiguration() },
            HeadKind("full") {
                ($0.gate, $0.fusion) = (true, FeatureFusionConfiguration())
                $0.dualScale = DualScaleConfiguration()
                $0.context = ContextFusionConfiguration(form: .crossAttention)
            },
        ] + PeerHeadKind.allCases.map { peer in HeadKind(peer.rawValue) { $0.peer = peer } }
}
