import ArgumentParser
import Augmentation
import BenchmarkSupport
import Datasets
import Faces
import Foundation
import Pixels

/// Times the pictures for training, and prints JSON: milliseconds per face, and faces per second.
@main
struct AugmentationBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "augmentation-benchmark",
        abstract: "Decoding crops of an archive, drawing masks, altering 160 x 160 pictures; one thread.")

    @Argument(help: "An archive from 'likeness pack'.")
    var archive: String
    @Option(help: "A folder of mask templates, which are timed too.") var templates: String?
    @Option(help: "The number of faces from the archive.") var faces = 200
    @Option(help: "Seconds for each operation.") var seconds = 1.0

    private struct Report: Encodable {
        let faces: Int
        let milliseconds: [String: Times]
        let perSecond: [String: Int]
    }

    func run() throws {
        let opening = ContinuousClock()
        let start = opening.now
        let archive = try FaceArchive(contentsOf: URL(filePath: archive, directoryHint: .isDirectory))
        let opened = (opening.now - start).seconds
        let step = max(archive.count / faces, 1)
        let indices = stride(from: 0, to: archive.count, by: step).prefix(faces).map { $0 }
        let template = AlignmentTemplate.arcface(size: 160)
        let crops = try indices.map { (try archive.image(at: $0), archive.entries[$0].face) }
        let aligned = try crops.map { try $1.aligned(in: $0, to: template) }
        var times: [String: Times] = ["open the archive": Times(seconds: [opened])]
        var turn = 0
        func time(_ name: String, _ body: (Int, UInt64) throws -> Void) rethrows {
            times[name] = try Times.measure(least: 50, seconds: seconds) {
                try body(turn % indices.count, UInt64(turn))
                turn += 1
            }
        }
        try time("decode a crop") { index, _ in _ = try archive.image(at: indices[index]) }
        try time("align to 160 x 160") { index, _ in
            _ = try crops[index].1.aligned(in: crops[index].0, to: template)
        }
        let styles = MaskStyle.training, occluders = Occluder.training
        try time("draw a mask") { index, seed in
            _ = try styles[Int(seed) % styles.count].drawn(on: aligned[index], seed: seed)
        }
        try time("draw an occluder") { index, seed in
            _ = try occluders[Int(seed) % occluders.count].drawn(on: aligned[index], seed: seed)
        }
        if let templates {
            let masks = try MaskTemplate.all(in: URL(filePath: templates, directoryHint: .isDirectory))
            try time("draw a template mask") { index, seed in
                _ = try masks[Int(seed) % masks.count].drawn(on: aligned[index], seed: seed)
            }
        }
        for step in AugmentationPolicy.standard.steps where step.kind.limits != nil {
            let policy = AugmentationPolicy([.init(step.kind, probability: 1, range: step.range)])
            try time("\(step.kind)") { index, seed in
                _ = try policy.plan(seed: seed).applied(to: aligned[index].image, faces: [])
            }
        }
        let photometric = AugmentationPolicy(
            AugmentationPolicy.standard.steps.filter { $0.kind != .mask && $0.kind != .occluder })
        try time("standard policy without covers") { index, seed in
            _ = try photometric.plan(seed: seed).applied(to: aligned[index].image, faces: [])
        }
        try time("decode, standard policy, align") { index, seed in
            let image = try archive.image(at: indices[index])
            _ = try AugmentationPolicy.standard.plan(seed: seed)
                .aligned(image, face: crops[index].1, to: template)
        }
        // The mean instead of the median, because a policy differs from picture to picture.
        try Output.report(
            Report(
                faces: indices.count, milliseconds: times,
                perSecond: times.mapValues { Int(1000 / max($0.mean, 1e-6)) }))
    }
}
