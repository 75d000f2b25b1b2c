import LikenessSupport
public import Plots

/// The content of a report, except for its JSON record.
public struct Report: Sendable {
    /// The HTML page.
    public var page: Page
    /// The plots that are also written to files, by file name without extension.
    public var plots: [String: Plot]
    /// The plotted numbers: rows with a heading, by file name without extension.
    public var tables: [String: [[String]]]

    /// Creates a report from its parts.
    public init(page: Page, plots: [String: Plot], tables: [String: [[String]]]) {
        (self.page, self.plots, self.tables) = (page, plots, tables)
    }

    /// The contents of the files, by name.
    var files: [String: String] {
        var files = [ReportFolder.page: page.html]
        for (name, plot) in plots { files[name + ".svg"] = plot.svg() }
        for (name, rows) in tables { files[name + ".csv"] = CSV.text(rows) }
        return files
    }
}
