import Faces
import LikenessSupport
public import Pixels
public import Recognition

/// A size at which detection is timed, such as `640x480`.
public struct TimedSize: Hashable, Sendable, CustomStringConvertible {
    /// The width, 16...8192 pixels.
    public let width: Int
    /// The height, 16...8192 pixels.
    public let height: Int

    /// Creates a size.
    ///
    /// - Precondition: Both sides are 16...8192 pixels.
    public init(width: Int, height: Int) {
        precondition(Self.sides.contains(width) && Self.sides.contains(height), "the sides must have 16 to 8192 pixels")
        (self.width, self.height) = (width, height)
    }

    /// Creates a size from its ``description``; returns `nil` if the text is not a size.
    public init?(_ text: String) {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], Self.sides.contains(width),
            Self.sides.contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }

    private static let sides = 16...8192

    /// The width and height, such as `640x480`.
    public var description: String { "\(width)x\(height)" }
}

/// Compares detectors on pictures whose faces nobody has marked: `likeness evaluate detectors`.
///
/// Every detector searches every picture once, without enhancement, and is judged by the others. Then some of the
/// pictures are scaled to each size, and detection is timed one picture at a time, with the detectors taking turns. The
/// times are meaningful only on a machine without other load.
public struct DetectorsEvaluation: Sendable {
    /// The detection times of a detector at one size.
    public struct Times: Hashable, Sendable {
        /// The pictures' size.
        public let size: TimedSize
        /// The median time, in milliseconds.
        public let median: Double
        /// The shortest time, in milliseconds.
        public let fastest: Double
        /// The number of pictures timed.
        public let pictures: Int

        init(_ size: TimedSize, milliseconds: [Double]) {
            let sorted = milliseconds.sorted()
            self.size = size
            median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
            fastest = sorted.first ?? 0
            pictures = sorted.count
        }
    }

    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The comparison, with figures for each detector.
        public let comparison: DetectorComparison
        /// The precision with which each detector ran.
        public let precisions: [String]
        /// The times of each detector, one entry for each size.
        public let times: [[Times]]
        /// The shares of the marked faces that each detector finds; empty if none are marked.
        public let marked: [MarkedFaceFigures]
        /// Notes on the pictures, including those that could not be read and are not compared.
        public let notes: PictureNotes
    }

    /// A closure that loads a detector by its name, for many pictures at once, or for one at a time if it is timed.
    public typealias Load = (_ detector: String, _ isTimed: Bool) async throws -> FaceFinder

    private let detectors: [String]
    private let sizes: [TimedSize]
    private let timed: Int
    private let observer: MeasurementObserver

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - detectors: The detectors' names, two or more.
    ///   - sizes: The sizes at which detection is timed.
    ///   - timed: The number of pictures to time; 0 for no timing.
    ///   - observer: Observes the progress.
    public init(
        _ detectors: [String], sizes: [TimedSize], timed: Int,
        observer: MeasurementObserver = MeasurementObserver()
    ) {
        (self.detectors, self.sizes, self.timed, self.observer) = (detectors, sizes, timed, observer)
    }

    /// Runs every detector on every picture, then measures the times.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - marked: The boxes of all faces of each picture; `nil` if they are not marked.
    ///   - load: Loads each detector.
    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)`` if no picture can be read; errors of the engine;
    ///   `CancellationError`.
    public func measure(
        _ sources: [PictureSource], marked: [[Box]]? = nil, loading load: Load
    ) async throws -> Result {
        var notes = PictureNotes(), looks: [[[Face]?]] = [], precisions: [String] = []
        var failures: [Int: any Error] = [:]
        observer.observe(.began(count: sources.count * detectors.count, unit: "looks"))
        defer { observer.observe(.ended) }
        for detector in detectors {
            let finder = try await load(detector, false)
            precisions.append(finder.precision)
            var found: [[Face]?] = []
            for try await (index, result) in finder.faces(of: sources) {
                switch result {
                case .success(let seen):
                    found.append(seen.faces.map(\.face))
                    if detector == detectors.first { notes.add(seen.remarks, on: sources[index].name) }
                case .failure(let error as CancellationError): throw error
                case .failure(let error):
                    found.append(nil)
                    failures[index] = error
                }
                observer.observe(.advanced(failed: failures[index] != nil))
            }
            looks.append(found)
        }
        var comparison = DetectorComparison(detectors: detectors)
        for index in sources.indices where failures[index] == nil {
            comparison.add(looks.compactMap { $0[index]?.map(\.box) })
        }
        if failures.count == sources.count, let first = failures.min(by: { $0.key < $1.key }) {
            throw MeasurementError.nothingUsable(
                count: sources.count, unit: "pictures",
                first: "\(sources[first.key].name): \(ForeignError.translating(first.value).description)")
        }
        for (index, error) in failures.sorted(by: { $0.key < $1.key }) {
            notes.addUnreadable(sources[index].name, error)
        }
        let read = sources.indices.filter { failures[$0] == nil }.map { sources[$0] }
        let times = try await times(on: read.spread(timed), loading: load)
        let figures = marked.map { marked in looks.map { Self.figures(of: $0, marked: marked, without: failures) } }
        return Result(
            comparison: comparison, precisions: precisions, times: times, marked: figures ?? [], notes: notes)
    }

    /// Compares what one detector found with the marked boxes, in all pictures that could be read.
    private static func figures(
        of found: [[Face]?], marked: [[Box]], without failures: [Int: any Error]
    ) -> MarkedFaceFigures {
        var figures = MarkedFaceFigures()
        for (index, boxes) in marked.enumerated() where failures[index] == nil {
            if let faces = found[index] { figures.add(marked: boxes, found: faces) }
        }
        return figures
    }

    /// Measures the times of each detector at each size.
    private func times(
        on sources: [PictureSource], loading load: Load
    ) async throws -> [[Times]] {
        guard !sources.isEmpty else { return detectors.map { _ in [] } }
        var finders: [FaceFinder] = []
        for detector in detectors { finders.append(try await load(detector, true)) }
        var times: [[Times]] = detectors.map { _ in [] }
        for size in sizes {
            var milliseconds: [[Double]] = detectors.map { _ in [] }
            for (number, source) in sources.enumerated() {
                try Task.checkCancellation()
                let picture = try await source.image(limits: DecodingLimits()).filling(size)
                for (index, finder) in finders.enumerated() {
                    // The first run also loads the networks for this size, so it is not timed.
                    if number == 0 { _ = try await finder.faces(in: picture) }
                    let seen = try await finder.faces(in: picture)
                    milliseconds[index].append(seen.durations.detect * 1000)
                }
            }
            for (index, taken) in milliseconds.enumerated() { times[index].append(Times(size, milliseconds: taken)) }
        }
        return times
    }
}

extension Image {
    /// Returns the largest central part of the picture with the proportions of `size`, scaled to `size`.
    func filling(_ size: TimedSize) -> Image {
        let scale = min(Float(width) / Float(size.width), Float(height) / Float(size.height))
        let wide = Float(size.width) * scale, high = Float(size.height) * scale
        return cropped(to: Box(x: (Float(width) - wide) / 2, y: (Float(height) - high) / 2, width: wide, height: high))
            .resized(width: size.width, height: size.height)
    }
}

extension [PictureSource] {
    /// Returns at most `count` of the pictures, evenly spaced over the list.
    public func evenlySpread(_ count: Int) -> [PictureSource] { spread(count) }
}
