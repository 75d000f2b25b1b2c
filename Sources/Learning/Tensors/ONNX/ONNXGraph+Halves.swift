extension ONNXGraph {
    /// The graph with its large constants kept in 16 bits: a file of half the size, whose numbers are cast when it is read.
    ///
    /// Each constant is rounded to 11 significant bits, so that results differ in the fourth digit; whoever wants the same
    /// numbers as in training rounds them there first.
    ///
    /// - Parameters:
    ///   - count: Constants of at least so many numbers are kept so.
    ///   - isChosen: Whether a constant of this name is kept so.
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
