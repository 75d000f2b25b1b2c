public import Tensors

extension InceptionResNetV1 {
    /// The names of values in FaceNet-128's file, by our names, for FaceNet with folded normalization.
    ///
    /// The file keeps the names of the original Keras layers. A projection has the name of the layer that scaled it.
    public static let pretrainedNames: [String: String] = {
        var names: [String: String] = [:]
        func unit(_ ours: String, _ theirs: String) {
            for value in ["weight", "bias"] { names["\(ours).conv.\(value)"] = "\(theirs)_BatchNorm.\(value)" }
        }
        func block(_ ours: String, _ theirs: String, _ branches: [[String]], lambda: Int) {
            for (branch, units) in branches.enumerated() {
                for (index, name) in units.enumerated() {
                    unit("\(ours).branch\(branch).\(index)", "\(theirs)_Branch_\(branch)_\(name)")
                }
            }
            for value in ["weight", "bias"] {
                names["\(ours).projection.\(value)"] = lambda == 0 ? "lambda.\(value)" : "lambda_\(lambda).\(value)"
            }
        }
        let stem = ["1a_3x3", "2a_3x3", "2b_3x3", "3b_1x1", "4a_3x3", "4b_3x3"]
        for (index, name) in stem.enumerated() { unit("trunk.stem.\(index)", "Conv2d_\(name)") }
        for index in 0..<5 {
            block(
                "trunk.block35.\(index)", "Block35_\(index + 1)",
                [
                    ["Conv2d_1x1"], ["Conv2d_0a_1x1", "Conv2d_0b_3x3"],
                    ["Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_0c_3x3"],
                ], lambda: index)
        }
        for index in 0..<10 {
            block(
                "trunk.block17.\(index)", "Block17_\(index + 1)",
                [["Conv2d_1x1"], ["Conv2d_0a_1x1", "Conv2d_0b_1x7", "Conv2d_0c_7x1"]], lambda: 5 + index)
        }
        for index in 0..<6 {
            block(
                "trunk.block8.\(index)", "Block8_\(index + 1)",
                [["Conv2d_1x1"], ["Conv2d_0a_1x1", "Conv2d_0b_1x3", "Conv2d_0c_3x1"]], lambda: 15 + index)
        }
        let reductionA = [["Conv2d_1a_3x3"], ["Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_1a_3x3"]]
        let reductionB = [
            ["Conv2d_0a_1x1", "Conv2d_1a_3x3"], ["Conv2d_0a_1x1", "Conv2d_1a_3x3"],
            ["Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_1a_3x3"],
        ]
        for (ours, theirs, branches) in [
            ("trunk.reductionA", "Mixed_6a", reductionA), ("trunk.reductionB", "Mixed_7a", reductionB),
        ] {
            for (branch, units) in branches.enumerated() {
                for (index, name) in units.enumerated() {
                    unit("\(ours).branch\(branch).\(index)", "\(theirs)_Branch_\(branch)_\(name)")
                }
            }
        }
        for value in ["weight", "bias"] { names["bottleneck.\(value)"] = "Bottleneck_BatchNorm.\(value)" }
        return names
    }()

    /// Returns FaceNet-128's weights under our names.
    ///
    /// - Parameter values: The values in its file.
    /// - Throws: `ParameterError` with the name of a value that is missing or that has no name here.
    public static func pretrained(_ values: [String: Tensor]) throws(ParameterError) -> [String: Tensor] {
        var renamed: [String: Tensor] = [:]
        for (ours, theirs) in pretrainedNames {
            guard let value = values[theirs] else { throw .missing(theirs, shape: []) }
            renamed[ours] = value
        }
        let known = Set(pretrainedNames.values)
        if let stranger = values.keys.filter({ !known.contains($0) }).min() { throw .unknown(stranger) }
        return renamed
    }
}
