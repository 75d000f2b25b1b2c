import Plots

extension Page {
    /// The page as an HTML file.
    ///
    /// It loads no other files: all its links lead to its own headings.
    public var html: String {
        let title = Markup.escaped(self.title)
        let links = sections.enumerated().map { "<a href=\"#s\($0 + 1)\">\(Markup.escaped($1.title))</a>" }
        let sections = self.sections.enumerated().map { index, section in
            "<section id=\"s\(index + 1)\">\n<h2>\(Markup.escaped(section.title))</h2>\n"
                + section.blocks.map(\.html).joined() + "</section>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            \(Self.stylesheet)\(Plot.stylesheet)
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            \(summary.map { "<p class=\"lead\">\(Markup.escaped($0))</p>\n" }.joined())\
            <nav>\(links.joined(separator: "\n"))</nav>
            </header>
            <main>
            \(sections.joined())</main>
            </body>
            </html>

            """
    }
}

extension Page.Block {
    fileprivate var html: String {
        switch self {
        case .text(let text): "<p>\(Markup.escaped(text))</p>\n"
        case .note(let text): "<p class=\"note\">\(Markup.escaped(text))</p>\n"
        case .list(let lines): "<ul>\n\(lines.map { "<li>\(Markup.escaped($0))</li>\n" }.joined())</ul>\n"
        case .facts(let facts):
            "<dl>\n"
                + facts.map { "<div><dt>\(Markup.escaped($0.name))</dt><dd>\(Markup.escaped($0.value))</dd></div>\n" }
                .joined() + "</dl>\n"
        case .table(let table): table.html
        case .plots(let plots):
            "<div class=\"plots\">\n\(plots.map { "<figure>\($0.element())</figure>\n" }.joined())</div>\n"
        case .pairs(let pairs): "<div class=\"pairs\">\n\(pairs.map(\.html).joined())</div>\n"
        case .folded(let title, let blocks):
            "<details>\n<summary>\(Markup.escaped(title))</summary>\n\(blocks.map(\.html).joined())</details>\n"
        }
    }
}

extension Page.Table {
    fileprivate var html: String {
        let heading = columns.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
        let body = rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == 0
                    ? "<th scope=\"row\">\(Markup.escaped(cell))</th>" : "<td>\(Markup.escaped(cell))</td>"
            }
            return "<tr>\(cells.joined())</tr>\n"
        }
        return "<div class=\"scroll\"><table\(hasNumbers ? " class=\"numbers\"" : "")>\n"
            + "<thead><tr>\(heading)</tr></thead>\n<tbody>\n\(body.joined())</tbody>\n</table></div>\n"
    }
}

extension PicturePair {
    fileprivate var html: String {
        "<figure class=\"pair\">\n<div>\(first.html)\(second.html)</div>\n<figcaption>"
            + captions.map { "<span>\(Markup.escaped($0))</span>" }.joined() + "</figcaption>\n</figure>\n"
    }
}

extension PicturePair.Picture {
    fileprivate var html: String {
        guard let thumbnail else { return "<span class=\"missing\">\(Markup.escaped(name))</span>" }
        return "<img src=\"\(thumbnail.address)\" width=\"\(thumbnail.width)\" height=\"\(thumbnail.height)\" "
            + "alt=\"\(Markup.escaped(name))\" title=\"\(Markup.escaped(name))\">"
    }
}
