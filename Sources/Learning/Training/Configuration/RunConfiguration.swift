public import Foundation
import LikenessSupport
public import Tensors

/// One run of training: what a JSON file says.
///
///     {
///       "task": "mask-classifier",
///       "seeds": [1, 2, 3],
///       "epochs": 20, "batch": 64,
///       "optimizer": {"kind": "adamW", "weightDecay": 0.01},
///       "schedule": {"kind": "cosine", "rate": 0.001, "warmUp": 100},
///       "validation": {"measure": "balancedAccuracy", "patience": 5},
///       "settings": {"data": ".data/masks"}
///     }
///
/// Only `task` must be there. What the task itself wants to know stands under `settings`.
public struct RunConfiguration: ConfigurationSection, Hashable {
    /// In what the network computes; parameters and optimiser are float32 in both.
    public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
        /// float32.
        case f32
        /// Convolutions and matrix products in bfloat16.
        case bf16
    }

    /// The name of what is trained.
    public var task = ""
    /// One run for each.
    public var seeds: [UInt64] = [1]
    /// How often the data are gone through; with ``stepsPerEpoch``, how many epochs of so many steps there are. 0 measures what
    /// the run starts from.
    public var epochs = 10
    /// How many steps make an epoch; `nil`: as many as the data fill. An epoch of fewer steps goes on in the data where the
    /// one before it ended.
    public var stepsPerEpoch: Int?
    /// How many examples a step takes; a task may say how it fills a batch.
    public var batch = 32
    /// How gradients change the parameters.
    public var optimizer = OptimizerSettings()
    /// The learning rate over the run.
    public var schedule = ScheduleSettings()
    /// Gradients together are made no longer than this; `nil`: they stay as they are.
    public var clip: Double?
    /// In what the network computes.
    public var precision = Precision.f32
    /// Where the network computes.
    public var device = Device.cpu
    /// How many threads one operation may use; `nil`: all of the machine's.
    public var threads: Int?
    /// How many batches are made ahead of the step that needs them.
    public var prefetch = 4
    /// How often the run is written down.
    public var checkpoints = CheckpointSettings()
    /// How often the run is measured.
    public var validation = ValidationSettings()
    /// Every how many steps a line of measurements is written.
    public var logEvery = 1
    /// What the task wants to know.
    var settings = JSONValue.object([:])

    /// The defaults; `task` is empty.
    public init() {}

    /// Decodes and checks a configuration, but for the task's own settings.
    ///
    /// - Throws: ``ConfigurationError``.
    public init(_ data: Data) throws {
        let tree: JSONValue
        do {
            tree = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw ConfigurationError.notJSON(reason: Reason.text(of: error, decoding: JSONValue.self, from: data))
        }
        guard case .object = tree else {
            throw ConfigurationError.wrongKind("(the whole)", found: tree.kind, expected: "an object")
        }
        guard tree["task"] != nil else { throw ConfigurationError.missingField("task") }
        self = try StrictDecoder.decode(
            RunConfiguration.self, from: tree, defaults: JSONValue(encoding: RunConfiguration()))
        try check(FieldChecks())
    }

    /// The task's own settings, decoded and checked.
    ///
    /// - Throws: ``ConfigurationError``.
    public func settings<Settings: ConfigurationSection>(_ type: Settings.Type) throws -> Settings {
        let value = try StrictDecoder.decode(
            type, from: settings, defaults: JSONValue(encoding: Settings()), at: ["settings"])
        try value.check(FieldChecks(path: ["settings"]))
        return value
    }

    /// Replaces the task's own settings.
    public mutating func setSettings(_ settings: some ConfigurationSection) throws {
        self.settings = try JSONValue(encoding: settings)
    }

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["seeds"].expect(
            !seeds.isEmpty && Set(seeds).count == seeds.count, seeds, "one or more numbers, each once")
        try fields["epochs"].expect(epochs, in: 0...1_000_000)
        if let stepsPerEpoch { try fields["stepsPerEpoch"].expect(stepsPerEpoch, in: 1...1_000_000) }
        try fields["batch"].expect(batch, in: 1...1_000_000)
        try optimizer.check(fields["optimizer"])
        try schedule.check(fields["schedule"])
        if let clip { try fields["clip"].expect(clip > 0, clip, "above 0") }
        if let threads { try fields["threads"].expect(threads, in: 1...1024) }
        try fields["prefetch"].expect(prefetch, in: 1...1024)
        try checkpoints.check(fields["checkpoints"])
        try validation.check(fields["validation"])
        try fields["logEvery"].expect(logEvery, in: 1...CheckpointSettings.most)
    }

    /// The first field in which another configuration would give another run; `nil` where it would go on with this one.
    /// Where and how fast it runs may differ, and how often it is written down.
    func difference(from other: RunConfiguration) throws -> String? {
        var (one, two) = (self, other)
        (one.threads, two.threads) = (nil, nil)
        (one.device, two.device) = (.cpu, .cpu)
        (one.prefetch, two.prefetch) = (1, 1)
        (one.logEvery, two.logEvery) = (1, 1)
        (one.seeds, two.seeds) = ([], [])
        (one.checkpoints, two.checkpoints) = (CheckpointSettings(), CheckpointSettings())
        return Self.difference(try JSONValue(encoding: one), try JSONValue(encoding: two), at: [])
    }

    private static func difference(_ one: JSONValue, _ two: JSONValue, at path: [String]) -> String? {
        guard one != two else { return nil }
        if case .object(let first) = one, case .object(let second) = two {
            for name in Set(first.keys).union(second.keys).sorted() {
                let found = difference(first[name] ?? .null, second[name] ?? .null, at: path + [name])
                if let found { return found }
            }
        }
        return path.joined(separator: ".")
    }
}
