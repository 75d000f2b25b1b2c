/// Lines, areas and marked points over two axes, to be drawn as SVG.
public struct Plot: Sendable {
    /// A place, and how sure its height is.
    public struct Point: Hashable, Sendable {
        /// Along the horizontal axis.
        public var x: Double
        /// Along the vertical axis.
        public var y: Double
        /// Lower end of the interval of ``y``; `nil` if there is none.
        public var low: Double?
        /// Upper end.
        public var high: Double?

        /// Creates a place, and the interval of its height.
        public init(_ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil) {
            (self.x, self.y, self.low, self.high) = (x, y, low, high)
        }
    }

    /// Points that belong together.
    public struct Series: Sendable {
        /// How points are drawn.
        public enum Shape: Sendable {
            /// A line through them, its intervals as a band.
            case line
            /// A line, and all below it faintly filled.
            case area
            /// A disc for each, its interval as a bar.
            case discs
        }

        /// What the legend calls them.
        public var name: String
        /// In rising order of x; those that are no numbers are left out.
        public var points: [Point]
        /// How they are drawn.
        public var shape: Shape

        /// Points under a name.
        public init(_ name: String, _ points: [Point], shape: Shape = .line) {
            self.name = name
            self.points = points.filter { !$0.x.isNaN && !$0.y.isNaN }
            self.shape = shape
        }

        /// At most `count` points, each the mean of its neighbors and without interval: what is noise over thousands of
        /// steps is a line.
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

    /// A dashed line beside the data: a threshold, or what would be perfect.
    public struct Guide: Sendable {
        /// Where it begins.
        public var start: Point
        /// Where it ends.
        public var end: Point
        /// What stands at its upper end; empty for nothing.
        public var label: String

        /// Creates a line from one place to another.
        public init(from start: Point, to end: Point, label: String = "") {
            (self.start, self.end, self.label) = (start, end, label)
        }
    }

    /// What stands above it.
    public var title: String
    /// From left to right.
    public var horizontal: Axis
    /// From below to above.
    public var vertical: Axis
    /// What is drawn, the first below the others; each has a color and a pattern of dashes of its own.
    public var series: [Series]
    /// Lines beside the data.
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
