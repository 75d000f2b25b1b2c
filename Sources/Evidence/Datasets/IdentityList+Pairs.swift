extension IdentityList {
    /// The pictures that pairs name, each once, with who is in them if the list of pairs says so.
    ///
    /// - Parameters:
    ///   - pairs: The pairs.
    ///   - name: What messages call the list.
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
