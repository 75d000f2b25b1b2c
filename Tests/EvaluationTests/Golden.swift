import Evaluation
import Foundation

/// The output of `scripts/golden/evaluation_golden.py`.
enum Golden {
    struct Curves: Decodable {
        let cases: [String: Case]
    }

    struct Case: Decodable {
        let similarities: [Float?]
        let mated: [Bool]
        let folds: [Int]
        let expected: Expected

        var comparisons: [Comparison] {
            similarities.indices.map {
                Comparison(similarity: similarities[$0], isMated: mated[$0], fold: folds[$0])
            }
        }
    }

    struct Expected: Decodable {
        struct ROC: Decodable {
            let threshold: [Float]
            let falseMatchRate: [Double]
            let trueMatchRate: [Double]
        }

        struct Rate: Decodable {
            let fmr: Double
            let value: Double
        }

        struct Accuracy: Decodable {
            let mean: Double
            let standardError: Double
            let folds: [Double]
            let thresholds: [Float]
        }

        let auc: Double
        let eer: Double
        let roc: ROC
        let tar: [Rate]
        let accuracy: Accuracy
    }

    struct Binomial: Decodable {
        struct Beta: Decodable {
            let a: Double
            let b: Double
            let x: Double
            let value: Double
        }

        struct Interval: Decodable {
            let successes: Int
            let trials: Int
            let level: Double
            let low: Double
            let high: Double
        }

        let incompleteBeta: [Beta]
        let clopperPearson: [Interval]
    }

    static func curves() throws -> [String: Case] { try load("curves", as: Curves.self).cases }

    static func binomial() throws -> Binomial { try load("binomial", as: Binomial.self) }

    static func load<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
        let file = Bundle.module.bundleURL.appending(path: "Golden/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }
}
