public import Augmentation
public import Datasets
public import Evaluation
import Faces
public import Recognition
public import Reports

/// Robustness: errors against noise, blur, JPEG quality, darkness, resolution and occlusion, by one model or by several:
/// `likeness evaluate curves`.
///
/// The threshold is fixed on the pairs as they are; then the second picture of each pair is distorted in memory, strength by
/// strength, and the errors are counted at that threshold. A picture in which no face is found any more never matches.
public struct CurvesEvaluation: Sendable {
    /// One model's figures.
    public struct Measured: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// Pictures without a face as they are, or unreadable.
        public let failures: [PairsReport.FailedImage]
        /// The figures.
        public let curves: DistortionCurves
        let recognizer: Recognizer
        let unaltered: [Comparison]
        let altered: [Altered]
    }

    /// The pairs under one distortion.
    struct Altered: Sendable {
        var distortion: Distortion
        /// In the list's order.
        var comparisons: [Comparison]
    }

    private let distortions: [Distortion]
    private let rate: Double
    private let seed: UInt64
    private let reading: PictureReading
    private var pairs: ReadablePairs
    /// The models that were measured, in their order.
    public private(set) var measured: [Measured] = []

    /// An evaluation that has not measured any model yet.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - distortions: What is done to the second pictures, in the order in which it is measured.
    ///   - rate: The false match rate at which the threshold is fixed, between 0 and 1.
    ///   - seed: Another seed, another grain of the noise and another place of what covers the face.
    ///   - reading: How the pictures are read.
    public init(
        _ list: PairList, distortions: [Distortion], falseMatchRate rate: Double = 1e-3, seed: UInt64 = 1,
        reading: PictureReading
    ) {
        pairs = ReadablePairs(list)
        (self.distortions, self.rate, self.seed, self.reading) = (distortions, rate, seed, reading)
    }

    /// How many pictures the pairs that are left have.
    public var pictureCount: Int { pairs.list.images.count }
    /// What is to be said of the pictures.
    public var notes: PictureNotes { pairs.notes }

    /// Measures a model and adds it to ``measured``.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public mutating func measure(by recognizer: Recognizer) async throws {
        let pictures = try await DistortedPairs(pairs, reading: reading, by: recognizer)
        pairs = pictures.pairs
        let unaltered = try pictures.unaltered()
        var curves = try DistortionCurves(unaltered: unaltered, falseMatchRate: rate)
        var altered: [Altered] = []
        for distortion in distortions {
            let comparisons = try await pictures.comparisons(under: distortion, seed: seed)
            let kind = distortion.kind
            try curves.add(
                comparisons, kind: kind.rawValue, unit: kind.unit,
                neutralStrength: kind.neutralStrength.map { Double($0) }, strength: distortion.number)
            altered.append(Altered(distortion: distortion, comparisons: comparisons))
        }
        measured.append(
            Measured(
                conditions: MeasurementConditions(recognizer, face: reading.selection, pairs),
                failures: pictures.failures, curves: curves, recognizer: recognizer, unaltered: unaltered,
                altered: altered))
    }

    /// The first model beside each other one, on the same pairs; one less than there are models.
    public func contrasts() throws -> [DistortionContrast] {
        guard let first = measured.first else { return [] }
        return try measured.dropFirst().map { try DistortionContrast(first, $0) }
    }

    /// The page of the models that were measured.
    ///
    /// - Parameters:
    ///   - contrasts: As ``contrasts()`` gives them.
    ///   - provenance: The origin of the measurement.
    public func page(_ contrasts: [DistortionContrast], provenance: Provenance) -> Report {
        let measurements = measured.map { entry in
            DistortionMeasurement(
                model: MeasuredModel(
                    card: entry.recognizer.embedder.card, conditions: entry.conditions.facts),
                curves: entry.curves, failures: entry.failures)
        }
        return Report(distortions: measurements, contrasts: contrasts, provenance: provenance)
    }
}

extension DistortionContrast {
    /// Two models on the same pairs.
    fileprivate init(_ first: CurvesEvaluation.Measured, _ second: CurvesEvaluation.Measured) throws {
        try self.init(
            unaltered: (first.unaltered, second.unaltered),
            thresholds: (first.curves.threshold, second.curves.threshold))
        for (one, other) in zip(first.altered, second.altered) {
            try add(
                (one.comparisons, other.comparisons), kind: one.distortion.kind.rawValue,
                strength: one.distortion.number)
        }
    }
}

extension Distortion {
    /// The strength as it was written: 0.3 is 0.3.
    fileprivate var number: Double { Double("\(strength)") ?? Double(strength) }
}
