import Faces
import Foundation
import Pixels
import Testing

@testable import Detectors

struct AnchorGridTests {
    @Test func anchorsAreInTheNetworksOrder() {
        var anchors: [AnchorGrid.Anchor] = []
        AnchorGrid(width: 64, height: 32).forEach { index, anchor in
            #expect(index == anchors.count)
            anchors.append(anchor())
        }
        // Two anchors at each of 8 × 4, 4 × 2 and 2 × 1 places.
        #expect(anchors.count == 2 * (32 + 8 + 2))
        #expect(anchors[0].x == 4 && anchors[0].y == 4 && anchors[0].side == 16)
        #expect(anchors[1].x == 4 && anchors[1].side == 32)
        #expect(anchors[2].x == 12 && anchors[2].y == 4)
        #expect(anchors[16].x == 4 && anchors[16].y == 12)
        #expect(anchors[64].x == 8 && anchors[64].y == 8 && anchors[64].side == 64)
        #expect(anchors[83].x == 48 && anchors[83].y == 16 && anchors[83].side == 512)
    }

    @Test func sizesThatAreNoMultiplesHaveAPlaceMore() {
        var count = 0
        AnchorGrid(width: 33, height: 9).forEach { _, _ in count += 1 }
        #expect(count == 2 * (5 * 2 + 3 + 2))
    }

    @Test func offsetsAreInTenthsOfTheAnchor() {
        let anchor = AnchorGrid.Anchor(x: 100, y: 50, side: 20)
        let box: [Float] = [1, -2, 0, 5 * log(2)]
        let points: [Float] = [-5, -5, 5, -5, 0, 0, -5, 5, 5, 5]
        let face = box.withUnsafeBufferPointer { box in
            points.withUnsafeBufferPointer { points in
                AnchorGrid.face(from: anchor, box: box[0..<4], points: points[0..<10], confidence: 0.9)
            }
        }
        #expect(face.box.width == 20)
        #expect(abs(face.box.height - 40) < 1e-4)
        #expect(face.box.center.x == 102)
        #expect(abs(face.box.center.y - 46) < 1e-4)
        #expect(face.landmarks.points.map(\.x) == [90, 110, 100, 90, 110])
        #expect(face.landmarks.points.map(\.y) == [40, 40, 50, 60, 60])
        #expect(face.confidence == 0.9)
    }
}
