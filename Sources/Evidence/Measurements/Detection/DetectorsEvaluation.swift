import Faces
import LikenessSupport
import Pixels
public import Recognition

/// A size at which detection is timed, such as `640x480`.
public struct TimedSize: Hashable, Sendable, CustomStringConvertible {
    /// Columns, 16...8192.
    public let width: Int
    /// Rows, 16...8192.
    public let height: Int

    /// A size.
    ///
    /// - Precondition: Both sides are 16...8192.
    public init(width: Int, height: Int) {
        precondition(Self.sides.contains(width) && Self.sides.contains(height), "sides of 16 to 8192 pixels")
        (self.width, self.height) = (width, height)
    }

    /// A size as ``description`` writes it; `nil` if the text is none.
    public init?(_ text: String) {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], Self.sides.contains(width),
            Self.sides.contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }

    private static let sides = 16...8192

    /// Columns and rows: `640x480`.
    public var description: String { "\(width)x\(height)" }
}

/// The detectors compared on pictures whose faces nobody has marked: `likeness evaluate detectors`.
///
/// Every detector looks once at every picture, without enhancement, and is judged by the others. Then some of the pictures,
/// brought to each size, are timed in turns, one at a time: only on a quiet machine the times mean something.
public struct DetectorsEvaluation: Sendable {
    /// The times that a detector took at one size.
    public struct Times: Hashable, Sendable {
        /// The pictures' size.
        public let size: TimedSize
        /// The middle one of the pictures' times, in milliseconds.
        public let median: Double
        /// The least of them.
        public let fastest: Double
        /// How many pictures were timed.
        public let pictures: Int

        init(_ size: TimedSize, milliseconds: [Double]) {
            let sorted = milliseconds.sorted()
            self.size = size
            median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
            fastest = sorted.first ?? 0
            pictures = sorted.count
        }
    }

    /// What was found.
    public struct Result: Sendable {
        /// The figures, a detector each.
        public let comparison: DetectorComparison
        /// The precision in which each detector ran.
        public let precisions: [String]
        /// Each detector's times, by size.
        public let times: [[Times]]
        /// Pictures that could not be read, which are not compared, and what was missing in others.
        public let notes: PictureNotes
    }

    /// Loads a detector, by its name: for many pictures at once, or for one if it is timed.
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
    ///   - timed: How many pictures are timed; 0 leaves the times out.
    ///   - observer: Watches what is done.
    public init(
        _ detectors: [String], sizes: [TimedSize], timed: Int,
        observer: MeasurementObserver = MeasurementObserver()
    ) {
        (self.detectors, self.sizes, self.timed, self.observer) = (detectors, sizes, timed, observer)
    }

    /// Lets every detector look at every picture, then times them.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - load: Loads each detector.
    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)`` if no picture can be read; errors of the engine;
    ///   `CancellationError`.
    public func measure(
        _ sources: [PictureSource], loading load: Load
    ) async throws -> Result {
        var notes = PictureNotes(), boxes: [[[Box]?]] = [], precisions: [String] = []
        var failures: [Int: any Error] = [:]
        observer.observe(.began(count: sources.count * detectors.count, unit: "looks"))
        defer { observer.observe(.ended) }
        for detector in detectors {
            let finder = try await load(detector, false)
            precisions.append(finder.precision)
            var found: [[Box]?] = []
            for try await (index, result) in finder.faces(of: sources) {
                switch result {
                case .success(let seen):
                    found.append(seen.faces.map(\.face.box))
                    if detector == detectors.first { notes.add(seen.remarks, on: sources[index].name) }
                case .failure(let error as CancellationError): throw error
                case .failure(let error):
                    found.append(nil)
                    failures[index] = error
                }
                observer.observe(.advanced(failed: failures[index] != nil))
            }
            boxes.append(found)
        }
        var comparison = DetectorComparison(detectors: detectors)
        for index in sources.indices where failures[index] == nil { comparison.add(boxes.compactMap { $0[index] }) }
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
        return Result(comparison: comparison, precisions: precisions, times: times, notes: notes)
    }

    /// The times of each detector, at each size.
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
                    // The first look also loads the networks for this size.
                    if number == 0 { _ = try await finder.detector.faces(in: picture) }
                    let start = ContinuousClock.now
                    _ = try await finder.detector.faces(in: picture)
                    milliseconds[index].append((ContinuousClock.now - start).seconds * 1000)
                }
            }
            for (index, taken) in milliseconds.enumerated() { times[index].append(Times(size, milliseconds: taken)) }
        }
        return times
    }
}

extension Image {
    /// The picture's middle at `size`, as much of it as fits without distortion.
    func filling(_ size: TimedSize) -> Image {
        let scale = min(Float(width) / Float(size.width), Float(height) / Float(size.height))
        let wide = Float(size.width) * scale, high = Float(size.height) * scale
        return cropped(to: Box(x: (Float(width) - wide) / 2, y: (Float(height) - high) / 2, width: wide, height: high))
            .resized(width: size.width, height: size.height)
    }
}

extension [PictureSource] {
    /// At most `count` of the pictures, spread evenly over the list.
    public func evenlySpread(_ count: Int) -> [PictureSource] { spread(count) }
}
