/// Finds what somebody may have meant to write.
enum Spelling {
    /// The candidate that takes the fewest changes of a letter; `nil` where none is near.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        candidates.sorted().map { ($0, distance(word.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= max(2, word.count / 3) }
            .min { $0.1 < $1.1 }?.0
    }

    /// How many letters must be put in, left out or exchanged (Levenshtein, 1966).
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
