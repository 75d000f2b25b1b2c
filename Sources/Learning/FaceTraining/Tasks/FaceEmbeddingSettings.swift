public import Networks
public import Training

/// What `face-embedding` wants to know: the parts of the network, what is trained, and by which losses.
public struct FaceEmbeddingSettings: ConfigurationSection, Hashable {
    /// How much of the network learns.
    public enum Depth: String, Codable, Hashable, Sendable, CaseIterable {
        /// The gate, the fusion of the stages and the last linear layer.
        case head
        /// The last stage of the trunk too.
        case tail
    }

    /// Whether the face's context is fused in, and in which of paper B's forms.
    public enum Context: String, Codable, Hashable, Sendable, CaseIterable {
        /// Not at all.
        case none
        /// The embedding attends to the context.
        case crossAttention
        /// Both are tokens of a transformer encoder block.
        case transformer
        /// Both side by side, weighted.
        case concatenation
    }

    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// Folders of single seeds of earlier runs with the same parts: the mean of what they have left behind is started from.
    /// Where they started from the same values, that mean is often better than each; with 0 epochs it is measured as it is.
    public var startFrom: [String] = []
    /// How the faces that are trained on are shown.
    public var shownAs: [ShownAs] = [.plain, .altered, .covered]
    /// Whether places are weighted (paper B).
    public var gate = true
    /// Whether the stages are fused (paper A).
    public var fusion = true
    /// Whether the fusion gates channels.
    public var squeezeExcitation = true
    /// Whether the fusion has an atrous pyramid.
    public var pyramid = true
    /// Whether the fusion has attention over places.
    public var attention = true
    /// The two scales with efficient attention (paper C).
    public var dualScale = DualScaleSettings()
    /// Whether masked faces go a way of their own after the trunk's third stage, bare ones as FaceNet-128 takes them: gate,
    /// fusion and the two scales then are the masked way's.
    public var maskedPath = false
    /// The blocks of a network that papers B and C compare with, as a head on the trunk; `nil` for none.
    public var peer: PeerHeadKind?
    /// Which fusion with the context there is.
    public var context = Context.none
    /// How often the context's mask entry is hidden in training.
    public var hidden = 0.3
    /// How much learns.
    public var depth = Depth.head
    /// Rows of a person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the loss over the people in the whole loss; 0 leaves it out.
    public var classification = 0.0
    /// Which loss that is.
    public var head = PeopleHead.arcface
    /// ArcFace's or CosFace's margin.
    public var margin = 0.3
    /// ArcFace's or CosFace's scale.
    public var scale = 32.0
    /// The triplet loss's weight (paper B: margin 0.2, semi-hard).
    public var triplet = 1.0
    /// Which triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of FaceNet-128's own embedding of the bare face: what keeps bare faces where they are.
    public var distillation = 1.0
    /// The weight of SFace's similarities between the bare faces of a batch.
    public var relations = 0.0

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["shownAs"].expect(!shownAs.isEmpty, "nothing", "one or more")
        try dualScale.check(fields["dualScale"])
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        for (name, weight) in [
            ("classification", classification), ("triplet", triplet), ("distillation", distillation),
            ("relations", relations),
        ] { try fields[name].expect(weight, in: 0...1000) }
        try fields["maskedPath"].expect(
            !maskedPath || depth == .head && context == .none && classification == 0 && relations == 0, maskedPath,
            "false where depth is not head, or context, classification or relations is there")
        try fields["maskedPath"].expect(
            !maskedPath || shownAs.contains(where: \.wearsMask) && !shownAs.allSatisfy(\.wearsMask), maskedPath,
            "false where shownAs has not both faces with a mask and faces without")
        try fields["hidden"].expect(hidden, in: 0...1)
        try fields["margin"].expect(margin, in: head.margins)
        try fields["scale"].expect(scale > 0, scale, "above 0")
        try fields["triplet"].expect(
            classification + triplet + distillation + relations > 0, triplet, "not all weights 0")
    }

    /// The network's parts.
    var network: FaceNetworkConfiguration {
        var configuration = FaceNetworkConfiguration()
        configuration.gate = gate
        if fusion {
            var parts = FeatureFusionConfiguration()
            (parts.squeezeExcitation, parts.pyramid, parts.attention) = (squeezeExcitation, pyramid, attention)
            configuration.fusion = parts
        }
        configuration.dualScale = dualScale.configuration
        configuration.peer = peer
        configuration.maskedPath = maskedPath ? MaskedPathConfiguration() : nil
        configuration.context = ContextFusionConfiguration.Form(rawValue: context.rawValue)
            .map(ContextFusionConfiguration.init)
        return configuration
    }
}
