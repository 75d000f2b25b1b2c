extension ONNXGraph {
    /// Returns the graph with its large constants stored in 16 bits. The file is half the size, and the reader casts
    /// the numbers back.
    ///
    /// Each constant is rounded to 11 significant bits, so results differ in the fourth digit. To get the same numbers
    /// as in training, round the constants there first.
    ///
    /// - Parameters:
    ///   - count: The smallest number of elements of a constant that is stored in 16 bits.
    ///   - isChosen: Returns whether the constant of this name is stored in 16 bits.
    public func storingHalves(
        from count: Int = 256, where isChosen: (String) -> Bool = { _ in true }
    ) -> ONNXGraph {
        var graph = self
        var casts: [ONNXNode] = []
        for (name, constant) in constants.sorted(by: { $0.key < $1.key })
        where constant.element == .float32 && constant.count >= count && isChosen(name) {
            let stored = name + ".half"
            graph.constants[name] = nil
            graph.constants[stored] = constant.to(.float16)
            casts.append(
                ONNXNode(
                    operation: "Cast", inputs: [stored], output: name,
                    attributes: ["to": .int(EncodedConstant.Element.float32.rawValue)]))
        }
        graph.nodes = casts + graph.nodes
        return graph
    }
}
