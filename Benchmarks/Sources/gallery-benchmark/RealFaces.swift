import BenchmarkSupport
import Foundation
import Identities

/// An exported gallery in memory, searched for its own templates.
struct RealFaces {
    /// The number of people per search.
    private static let depth = 10

    private let index: VectorIndex
    private var vectors: [[Float]] = []
    private var people: [Int64] = []

    init(contentsOf file: URL) throws {
        let export = try GalleryExport(contentsOf: file)
        let index = VectorIndex(dimension: export.header.dimension)
        self.index = index
        var vectors: [[Float]] = [], people: [Int64] = [], person: Int64 = 0
        try export.forEach { entry in
            for template in entry.templates {
                let values = template.vector.withUnsafeBytes { bytes in
                    (0..<bytes.count / 4).map { place in
                        Float(bitPattern: bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self).littleEndian)
                    }
                }
                try index.insert(values, id: Int64(vectors.count), group: person)
                vectors.append(values)
                people.append(person)
            }
            person += 1
        }
        self.vectors = vectors
        self.people = people
    }

    struct Comparison: Encodable {
        let templates: Int
        let people: Int
        /// The number of probes: templates of people who have others.
        let probes: Int
        /// The share of probes for which a scan gives the same ten people, templates and similarities as comparing with
        /// all.
        let floatIdentical: Double
        let int8Identical: Double
        /// The share of probes whose nearest person is the right one.
        let rankOne: Double
        let float: Times
        let int8: Times
    }

    func compare(_ count: Int) throws -> Comparison {
        let sizes = Dictionary(people.map { ($0, 1) }, uniquingKeysWith: +)
        let mated = vectors.indices.filter { sizes[people[$0], default: 0] > 1 }
        let probes = stride(from: 0, to: mated.count, by: max(1, mated.count / count)).map { mated[$0] }.prefix(count)
        var same = [VectorScan.float: 0, .int8: 0], seconds: [VectorScan: [Double]] = [:], right = 0
        for probe in probes {
            index.remove(id: Int64(probe))
            let expected = everyOne(nearestTo: probe)
            right += expected.first?.group == people[probe] ? 1 : 0
            for scan in VectorScan.allCases {
                var found: [[VectorMatch]] = []
                let taken = try stopwatch {
                    found = try index.nearest(to: [vectors[probe]], groups: Self.depth, scan: scan, threads: 1)
                }
                seconds[scan, default: []].append(taken)
                same[scan, default: 0] += found == [expected] ? 1 : 0
            }
            try index.insert(vectors[probe], id: Int64(probe), group: people[probe])
        }
        func share(_ number: Int?) -> Double { Double(number ?? 0) / Double(max(probes.count, 1)) }
        return Comparison(
            templates: vectors.count, people: sizes.count, probes: probes.count, floatIdentical: share(same[.float]),
            int8Identical: share(same[.int8]), rankOne: share(right), float: Times(seconds: seconds[.float] ?? []),
            int8: Times(seconds: seconds[.int8] ?? []))
    }

    /// Returns the nearest people by comparing with every other template, in double precision.
    private func everyOne(nearestTo probe: Int) -> [VectorMatch] {
        var best: [Int64: (similarity: Double, id: Int64)] = [:]
        for other in vectors.indices where other != probe {
            var sum = 0.0
            for dimension in vectors[other].indices {
                sum += Double(vectors[other][dimension]) * Double(vectors[probe][dimension])
            }
            if let known = best[people[other]], known.similarity >= sum { continue }
            best[people[other]] = (sum, Int64(other))
        }
        let ordered = best.sorted { ($1.value.similarity, $0.value.id) < ($0.value.similarity, $1.value.id) }
        return ordered.prefix(Self.depth).map { group, match in
            VectorMatch(id: match.id, group: group, similarity: Float(max(-1, min(1, match.similarity))))
        }
    }
}
