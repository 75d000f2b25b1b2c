/// A plot of lines, areas and points over two axes, drawn as SVG.
///
/// ```swift
/// let points = losses.enumerated().map { Plot.Point(Double($0.offset), $0.element) }
/// let plot = Plot("Learning curve", horizontal: "step", vertical: "loss", series: [Plot.Series("sface", points)])
/// try plot.svg().write(to: URL(filePath: "loss.svg"), atomically: true, encoding: .utf8)
/// ```
public struct Plot: Sendable {
    /// A point with the interval of its height.
    public struct Point: Hashable, Sendable {
        /// The position along the horizontal axis.
        public var x: Double
        /// The position along the vertical axis.
        public var y: Double
        /// The lower end of the interval of ``y``; `nil` if there is none.
        public var low: Double?
        /// The upper end of the interval of ``y``.
        public var high: Double?

        /// Creates a point with the interval of its height.
        public init(_ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil) {
            (self.x, self.y, self.low, self.high) = (x, y, low, high)
        }
    }

    /// A series of points.
    public struct Series: Sendable {
        /// The way of drawing points.
        public enum Shape: Sendable {
            /// A line through the points, with their intervals as a band.
            case line
            /// A line with a faintly filled area below it.
            case area
            /// A disc for each point, with its interval as a bar.
            case discs
        }

        /// The name in the legend.
        public var name: String
        /// The points, by increasing x; points that are not finite are left out.
        public var points: [Point]
        /// The way of drawing them.
        public var shape: Shape

        /// Creates a series from its points.
        public init(_ name: String, _ points: [Point], shape: Shape = .line) {
            self.name = name
            self.points = points.filter { !$0.x.isNaN && !$0.y.isNaN }
            self.shape = shape
        }

        /// Returns at most `count` points, each the mean of its neighbors, without intervals.
        ///
        /// This makes a noisy series of thousands of steps readable as a line.
        public func thinned(to count: Int = 300) -> Series {
            guard points.count > count else { return self }
            let means = (0..<count).map { index in
                let group = points[index * points.count / count..<(index + 1) * points.count / count]
                let total = group.reduce((0, 0)) { ($0.0 + $1.x, $0.1 + $1.y) }
                return Point(total.0 / Double(group.count), total.1 / Double(group.count))
            }
            return Series(name, means, shape: shape)
        }
    }

    /// A dashed auxiliary line: a threshold, or the ideal.
    public struct Guide: Sendable {
        /// The start of the line.
        public var start: Point
        /// The end of the line.
        public var end: Point
        /// The label at its upper end; empty for none.
        public var label: String

        /// Creates a line between two points.
        public init(from start: Point, to end: Point, label: String = "") {
            (self.start, self.end, self.label) = (start, end, label)
        }
    }

    /// The title above the plot.
    public var title: String
    /// The horizontal axis, from left to right.
    public var horizontal: Axis
    /// The vertical axis, from bottom to top.
    public var vertical: Axis
    /// The series, the first at the back.
    ///
    /// Each has its own color and dash pattern.
    public var series: [Series]
    /// The auxiliary lines.
    public var guides: [Guide]

    /// Creates a plot from its parts.
    public init(_ title: String, horizontal: Axis, vertical: Axis, series: [Series], guides: [Guide] = []) {
        self.title = title
        self.horizontal = horizontal
        self.vertical = vertical
        self.series = series
        self.guides = guides
    }

    /// Creates a plot whose axes show all of `series`.
    public init(_ title: String, horizontal: String, vertical: String = "", series: [Series]) {
        self.init(
            title, horizontal: Axis(horizontal, fitting: series.flatMap { $0.points.map(\.x) }),
            vertical: Axis(vertical, fitting: series.flatMap { $0.points.map(\.y) }), series: series)
    }
}
