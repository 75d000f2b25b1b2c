import LikenessSupport

/// What a student learns for each face: the teachers' embeddings joined in as many numbers as the student has, in the
/// directions in which they agree best with the student's own.
///
/// 1. The teachers' embeddings, each multiplied by the root of its weight, are put one after another, so that the cosine
///    of two of them is the weighted mean of the teachers' cosines.
/// 2. Principal components (Pearson, 1901) reduce them to the student's length, and they get length 1 again.
/// 3. An orthogonal matrix turns them so that they are as close as possible to the student's embeddings of the same
///    faces (Schönemann, *A generalized solution of the orthogonal Procrustes problem*, 1966). The cosines of the targets
///    stay the same, and the student starts near them.
/// 4. Each embedding of a known person is mixed with the mean of the person's embeddings.
struct DistillationTargets: Sendable {
    /// One target of length 1 per face, one after another.
    let values: [Float]
    /// The length of a target.
    let dimension: Int

    /// Calculates the targets.
    ///
    /// - Parameters:
    ///   - teachers: The teachers' embeddings of the same faces, with their weights.
    ///   - start: The student's embeddings of these faces before training.
    ///   - people: The number of each face's person.
    ///   - center: The weight of the mean of a person's embeddings, 0...1.
    init(teachers: [(TeacherEmbeddings, weight: Double)], start: TeacherEmbeddings, people: [Int], center: Float) {
        let count = people.count, dimension = start.dimension
        let width = teachers.reduce(0) { $0 + $1.0.dimension }
        let whole = teachers.reduce(0) { $0 + $1.weight }
        var joined = [Float](repeating: 0, count: count * width)
        var offset = 0
        for (teacher, weight) in teachers {
            let factor = Float((weight / whole).squareRoot())
            for row in 0..<count {
                for place in 0..<teacher.dimension {
                    joined[row * width + offset + place] = teacher.values[row * teacher.dimension + place] * factor
                }
            }
            offset += teacher.dimension
        }
        var reduced = Self.reduced(joined, width: width, to: dimension)
        Self.scale(&reduced, dimension)
        var turned = Self.turned(reduced, towards: start.values, dimension)
        let means = Self.means(turned, dimension, people)
        for row in 0..<count {
            guard let mean = means[people[row]], center > 0 else { continue }
            for place in 0..<dimension {
                turned[row * dimension + place] += center * (mean[place] - turned[row * dimension + place])
            }
        }
        Self.scale(&turned, dimension)
        (values, self.dimension) = (turned, dimension)
    }

    private static func reduced(_ values: [Float], width: Int, to dimension: Int) -> [Float] {
        // Fewer numbers than the student has are filled up with zeros.
        let components = PrincipalComponents(of: values, dimension: width, count: min(dimension, width))
        let rows = components.directions.map { $0.map(Float.init) }, mean = components.mean.map(Float.init)
        return stride(from: 0, to: values.count, by: width).flatMap { start -> [Float] in
            let centered = (0..<width).map { values[start + $0] - mean[$0] }
            var row = [Float](repeating: 0, count: dimension)
            for (place, direction) in rows.enumerated() {
                var sum: Float = 0
                for index in 0..<width { sum += centered[index] * direction[index] }
                row[place] = sum
            }
            return row
        }
    }

    /// Returns the vectors, turned towards others by the nearest orthogonal matrix.
    private static func turned(_ values: [Float], towards others: [Float], _ dimension: Int) -> [Float] {
        // With M = Σ v oᵀ, the matrix is M (MᵀM)^(-1/2), the orthogonal factor of M.
        var products = [[Double]](repeating: [Double](repeating: 0, count: dimension), count: dimension)
        for start in stride(from: 0, to: values.count, by: dimension) {
            for one in 0..<dimension {
                let value = Double(values[start + one])
                for other in 0..<dimension { products[one][other] += value * Double(others[start + other]) }
            }
        }
        var square = [[Double]](repeating: [Double](repeating: 0, count: dimension), count: dimension)
        for row in products {
            for one in 0..<dimension { for other in 0..<dimension { square[one][other] += row[one] * row[other] } }
        }
        let eigen = SymmetricMatrix(rows: square).eigen()
        let largest = eigen.values.max() ?? 0
        // Directions without any agreement stay as they are.
        let roots = eigen.values.map { 1 / max($0, 1e-12 * largest, .leastNormalMagnitude).squareRoot() }
        let matrix = products.map { row in
            eigen.rotated(zip(eigen.unrotated(row), roots).map(*)).map(Float.init)
        }
        return stride(from: 0, to: values.count, by: dimension).flatMap { start -> [Float] in
            var row = [Float](repeating: 0, count: dimension)
            for one in 0..<dimension {
                let value = values[start + one]
                for other in 0..<dimension { row[other] += value * matrix[one][other] }
            }
            return row
        }
    }

    private static func means(_ values: [Float], _ dimension: Int, _ people: [Int]) -> [Int: [Float]] {
        Dictionary(grouping: people.indices) { people[$0] }.compactMapValues { rows in
            guard rows.count > 1 else { return nil }
            var sum = [Float](repeating: 0, count: dimension)
            for row in rows { for place in 0..<dimension { sum[place] += values[row * dimension + place] } }
            scale(&sum, dimension)
            return sum
        }
    }

    /// Gives each vector the length 1.
    private static func scale(_ values: inout [Float], _ dimension: Int) {
        for start in stride(from: 0, to: values.count, by: dimension) {
            var square: Float = 0
            for place in start..<start + dimension { square += values[place] * values[place] }
            let factor = 1 / max(square.squareRoot(), 1e-12)
            for place in start..<start + dimension { values[place] *= factor }
        }
    }
}
