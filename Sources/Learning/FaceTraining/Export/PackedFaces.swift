import FaceNetworks
import Faces
import Pixels

/// The pixels of faces as a network's input: planar and scaled as the card specifies.
struct PackedFaces {
    let values: [Float]

    init(_ faces: [AlignedFace], _ input: ModelInput) {
        let packing = InputPacking(input)
        let size = 3 * (faces.first.map { $0.image.width * $0.image.height } ?? 0)
        values = [Float](unsafeUninitializedCapacity: faces.count * size) { buffer, initialized in
            for (index, face) in faces.enumerated() {
                packing.pack(
                    face.image, mirrored: false,
                    into: UnsafeMutableBufferPointer(rebasing: buffer[index * size..<(index + 1) * size]))
            }
            initialized = buffer.count
        }
    }
}
