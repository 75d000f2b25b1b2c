import Pixels
import Testing

@testable import Datasets

@Suite("Lists of marked faces")
struct MarkedFaceListTests {
    @Test("Faces are collected by picture, in the order of the pictures; other columns and line ends don't matter")
    func reading() throws {
        let list = try MarkedFaceList(
            text: "image,class,xmin,ymin,xmax,ymax\r\nb.png,bare,1,2,11,22\r\na.png,mask,0,0,5,5\r\n"
                + "b.png,,-3,0,4.5,9\r\n")
        #expect(list.pictures.map(\.file) == ["b.png", "a.png"])
        #expect(
            list.pictures.first?.faces == [
                Box(x: 1, y: 2, width: 10, height: 20), Box(x: -3, y: 0, width: 7.5, height: 9),
            ])
    }

    @Test(
        "Invalid lists are errors",
        arguments: [
            "", "image,xmin,ymin,xmax\na,1,2,3\n", "image,xmin,ymin,xmax,ymax\n",
            "image,xmin,ymin,xmax,ymax\na,1,2,x,4\n", "image,xmin,ymin,xmax,ymax\na,1,2,nan,4\n",
            "image,xmin,ymin,xmax,ymax\na,1,2,inf,4\n", "image,xmin,ymin,xmax,ymax\na,5,2,3,4\n",
            "image,xmin,ymin,xmax,ymax\n,1,2,3,4\n", "image,xmin,ymin,xmax,ymax\na,1,2,3\n",
        ])
    func invalid(text: String) {
        #expect(throws: DatasetError.self) { _ = try MarkedFaceList(text: text) }
    }
}
