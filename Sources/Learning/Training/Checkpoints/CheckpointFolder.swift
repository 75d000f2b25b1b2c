import Foundation
import LikenessSupport
import Tensors

/// The checkpoints of one run:
///
///     step-00001234/weights.safetensors     the network
///     step-00001234/optimizer.safetensors   the optimizer's state
///     step-00001234/state.json              counters, the best result so far, the configuration
///     step-00001234/SHA256SUMS              the digests of the three files
struct CheckpointFolder {
    let url: URL

    private static let weights = "weights.safetensors"
    private static let optimizer = "optimizer.safetensors"
    private static let state = "state.json"

    /// A checkpoint that was read completely.
    struct Found {
        let checkpoint: Checkpoint
        let weights: [String: Tensor]
        let optimizer: [String: Tensor]
    }

    private func folder(ofStep step: Int) -> URL {
        url.appending(path: "step-" + String(format: "%08ld", step), directoryHint: .isDirectory)
    }

    /// The steps that have a checkpoint, in ascending order.
    private var steps: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.compactMap { $0.hasPrefix("step-") ? Int($0.dropFirst(5)) : nil }.sorted()
    }

    // MARK: Writing

    /// Writes a checkpoint and removes old ones. The last `count` checkpoints stay, and so does the best one that each
    /// of them refers to.
    func write(
        _ checkpoint: Checkpoint, weights: [String: Tensor], optimizer: [String: Tensor], keeping count: Int
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let files = [
            Self.weights: try SafeTensors(weights, metadata: ["task": checkpoint.configuration.task]).serialized(),
            Self.optimizer: try SafeTensors(optimizer).serialized(),
            Self.state: try encoder.encode(checkpoint),
        ]
        try SealedFolder.write(files, to: folder(ofStep: checkpoint.state.step))
        prune(keeping: count)
    }

    private func prune(keeping count: Int) {
        let steps = steps
        var kept = Set(steps.suffix(count))
        for step in kept {
            let file = folder(ofStep: step).appending(path: Self.state)
            guard let data = try? Data(contentsOf: file) else { continue }
            let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: data)
            if let best = checkpoint?.state.best?.step { kept.insert(best) }
        }
        // A folder that can't be removed takes up space but does no harm.
        for step in steps where !kept.contains(step) { try? FileManager.default.removeItem(at: folder(ofStep: step)) }
    }

    // MARK: Reading

    /// Returns the newest intact checkpoint; `nil` if there are no checkpoints.
    ///
    /// A damaged checkpoint is renamed, so that it is out of the way but not lost.
    ///
    /// - Parameter tell: Called with a sentence for each damaged checkpoint.
    /// - Throws: ``TrainingError/noWholeCheckpoint(folder:)`` if there are checkpoints, but all are damaged.
    func newest(telling tell: (String) -> Void) throws -> Found? {
        removeLeftovers()
        let steps = steps
        for step in steps.reversed() {
            do {
                return try read(step)
            } catch {
                let folder = folder(ofStep: step)
                let reason = (error as? SealedFolder.Damage)?.reason ?? Reason.text(of: error)
                tell("the checkpoint of step \(step) is damaged (\(reason)): trying the one before it")
                let aside = url.appending(path: "damaged-\(folder.lastPathComponent)")
                try? FileManager.default.removeItem(at: aside)
                try? FileManager.default.moveItem(at: folder, to: aside)
            }
        }
        if !steps.isEmpty { throw TrainingError.noWholeCheckpoint(folder: url.path) }
        return nil
    }

    /// Returns the weights of the checkpoint of one step.
    func weights(ofStep step: Int) throws -> [String: Tensor] {
        let folder = folder(ofStep: step)
        do {
            let files = try SealedFolder.read([Self.weights], from: folder)
            return try tensors(Self.weights, files, folder)
        } catch let damage as SealedFolder.Damage {
            throw TrainingError.unreadable(folder.path, reason: damage.reason)
        }
    }

    private func read(_ step: Int) throws -> Found {
        let folder = folder(ofStep: step)
        let files = try SealedFolder.read([Self.weights, Self.optimizer, Self.state], from: folder)
        let checkpoint = try JSONDecoder().decode(Checkpoint.self, from: files[Self.state] ?? Data())
        if let field = checkpoint.impossibleField(atStep: step) {
            throw SealedFolder.Damage(reason: "\(field) in \(Self.state) has an impossible value")
        }
        return Found(
            checkpoint: checkpoint,
            weights: try tensors(Self.weights, files, folder), optimizer: try tensors(Self.optimizer, files, folder))
    }

    private func tensors(_ name: String, _ files: [String: Data], _ folder: URL) throws -> [String: Tensor] {
        try SafeTensors(files[name] ?? Data(), name: folder.appending(path: name).path).tensors
    }

    /// Removes the files that a killed process left incomplete.
    private func removeLeftovers() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        for name in names where name.hasPrefix(".partial-") {
            try? FileManager.default.removeItem(at: url.appending(path: name))
        }
    }
}
