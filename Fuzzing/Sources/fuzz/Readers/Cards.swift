import Foundation
import Pixels

@testable import Faces

extension Reader {
    static let cards = [
        Reader("model-card", longest: 16_384, expects: { $0 is DecodingError }) { bytes in
            let card = try JSONDecoder().decode(ModelCard.self, from: Data(bytes))
            _ = card.identity.description
            for rate in rates { tryAll(decisionsOf: card, at: rate) }
            for threshold in similarities {
                if let rule = try? MatchRule(card, threshold: threshold) { tryAll(rule) }
            }
            if let template = card.template, template.size <= 256 {
                for face in faces { _ = try? face.aligned(in: picture, to: template) }
            }
        }
    ]

    private static let rates = [0, 1e-300, 1e-9, 1e-6, 9.9e-5, 1e-4, 1e-3, 0.01, 0.1, 0.999, 1, .infinity]
    private static let similarities: [Float] = [-1, -0.2, 0, 0.3, 0.36, 0.7, 1]
    private static let picture = Image(width: 24, height: 20, pixels: [UInt8](repeating: 90, count: 24 * 20 * 3))

    /// Plain conditions, and extreme numbers.
    private static let conditions: [PairConditions?] =
        [nil]
        + [0, 1, -1, 0.5, 60, -.greatestFiniteMagnitude, .greatestFiniteMagnitude].map { (value: Float) in
            ContextVector(values: [Float](repeating: value, count: ContextVector.names.count))
                .map { PairConditions($0, $0) }
        }

    static let faces: [Face] = [
        Face(
            box: Box(x: 2, y: 2, width: 16, height: 16), confidence: 0.9,
            landmarks: Landmarks(points: [(7, 8), (14, 8), (10, 12), (8, 15), (13, 15)].map { Point(x: $0, y: $1) })),
        Face(
            box: Box(x: -1e6, y: 1e6, width: 1e-6, height: 1e6), confidence: 0,
            landmarks: Landmarks(
                points: [(-1e6, 0), (1e6, 0), (0, 0), (1, 1e6), (1e6, -1e6)].map { Point(x: $0, y: $1) })),
    ]

    private static func tryAll(decisionsOf card: ModelCard, at rate: Double) {
        _ = try? card.threshold(falseMatchRate: rate)
        for adapts in [true, false] {
            if let rule = try? MatchRule(card, falseMatchRate: rate, adapts: adapts) { tryAll(rule) }
        }
    }

    private static func tryAll(_ rule: MatchRule) {
        _ = rule.falseMatchRate
        for similarity in similarities {
            for conditions in conditions { _ = rule.decide(similarity: similarity, conditions: conditions) }
        }
        let ratios = similarities.compactMap { rule.logLikelihoodRatio(similarity: $0, conditions: nil) }
        _ = rule.posteriors(logRatios: ratios, people: ratios.count)
    }
}
