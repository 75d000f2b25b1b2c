import BenchmarkSupport
import Foundation
import Identities

/// A filled index, with probes of people in it.
final class SyntheticGallery {
    let people: Int
    let probes: [[Float]]
    let probePeople: [Int64]
    let fillSeconds: Double
    private let index: VectorIndex
    private let seed: UInt64 = 7
    private let templates: Int
    private let noise: Float = 0.08

    init(rows: Int, templates: Int, dimension: Int, kernel: VectorKernel, probes count: Int) throws {
        let people = (rows + templates - 1) / templates
        self.people = people
        self.templates = templates
        let index = VectorIndex(dimension: dimension, kernel: kernel)
        self.index = index
        var faces = SyntheticFaces(dimension: dimension, noise: noise, seed: seed)
        var probes: [[Float]] = [], probePeople: [Int64] = []
        let step = max(1, people / count)
        var elapsed = Duration.zero
        let clock = ContinuousClock()
        for person in 0..<people {
            let direction = faces.person()
            for _ in 0..<min(templates, rows - person * templates) {
                let template = faces.template(of: direction)
                elapsed += try clock.measure {
                    try index.insert(template, id: Int64(index.count), group: Int64(person))
                }
            }
            if person % step == 0, probes.count < count {
                probes.append(faces.template(of: direction))
                probePeople.append(Int64(person))
            }
        }
        self.probes = probes
        self.probePeople = probePeople
        fillSeconds = elapsed.seconds
    }

    func search(_ probes: [[Float]], _ people: Int, _ scan: VectorScan, _ threads: Int) throws {
        let found = try index.nearest(to: probes, groups: people, scan: scan, threads: threads)
        precondition(found.count == probes.count)
    }

    /// Writes the same templates again, from the same seed, row by row.
    func write(to file: URL) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var faces = SyntheticFaces(dimension: index.dimension, noise: noise, seed: seed)
        let step = max(1, people / probes.count)
        var probed = 0
        for person in 0..<people {
            let direction = faces.person()
            for _ in 0..<min(templates, index.count - person * templates) {
                try faces.template(of: direction).withUnsafeBytes { try handle.write(contentsOf: Data($0)) }
            }
            if person % step == 0, probed < probes.count {
                _ = faces.template(of: direction)
                probed += 1
            }
        }
    }

    struct Agreement: Encodable {
        /// The number of compared probes.
        let probes: Int
        /// The share of probes whose nearest people, in order, with their templates and similarities, are identical.
        let identical: Double
        /// The share of probes whose nearest person is the one that they were made from, by float and by int8.
        let rankOneFloat: Double
        let rankOneInt8: Double
        /// The mean similarity of the nearest template.
        let meanSimilarity: Double
    }

    /// Returns the agreement of int8 with float for the ten nearest people.
    func agreement(_ count: Int) throws -> Agreement {
        let asked = Array(probes.prefix(count))
        let float = try index.nearest(to: asked, groups: 10, scan: .float)
        let int8 = try index.nearest(to: asked, groups: 10, scan: .int8)
        func share(_ holds: (Int) -> Bool) -> Double {
            Double(asked.indices.filter(holds).count) / Double(max(asked.count, 1))
        }
        return Agreement(
            probes: asked.count, identical: share { float[$0] == int8[$0] },
            rankOneFloat: share { float[$0].first?.group == probePeople[$0] },
            rankOneInt8: share { int8[$0].first?.group == probePeople[$0] },
            meanSimilarity: float.compactMap { $0.first.map { Double($0.similarity) } }.reduce(0, +)
                / Double(max(asked.count, 1)))
    }
}
