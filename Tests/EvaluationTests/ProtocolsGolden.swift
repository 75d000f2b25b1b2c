import Evaluation
import Faces
import Foundation
import Testing

/// The output of `scripts/golden/protocols_golden.py`.
struct ProtocolsGolden: Decodable {
    struct Identification: Decodable {
        struct Point: Decodable {
            let rank: Int
            let fpir: Double
            let fnir: Double
        }

        let people: [String]
        let subjects: [String]
        let similarities: [[Float]]
        let ranks: [Int]
        let cmc: [Double]
        let points: [Point]
    }

    struct Classification: Decodable {
        let classes: [String]
        let truth: [Int]
        let scores: [[Float]]
        let confusion: [[Int]]
        let accuracy, precision, recall, f1, specificity, falsePositiveRate, falseNegativeRate: Double
        let negativePredictiveValue, areaUnderCurve, matthews: Double
        let microSpecificity, microF1: Double
    }

    struct Softmax: Decodable {
        let classes: Int
        let ridge: Double
        let labels: [Int]
        let inputs: [[Float]]
        let probes: [[Float]]
        let logProbabilities: [[Double]]
    }

    struct Binary: Decodable {
        let counts: [Int]
        let accuracy, precision, recall, specificity, negativePredictiveValue, f1, matthews: Double
    }

    struct McNemar: Decodable {
        let onlyFirst: Int
        let onlySecond: Int
        let exact: Double
        let mid: Double
    }

    struct Summary: Decodable {
        let values: [Double]
        let best, worst, mean, median, deviation, low, high: Double
    }

    struct Heterogeneity: Decodable {
        let effects: [Double]
        let variances: [Double]
        let between: Double
    }

    struct Normal: Decodable {
        let probability: Double
        let quantile: Double
    }

    let identification: [Identification]
    let classification: [Classification]
    let softmax: [Softmax]
    let binary: [Binary]
    let mcNemar: [McNemar]
    let summaries: [Summary]
    let heterogeneity: [Heterogeneity]
    let normal: [Normal]

    static func load() throws -> ProtocolsGolden { try Golden.load("protocols", as: ProtocolsGolden.self) }
}

struct CalibrationGolden: Decodable {
    struct Case: Decodable {
        struct Platt: Decodable {
            let slope: Double
            let intercept: Double
        }

        struct Beta: Decodable {
            let a, b, c: Double
        }

        struct Isotonic: Decodable {
            let probes: [Float]
            let probabilities: [Double]
        }

        struct Contextual: Decodable {
            let intercept: Double
            let weights: [Double]
        }

        struct Quality: Decodable {
            let bins: Int
            let equalWidth, equalMass, brier, logLoss: Double
        }

        struct Cost: Decodable {
            let cllr, minCllr: Double
        }

        let similarities: [Float]
        let mated: [Bool]
        let conditions: [PairConditions]
        let platt: Platt
        let beta: Beta
        let isotonic: Isotonic
        let contextual: Contextual
        let quality: [Quality]
        let cost: Cost

        var comparisons: [ConditionedComparison] {
            similarities.indices.map {
                ConditionedComparison(
                    Comparison(similarity: similarities[$0], isMated: mated[$0]), conditions: conditions[$0])
            }
        }
    }

    let cases: [Case]

    static func load() throws -> CalibrationGolden { try Golden.load("calibration", as: CalibrationGolden.self) }
}

/// The largest difference between our numbers and those of others, relative for numbers above 1.
struct Agreement {
    private(set) var largest = 0.0
    private(set) var count = 0

    mutating func add(_ ours: Double?, _ theirs: Double) {
        let difference = ours.map { abs($0 - theirs) / max(1, abs(theirs)) } ?? .infinity
        largest = max(largest, difference.isNaN ? .infinity : difference)
        count += 1
    }

    /// Reports the difference, and expects at most 1e-9.
    func check(_ name: String, against peer: String) {
        print("\(name): \(count) numbers differ from \(peer) by at most \(largest)")
        #expect(count > 0 && largest <= 1e-9, "\(name)")
    }
}
