/// A finder of the word that a misspelled word was probably meant to be.
enum Spelling {
    /// Returns the candidate with the fewest changed letters; `nil` if no candidate is close.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        candidates.sorted().map { ($0, distance(word.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= max(2, word.count / 3) }
            .min { $0.1 < $1.1 }?.0
    }

    /// Returns the number of letters that must be inserted, deleted or replaced (Levenshtein, 1966).
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
