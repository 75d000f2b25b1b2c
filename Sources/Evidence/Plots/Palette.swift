/// The colors of plots, distinguishable for color-blind readers on white and on black backgrounds.
enum Palette {
    /// The colors on white (Okabe and Ito, *Color Universal Design*, 2008).
    private static let light = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
    /// The same hues, lightened for a black background.
    private static let dark = ["#56B4E9", "#FF8A3D", "#2CCB9C", "#E3A3C8", "#F2C14E", "#A8D8F5", "#FFFFFF"]
    /// Dash patterns, so that lines can be distinguished without their colors.
    private static let dashes = ["", "9 4", "2.5 3", "9 3 2.5 3", "15 4", "5 2", "12 3 2.5 3 2.5 3"]

    /// Returns the index of a series' color.
    static func index(_ series: Int) -> Int { series % light.count }

    /// Returns the attributes that draw the line of a series.
    static func stroke(_ series: Int) -> String {
        let index = index(series)
        // When colors repeat, they have different dashes.
        let pattern = dashes[(series + series / light.count) % dashes.count]
        let dashes = pattern.isEmpty ? "" : " stroke-dasharray=\"\(pattern)\""
        return "class=\"s\(index)\" stroke=\"\(light[index])\"\(dashes)"
    }

    /// Returns the attributes that fill an area of a series.
    static func fill(_ series: Int, opacity: Double) -> String {
        let index = index(series)
        return "class=\"f\(index)\" fill=\"\(light[index])\" fill-opacity=\"\(Markup.number(opacity))\""
    }

    /// The attributes of text.
    static let ink = "class=\"ink\" fill=\"#1f2328\""
    /// The attributes of text among the data, with a halo in the background color.
    static let halo = "class=\"ink halo\" fill=\"#1f2328\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\""
    /// The attributes of grid lines.
    static let grid = "class=\"grid\" stroke=\"#dde1e6\""
    /// The attributes of the frame around the data.
    static let frame = "class=\"frame\" stroke=\"#6e7781\""
    /// The attributes of the background.
    static let paper = "class=\"paper\" fill=\"#ffffff\""

    /// The style sheet for dark mode.
    ///
    /// The colors themselves are attributes, which every SVG program supports. A browser in dark mode uses these colors
    /// instead.
    static let stylesheet: String = {
        let rules = dark.enumerated().map { ".plot .s\($0){stroke:\($1)}.plot .f\($0){fill:\($1)}" }.joined()
        return "@media (prefers-color-scheme:dark){.plot .ink{fill:#e6edf3}.plot .halo{stroke:#161b22}"
            + ".plot .grid{stroke:#30363d}.plot .frame{stroke:#8b949e}.plot .paper{fill:#161b22}\(rules)}"
    }()
}
