public import Augmentation
public import Datasets
public import Evaluation
import Faces
public import Recognition
public import Reports

/// Evaluates robustness: the errors under noise, blur, JPEG compression, darkness, low resolution and occlusion, of one
/// or more models. `likeness evaluate curves`.
///
/// The threshold is chosen on the unaltered pairs and stays fixed. Then the second picture of each pair is distorted in
/// memory with increasing strength, and the errors at that threshold are counted. A picture in which a face is no
/// longer found never matches.
public struct CurvesEvaluation: Sendable {
    /// The results of one model.
    public struct Measured: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The pictures that have no face when unaltered, or can't be read.
        public let failures: [PairsReport.FailedImage]
        /// The curves.
        public let curves: DistortionCurves
        let recognizer: Recognizer
        let unaltered: [Comparison]
        let altered: [Altered]
    }

    /// The pairs under one distortion.
    struct Altered: Sendable {
        var distortion: Distortion
        /// The comparisons, in the order of the list.
        var comparisons: [Comparison]
    }

    private let distortions: [Distortion]
    private let rate: Double
    private let seed: UInt64
    private let reading: PictureReading
    private var pairs: ReadablePairs
    /// The results of the models, in the order in which they were measured.
    public private(set) var measured: [Measured] = []

    /// Creates an evaluation, for which no model is measured yet.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - distortions: The distortions of the second pictures, in the order in which they are measured.
    ///   - rate: The false match rate for which the threshold is chosen, between 0 and 1.
    ///   - seed: The seed for the noise and for the position of occlusions.
    ///   - reading: How the pictures are read.
    public init(
        _ list: PairList, distortions: [Distortion], falseMatchRate rate: Double = 1e-3, seed: UInt64 = 1,
        reading: PictureReading
    ) {
        pairs = ReadablePairs(list)
        (self.distortions, self.rate, self.seed, self.reading) = (distortions, rate, seed, reading)
    }

    /// The number of pictures in the remaining pairs.
    public var pictureCount: Int { pairs.list.images.count }
    /// Notes on the pictures.
    public var notes: PictureNotes { pairs.notes }

    /// Measures a model and adds its results to ``measured``.
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

    /// Compares the first model with each of the others on the same pairs.
    public func contrasts() throws -> [DistortionContrast] {
        guard let first = measured.first else { return [] }
        return try measured.dropFirst().map { try DistortionContrast(first, $0) }
    }

    /// Creates the report on the measured models.
    ///
    /// - Parameters:
    ///   - contrasts: The result of ``contrasts()``.
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
    /// Compares two models on the same pairs.
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
    /// The strength as the number in its decimal notation: 0.3 gives exactly 0.3.
    fileprivate var number: Double { Double("\(strength)") ?? Double(strength) }
}
