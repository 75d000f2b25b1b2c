import Identities
import LikenessSupport
import Testing

@Suite("Exact search")
struct VectorIndexTests {
    @Test("The processor's kernels include the baseline, and the best is one of them")
    func kernels() {
        #expect(VectorKernel.supported.contains(.baseline))
        #expect(VectorKernel.supported.contains(.best))
        #expect(VectorKernel(rawValue: VectorKernel.best.description) == .best)
    }

    @Test("Every kernel, scan and dimension gives the result of brute force", arguments: VectorKernel.supported)
    func bruteForceEquality(_ kernel: VectorKernel) throws {
        var generator = SplitMix64(state: 11)
        for dimension in [1, 2, 3, 4, 5, 15, 16, 17, 31, 64, 100, 127, 128, 129, 200, 512] {
            let count = Int.random(in: 1...300, using: &generator)
            let references = (0..<count).map { place in
                Reference(
                    id: Int64(place * 3 + 1), group: Int64.random(in: 0..<40, using: &generator),
                    values: generator.direction(dimension))
            }
            let index = VectorIndex(dimension: dimension, kernel: kernel)
            for reference in references { try index.insert(reference.values, id: reference.id, group: reference.group) }
            // 1 to 19 queries: single ones, a full batch, and a partly filled one.
            let queries = (0..<Int.random(in: 1...19, using: &generator)).map { _ in generator.direction(dimension) }
            for groups in [1, 2, 7, 60] {
                let expected = queries.map { bruteForce(references, $0, groups: groups) }
                for scan in VectorScan.allCases {
                    #expect(
                        try index.nearest(to: queries, groups: groups, scan: scan) == expected,
                        "\(kernel), \(scan), dimension \(dimension), \(count) rows, \(groups) groups")
                }
            }
        }
    }

    @Test("Vectors with a large quantization error are found as well", arguments: VectorScan.allCases)
    func clampedVectors(_ scan: VectorScan) throws {
        // Values over 0.345 are clamped at 128 dimensions: axes lose two thirds of their length.
        let index = VectorIndex(dimension: 128)
        var references: [Reference] = []
        for axis in 0..<128 {
            var values = [Float](repeating: 0, count: 128)
            values[axis] = axis % 2 == 0 ? 1 : -1
            references.append(Reference(id: Int64(axis), group: Int64(axis), values: values))
        }
        var generator = SplitMix64(state: 5)
        for place in 128..<400 {
            references.append(Reference(id: Int64(place), group: Int64(place), values: generator.direction(128)))
        }
        for reference in references { try index.insert(reference.values, id: reference.id, group: reference.group) }
        let queries = references.prefix(60).map { generator.near($0.values, noise: 0.05) }
        #expect(
            try index.nearest(to: queries, groups: 5, scan: scan)
                == queries.map { bruteForce(references, $0, groups: 5) })
    }

    @Test("Equal similarities are sorted by id, whatever the order of enrollment", arguments: VectorScan.allCases)
    func ties(_ scan: VectorScan) throws {
        let index = VectorIndex(dimension: 4)
        for id in [9, 2, 7, 4] as [Int64] { try index.insert([0.6, 0.8, 0, 0], id: id, group: id * 10) }
        try index.insert([0.6, 0.8, 0, 0], id: 1, group: 40)
        let found = try index.nearest(to: [[0.6, 0.8, 0, 0]], groups: 3, scan: scan)
        #expect(found.first?.map(\.id) == [1, 2, 7])
        #expect(found.first?.map(\.group) == [40, 20, 70])
        #expect(found.first?.allSatisfy { $0.similarity == 1 } == true)
    }

    @Test("An empty index finds nobody, and a single vector is always found")
    func fewRows() throws {
        let index = VectorIndex(dimension: 3)
        #expect(try index.nearest(to: [[1, 0, 0]], groups: 4) == [[]])
        #expect(try index.nearest(to: [], groups: 4).isEmpty)
        try index.insert([0, 1, 0], id: 5, group: 6)
        #expect(
            try index.nearest(to: [[0, -1, 0]], groups: 4) == [[VectorMatch(id: 5, group: 6, similarity: -1)]])
    }

    @Test("All of a person's many templates count, and no person occurs twice", arguments: VectorScan.allCases)
    func manyTemplates(_ scan: VectorScan) throws {
        var generator = SplitMix64(state: 3)
        let busy = generator.direction(32)
        var references = (0..<5000).map {
            Reference(id: Int64($0), group: 1, values: generator.near(busy, noise: 0.05))
        }
        references.append(Reference(id: 9000, group: 2, values: generator.direction(32)))
        references.append(Reference(id: 9001, group: 3, values: generator.direction(32)))
        let index = VectorIndex(dimension: 32)
        for reference in references { try index.insert(reference.values, id: reference.id, group: reference.group) }
        let found = try index.nearest(to: [busy], groups: 3, scan: scan)
        #expect(found.first == bruteForce(references, busy, groups: 3))
        #expect(Set(found.first?.map(\.group) ?? []) == [1, 2, 3])
    }

    @Test("After removing and replacing vectors, results equal brute force", arguments: VectorScan.allCases)
    func removals(_ scan: VectorScan) throws {
        var generator = SplitMix64(state: 21)
        let index = VectorIndex(dimension: 24)
        var references: [Int64: Reference] = [:]
        for step in 0..<2000 {
            let id = Int64.random(in: 0..<300, using: &generator)
            if Int.random(in: 0..<3, using: &generator) == 0 {
                index.remove(id: id)
                references[id] = nil
            } else {
                let reference = Reference(id: id, group: id % 50, values: generator.direction(24))
                try index.insert(reference.values, id: id, group: reference.group)
                references[id] = reference
            }
            guard step % 100 == 99 else { continue }
            let query = generator.direction(24)
            #expect(index.count == references.count)
            #expect(
                try index.nearest(to: [query], groups: 4, scan: scan)
                    == [bruteForce(Array(references.values), query, groups: 4)])
        }
        for id in references.keys { index.remove(id: id) }
        #expect(index.count == 0)
        #expect(try index.nearest(to: [generator.direction(24)], groups: 1, scan: scan) == [[]])
    }

    @Test("Vectors that do not have unit length are refused, in the index and as probes")
    func refusals() throws {
        let index = VectorIndex(dimension: 3)
        let bad: [[Float]] = [[.nan, 0, 1], [.infinity, 0, 0], [0, 0, 0], [1, 1, 0], [1, 0], [1, 0, 0, 0], []]
        for values in bad {
            #expect(throws: GalleryError.self) { try index.insert(values, id: 1, group: 1) }
            #expect(throws: GalleryError.self) { try index.nearest(to: [values], groups: 1) }
        }
        #expect(index.count == 0)
    }

    @Test("With several threads and segments, both scans agree, and find difficult mates")
    func hardVectors() throws {
        // 70,000 templates fill more than one segment; noise of 0.08 puts mates at a cosine of about 0.6.
        var generator = SplitMix64(state: 77)
        let index = VectorIndex(dimension: 128)
        var probes: [[Float]] = [], people: [Int64] = [], similarities: [Float] = []
        for person in 0..<7000 as Range<Int64> {
            let direction = generator.direction(128)
            for template in 0..<10 as Range<Int64> {
                try index.insert(generator.near(direction, noise: 0.08), id: person * 10 + template, group: person)
            }
            guard person % 70 == 0 else { continue }
            probes.append(generator.near(direction, noise: 0.08))
            people.append(person)
        }
        let float = try index.nearest(to: probes, groups: 10, scan: .float, threads: 1)
        #expect(try index.nearest(to: probes, groups: 10, scan: .float, threads: 3) == float)
        #expect(try index.nearest(to: probes, groups: 10, scan: .int8, threads: 1) == float)
        #expect(try index.nearest(to: probes, groups: 10, scan: .int8, threads: 3) == float)
        #expect(float.map { $0.first?.group } == people)
        similarities = float.compactMap { $0.first?.similarity }
        let mean = similarities.reduce(0, +) / Float(similarities.count)
        #expect(mean > 0.55 && mean < 0.68, "the vectors are as hard as they should be: \(mean)")
    }
}
