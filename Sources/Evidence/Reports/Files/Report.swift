public import Plots

/// Everything that a report consists of, but for its record for programs.
public struct Report: Sendable {
    /// What a person reads.
    public var page: Page
    /// The plots that are files too, by their names without extension.
    public var plots: [String: Plot]
    /// What was drawn, in numbers: rows with a heading, by the files' names without extension.
    public var tables: [String: [[String]]]

    /// Creates a report from its parts.
    public init(page: Page, plots: [String: Plot], tables: [String: [[String]]]) {
        (self.page, self.plots, self.tables) = (page, plots, tables)
    }

    /// The files, by name.
    var files: [String: String] {
        var files = [ReportFolder.page: page.html]
        for (name, plot) in plots { files[name + ".svg"] = plot.svg() }
        for (name, rows) in tables { files[name + ".csv"] = CSV.text(rows) }
        return files
    }
}
