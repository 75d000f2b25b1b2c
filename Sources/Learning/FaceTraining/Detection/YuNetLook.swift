import Foundation
import Networks
import Pixels
import Tensors
import Training

/// A look of a learnable YuNet at a photograph, as the detector looks.
struct YuNetLook {
    private let network: YuNet
    private let device: Device

    /// The longest side of a photograph that is not enlarged.
    private static let longestSide = 640
    /// The least score of a box.
    private static let leastScore: Float = 0.02
    /// The greatest overlap of two boxes, as in the detector.
    private static let greatestOverlap: Float = 0.3

    init(_ network: YuNet, device: Device) { (self.network, self.device) = (network, device) }

    /// Returns the boxes in a photograph, most confident first.
    ///
    /// - Parameters:
    ///   - image: The photograph, which is shrunk to 640 pixels if it is larger.
    ///   - enlarged: The scale by which it is then enlarged.
    func found(in image: Image, enlarged: Float) -> [DetectionMeasure.Found] {
        let longest = Float(max(image.width, image.height))
        let scale = min(Float(Self.longestSide) / longest, 1) * enlarged
        let width = max(Int((Float(image.width) * scale).rounded()), 1)
        let height = max(Int((Float(image.height) * scale).rounded()), 1)
        let canvas = image.resized(width: width, height: height)
            .padded(right: (32 - width % 32) % 32, bottom: (32 - height % 32) % 32)
        let outputs = network(
            Self.input(canvas.pixels, width: canvas.width, height: canvas.height, on: device), training: false)
        let scores = (sigmoid(outputs.classes) * sigmoid(outputs.objectness)).to(.float32).floats
        let boxes = outputs.boxes.to(.float32).floats
        let places = DetectionPlaces(width: canvas.width, height: canvas.height, strides: YuNet.strides)
        return scores.indices.compactMap { place -> DetectionMeasure.Found? in
            let score = scores[place].squareRoot()
            guard score >= Self.leastScore else { return nil }
            let stride = places.stride[place] / scale
            let side = (exp(boxes[place * 4 + 2]) * stride, exp(boxes[place * 4 + 3]) * stride)
            guard side.0.isFinite, side.1.isFinite else { return nil }
            return DetectionMeasure.Found(
                box: Box(
                    x: places.x[place] / scale + boxes[place * 4] * stride - side.0 / 2,
                    y: places.y[place] / scale + boxes[place * 4 + 1] * stride - side.1 / 2, width: side.0,
                    height: side.1), score: score)
        }.suppressed(threshold: Self.greatestOverlap)
    }

    /// Converts pictures to `[count, 3, height, width]`: blue, green, red, 0 to 255.
    static func input(_ pixels: [UInt8], width: Int, height: Int, on device: Device) -> Tensor {
        let count = pixels.count / (3 * width * height)
        return Tensor(bytes: pixels, shape: [count, height, width, 3], on: device).to(.float32)
            .permuted([0, 3, 1, 2]).flipped(1).channelsLast
    }
}
