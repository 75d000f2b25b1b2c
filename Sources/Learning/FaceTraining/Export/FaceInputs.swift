import Faces
import Inference
import Pixels

/// How faces are given to a network: their pixels, and for one with context the twelve numbers beside them.
struct FaceInputs {
    /// How the pixels are.
    let pixels: ModelInput
    /// Whether the network takes the context.
    let hasContext: Bool

    /// The network's inputs for `faces`, all of one size, in the network's order.
    func tensors(_ faces: [AlignedFace]) -> [Tensor] {
        guard let first = faces.first else { return [] }
        let packed = PackedFaces(faces, pixels)
        var inputs = [Tensor(shape: [faces.count, 3, first.image.height, first.image.width], values: packed.values)]
        if hasContext {
            inputs.append(
                Tensor(shape: [faces.count, first.context.values.count], values: faces.flatMap(\.context.values)))
        }
        return inputs
    }
}
