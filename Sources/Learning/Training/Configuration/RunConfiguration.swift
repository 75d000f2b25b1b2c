public import Foundation
import LikenessSupport
public import Tensors

/// The configuration of one training run, read from a JSON file:
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
/// Only `task` is required. The task's own settings are under `settings`.
public struct RunConfiguration: ConfigurationSection, Hashable {
    /// The number format in which the network computes. Parameters and optimizer are float32 in both.
    public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
        /// All operations in float32.
        case f32
        /// Convolutions and matrix products in bfloat16.
        case bf16
    }

    /// The name of the task.
    public var task = ""
    /// The seeds; the run trains once for each.
    public var seeds: [UInt64] = [1]
    /// The number of passes through the data or, if ``stepsPerEpoch`` is set, the number of epochs of that many steps.
    /// 0 only validates the initial weights.
    public var epochs = 10
    /// The number of steps in an epoch; `nil` for as many as the data fills. If an epoch has fewer steps, the next one
    /// continues in the data where it ended.
    public var stepsPerEpoch: Int?
    /// The number of examples in a step. A task may define how it fills a batch.
    public var batch = 32
    /// The optimizer.
    public var optimizer = OptimizerSettings()
    /// The learning rate over the run.
    public var schedule = ScheduleSettings()
    /// The largest joint length of all gradients; `nil` to leave them as they are.
    public var clip: Double?
    /// The number format in which the network computes.
    public var precision = Precision.f32
    /// The device on which the network computes.
    public var device = Device.cpu
    /// The number of threads that one operation may use; `nil` for all cores of the machine.
    public var threads: Int?
    /// The number of batches that are prepared in advance.
    public var prefetch = 4
    /// Settings for how often the run is saved.
    public var checkpoints = CheckpointSettings()
    /// Settings for how often the run is validated.
    public var validation = ValidationSettings()
    /// The number of steps between two lines of metrics.
    public var logEvery = 1
    /// The task's own settings.
    var settings = JSONValue.object([:])

    /// Creates the defaults; `task` is empty.
    public init() {}

    /// Decodes and checks a configuration, except for the task's own settings.
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
            throw ConfigurationError.wrongKind("(the whole file)", found: tree.kind, expected: "an object")
        }
        guard tree["task"] != nil else { throw ConfigurationError.missingField("task") }
        self = try StrictDecoder.decode(
            RunConfiguration.self, from: tree, defaults: JSONValue(encoding: RunConfiguration()))
        try check(FieldChecks())
    }

    /// Returns the task's own settings, decoded and checked.
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

    /// Throws an error if a value is out of range.
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

    /// Returns the first field that would make this run a different one; `nil` if the run can continue with the other
    /// configuration. The two may differ in device, threads, prefetching, seeds, logging and checkpoints.
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
