extension IdentityList {
    /// Creates a list of the pictures in a list of pairs, without duplicates, with the people in them if the list of
    /// pairs names them.
    ///
    /// - Parameters:
    ///   - pairs: The pairs.
    ///   - name: The list's name in messages.
    public init(picturesOf pairs: PairList, name: String) {
        var seen: Set<String> = []
        self.init(
            name: name,
            pictures: pairs.pairs.flatMap { pair in
                [(pair.imageA, pair.personA), (pair.imageB, pair.personB)].compactMap { image, person in
                    seen.insert(image).inserted ? Picture(file: image, identity: person, line: pair.line) : nil
                }
            })
    }
}
