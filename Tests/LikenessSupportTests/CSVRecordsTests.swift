import LikenessSupport
import Testing

@Suite struct CSVRecordsTests {
    private func fields(_ text: String) -> [[String]] { CSVRecords([UInt8](text.utf8)).records.map(\.fields) }

    @Test(arguments: ["a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "\n a , b\t\n\n\nc,d\n\n"])
    func endsLinesAnyWay(_ text: String) {
        #expect(fields(text) == [["a", "b"], ["c", "d"]])
    }

    @Test func keepsWhatQuotesHold() {
        #expect(fields(#" "a, ""b""" , " c ",d"e"#) == [[#"a, "b""#, " c ", #"d"e"#]])
        #expect(fields("\"a\r\nb\",c") == [["a\r\nb", "c"]])
    }

    @Test func keepsEmptyFields() {
        #expect(fields("a,,\n,") == [["a", "", ""], ["", ""]])
        #expect(fields("") == [])
    }

    @Test func numbersLinesAcrossQuotedOnes() {
        let records = CSVRecords([UInt8]("a\n\"b\r\nb\"\n\nc".utf8)).records
        #expect(records.map(\.line) == [1, 2, 5])
    }

    @Test func goesOnAfterAFault() {
        let text = CSVRecords([UInt8]("a\n\"b\"x,y\nc\n\"d\ne".utf8))
        #expect(text.records.map(\.fields) == [["a"], ["c"]])
        #expect(text.faults.map(\.line) == [2, 4])
        #expect(text.faults.first?.message == "text follows a closing quote: double the quotes inside a field")
    }

    @Test func readsWhatIsWritten() {
        let rows = [["a", "b,c", "d \"e\""], ["f\r\ng", " h ", ""]]
        #expect(CSV.line(["a", "b,c"]) == "a,\"b,c\"\n")
        #expect(fields(CSV.text(rows)) == [rows[0], ["f\r\ng", "h", ""]])
    }
}
