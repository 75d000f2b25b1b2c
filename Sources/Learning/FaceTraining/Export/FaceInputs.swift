import Faces
import Inference
import Pixels

/// A conversion of faces to a network's inputs: the pixels and, for a network with context, the twelve context values.
struct FaceInputs {
    /// The format of the pixels.
    let pixels: ModelInput
    /// Whether the network takes the context.
    let hasContext: Bool

    /// The shapes of the inputs for one face.
    var shapes: [[Int]] {
        let side = pixels.width ?? 0
        return [[1, 3, side, side]] + (hasContext ? [[1, ContextVector.names.count]] : [])
    }

    /// Returns the network's inputs for `faces` of one size, in the network's order.
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
