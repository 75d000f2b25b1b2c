import Foundation
import LikenessSupport

/// Soft clusters of embeddings, by the cosine (spherical k-means: Dhillon and Modha, 2001), and their means.
struct EmbeddingClusters: Sendable {
    /// The number of clusters.
    let count: Int
    /// The clusters' directions times the sharpness, one after another.
    let directions: [Float]
    /// The means of the faces, each weighted by its share in the cluster, one after another.
    let means: [Float]

    private static let rounds = 30

    /// Finds clusters.
    ///
    /// - Parameters:
    ///   - embeddings: At least one, all of one length above 0.
    ///   - count: The number of clusters, at least 1; at most one for each embedding is found.
    ///   - sharpness: The factor of the cosines in the softmax.
    ///   - seed: The choice of the first centers.
    init(of embeddings: [[Float]], count: Int, sharpness: Double, seed: UInt64) {
        let units = embeddings.map(Self.unit), size = embeddings.first?.count ?? 0
        self.count = max(min(count, units.count), 1)
        guard self.count > 1 else {
            directions = [Float](repeating: 0, count: size)
            means = Self.mean(units, size)
            return
        }
        var generator = SeededGenerator(seed: seed)
        var order = Array(units.indices)
        generator.shuffle(&order)
        var centers = order.prefix(self.count).map { units[$0] }
        for _ in 0..<Self.rounds {
            var members = [[Int]](repeating: [], count: self.count)
            for (place, unit) in units.enumerated() {
                let cosines = centers.map { Self.dot($0, unit) }
                members[cosines.indices.max { cosines[$0] < cosines[$1] } ?? 0].append(place)
            }
            centers = zip(centers, members).map { center, members in
                members.isEmpty ? center : Self.unit(Self.mean(members.map { units[$0] }, size))
            }
        }
        var sums = [[Double]](repeating: [Double](repeating: 0, count: size), count: self.count)
        var weights = [Double](repeating: 0, count: self.count)
        for unit in units {
            let logits = centers.map { sharpness * Double(Self.dot($0, unit)) }, largest = logits.max() ?? 0
            let powers = logits.map { exp($0 - largest) }, total = powers.reduce(0, +)
            for (cluster, power) in powers.enumerated() {
                weights[cluster] += power / total
                for place in 0..<size { sums[cluster][place] += power / total * Double(unit[place]) }
            }
        }
        directions = centers.flatMap { $0.map { $0 * Float(sharpness) } }
        means = zip(sums, weights).flatMap { sum, weight in sum.map { Float($0 / max(weight, 1e-12)) } }
    }

    private static func dot(_ a: [Float], _ b: [Float]) -> Float {
        var sum: Float = 0
        for place in a.indices { sum += a[place] * b[place] }
        return sum
    }

    private static func unit(_ values: [Float]) -> [Float] {
        let length = max(dot(values, values).squareRoot(), 1e-12)
        return values.map { $0 / length }
    }

    private static func mean(_ rows: [[Float]], _ size: Int) -> [Float] {
        var sums = [Double](repeating: 0, count: size)
        for row in rows {
            for place in 0..<size { sums[place] += Double(row[place]) }
        }
        return sums.map { Float($0 / Double(max(rows.count, 1))) }
    }
}
