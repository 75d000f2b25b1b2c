import Datasets
import Evaluation
import Faces
import Foundation
import Pixels
import Reports

/// Synthetic measurements.
enum Made {
    /// A name that would be markup if not escaped.
    static let hostile = "<img src=http://example.com/x onerror=alert(1)>&\"'.jpg"

    /// Returns a card without weights.
    static func card(_ name: String) throws -> ModelCard {
        let text = """
            {"name": "\(name)", "version": "1", "task": "embedding", "architecture": "a network",
             "weights": [{"file": "model.onnx", "sha256": "\(String(repeating: "ab", count: 32))", "bytes": 1,
                          "precisions": ["f32"]}],
             "input": {"name": "data", "width": 112, "height": 112, "layout": "nchw", "channels": "rgb",
                       "normalization": "fixed", "mean": [0, 0, 0], "scale": [1, 1, 1]},
             "outputs": [], "licence": "Apache-2.0", "licenceNote": "As the authors say.",
             "origin": {"status": "verified", "text": "Byte for byte."}, "trainingData": "unknown",
             "citation": "A paper"}
            """
        return try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
    }

    /// Pairs of 40 people in folds, with a hostile name among the pictures.
    static let list = PairList(
        name: "pairs.csv",
        pairs: (0..<400).map { index in
            let isMated = index % 2 == 0, person = index % 40
            return PairList.Pair(
                imageA: index == 1 ? hostile : "a\(index).jpg", imageB: "b\(index).jpg", isMated: isMated,
                fold: index / 40, personA: "\(person)", personB: isMated ? "\(person)" : "\((person + 7) % 40)",
                line: index + 1)
        }, folding: .given)

    /// Returns similarities that overlap somewhat; `gain` separates the mated ones from the others.
    static func comparisons(gain: Float = 0) -> [Comparison] {
        var state: UInt32 = 7
        return list.comparisons { pair in
            state = state &* 1_664_525 &+ 1_013_904_223
            let noise = Float(state >> 16) / 65536 - 0.5
            return pair.line == 4 ? nil : (pair.isMated ? 0.5 + gain : 0.1) + noise * 0.6
        }
    }

    /// Returns the results of `model` on the pairs.
    static func measurement(_ model: String, gain: Float = 0) throws -> PairsMeasurement {
        let comparisons = comparisons(gain: gain)
        let report = try PairsReport(
            comparisons, folding: .given, failures: [PairsReport.FailedImage(image: hostile, reason: "no <face>")],
            rates: [0.1, 1e-3], thresholds: [0.4])
        let thumbnail = try Thumbnail(Image(width: 300, height: 200, color: Color(red: 200, green: 90, blue: 30)))
        let pair = PicturePair(
            first: PicturePair.Picture(name: hostile, thumbnail: thumbnail),
            second: PicturePair.Picture(name: "lost.jpg", thumbnail: nil), captions: ["similarity 0.5", hostile])
        return PairsMeasurement(
            model: MeasuredModel(card: try card(model), conditions: [Page.Fact("Detector", "yunet")]), report: report,
            comparisons: comparisons, falseMatches: [pair], falseNonMatches: [pair])
    }

    static let provenance = Provenance(
        data: [Page.Fact("Pairs", hostile)], command: "likeness evaluate pairs --images 'a b'",
        date: Date(timeIntervalSince1970: 0), program: "likeness 0")
}
