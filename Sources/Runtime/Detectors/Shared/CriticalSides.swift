/// The lengths of pictures at which a detector begins to do something else: for tests that sweep them.
package enum CriticalSides {
    /// The sides of canvases and of views, what a border leaves of them, and from where on a picture is looked at twice;
    /// ascending, in pixels.
    package static var all: [Int] {
        let yunet = YuNetConfiguration(), retinaFace = RetinaFaceConfiguration(), mtcnn = MTCNNConfiguration()
        let views = [
            yunet.longestSide, yunet.fineSide, yunet.longestSide * 3 / 2, retinaFace.longestSide, mtcnn.longestSide,
        ].compactMap(\.self)
        let sides = Canvas.sides + views
        let bordered = sides.flatMap { side in
            [yunet.border, retinaFace.border, mtcnn.border].map { Int(Float(side) / (1 + 2 * $0)) }
        }
        let quarters = sides.flatMap { side in (1...3).map { side * $0 / 4 } }
        let smallest = [1, 12, mtcnn.minimumFaceSize, Canvas.step]
        return Set(sides + bordered + quarters + smallest).sorted()
    }
}
