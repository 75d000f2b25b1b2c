public import Networks
public import Training

/// The settings of the task `face-embedding`: the parts of the network, the trained parts, and the losses.
public struct FaceEmbeddingSettings: ConfigurationSection, Hashable {
    /// The part of the network that is trained.
    public enum Depth: String, Codable, Hashable, Sendable, CaseIterable {
        /// The gate, the fusion of the stages and the last linear layer.
        case head
        /// In addition, the last stage of the trunk.
        case tail
    }

    /// The form of the fusion with the face's context (Karamizadeh et al., 2025).
    public enum Context: String, Codable, Hashable, Sendable, CaseIterable {
        /// No fusion with the context.
        case none
        /// The embedding attends to the context.
        case crossAttention
        /// Both are tokens of a transformer encoder block.
        case transformer
        /// Both are concatenated, with weights.
        case concatenation
    }

    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// Folders of single seeds of earlier runs with the same parts. Training starts from the mean of their values. If
    /// those runs started from the same values, the mean is often better than each of them; with 0 epochs it is only
    /// measured.
    public var startFrom: [String] = []
    /// The variants of the training faces.
    public var shownAs: [ShownAs] = [.plain, .altered, .covered]
    /// Whether the positions of the last map are weighted by an attention gate (Karamizadeh et al., 2025).
    public var gate = true
    /// Whether the stages are fused (Ghani et al., "FFSSA-GAN", 2024).
    public var fusion = true
    /// Whether the fusion has squeeze and excitation.
    public var squeezeExcitation = true
    /// Whether the fusion has an atrous pyramid.
    public var pyramid = true
    /// Whether the fusion has attention over positions.
    public var attention = true
    /// The two scales with efficient attention (DS-AEAN paper).
    public var dualScale = DualScaleSettings()
    /// Whether the network has a masked branch after the trunk's third stage. Bare faces then take FaceNet-128's own
    /// branch, and gate, fusion and the two scales belong to the masked branch.
    public var maskedPath = false
    /// The blocks of a baseline as a head on the trunk; `nil` for none.
    public var peer: PeerHeadKind?
    /// The form of the fusion with the context.
    public var context = Context.none
    /// The probability that the context's mask entry is hidden in training.
    public var hidden = 0.3
    /// The part of the network that is trained.
    public var depth = Depth.head
    /// The number of rows per person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the loss over the people; 0 leaves it out.
    public var classification = 0.0
    /// The kind of that loss.
    public var head = PeopleHead.arcface
    /// The margin of ArcFace or CosFace.
    public var margin = 0.3
    /// The scale of ArcFace or CosFace.
    public var scale = 32.0
    /// The weight of the triplet loss (Karamizadeh et al., 2025: margin 0.2, semi-hard).
    public var triplet = 1.0
    /// The miner that selects the triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of the distillation from FaceNet-128's own embedding of the bare face, which keeps the embeddings of
    /// bare faces in place.
    public var distillation = 1.0
    /// The weight of the distillation of SFace's similarities between the bare faces of a batch.
    public var relations = 0.0

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["shownAs"].expect(!shownAs.isEmpty, "[]", "a list of one or more variants")
        try dualScale.check(fields["dualScale"])
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        for (name, weight) in [
            ("classification", classification), ("triplet", triplet), ("distillation", distillation),
            ("relations", relations),
        ] { try fields[name].expect(weight, in: 0...1000) }
        try fields["maskedPath"].expect(
            !maskedPath || depth == .head && context == .none && classification == 0 && relations == 0, maskedPath,
            "false unless depth is head, context is none, and classification and relations are 0")
        try fields["maskedPath"].expect(
            !maskedPath || shownAs.contains(where: \.wearsMask) && !shownAs.allSatisfy(\.wearsMask), maskedPath,
            "false unless shownAs has faces both with and without a mask")
        try fields["hidden"].expect(hidden, in: 0...1)
        try fields["margin"].expect(margin, in: head.margins)
        try fields["scale"].expect(scale > 0, scale, "above 0")
        try fields["triplet"].expect(
            classification + triplet + distillation + relations > 0, triplet,
            "above 0 if classification, distillation and relations are 0")
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
