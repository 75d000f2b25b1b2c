import Foundation
import LikenessSupport
import Testing

@Suite("Errors with a code, a category and a remedy")
struct LikenessErrorTests {
    private struct Own: LikenessError {
        var problem: String
        var remedy: String?
        let code = "camera_off"
        let category = ErrorCategory.unavailable
    }

    private struct Foreign: Error, CustomStringConvertible {
        let description = "the camera is off"
    }

    @Test("A message is the problem followed by the remedy, with at most one colon of ours")
    func sentence() {
        #expect(Own(problem: "the camera is off").description == "the camera is off")
        #expect(Own(problem: "the camera is off", remedy: "turn it on").description == "the camera is off: turn it on")
        #expect(
            Own(problem: "a.json can't be read: it is empty", remedy: "copy it again").description
                == "a.json can't be read: it is empty; copy it again")
    }

    @Test("Foundation's description and our reason are the same")
    func foundation() {
        let error: any Error = Own(problem: "the camera is off", remedy: "turn it on")
        #expect(error.localizedDescription == "the camera is off: turn it on")
        #expect(Reason.text(of: error) == "the camera is off: turn it on")
        #expect((error as? any LocalizedError)?.recoverySuggestion == "turn it on")
        #expect((error as? any LocalizedError)?.failureReason == "the camera is off")
    }

    @Test("An error of our own is not translated")
    func own() {
        let error = ForeignError.translating(Own(problem: "the camera is off"))
        #expect(error is Own && error.code == "camera_off" && error.category == .unavailable)
    }

    @Test(
        "The system's errors have specific codes",
        arguments: [
            (POSIXErrorCode.ENOENT, "file_not_found", ErrorCategory.noInput), (.ENOTDIR, "file_not_found", .noInput),
            (.EACCES, "permission_denied", .inputOutput), (.EPERM, "permission_denied", .inputOutput),
            (.ENOSPC, "disk_full", .inputOutput), (.EFBIG, "disk_full", .inputOutput),
            (.ENOMEM, "out_of_memory", .system), (.EMFILE, "too_many_open_files", .system),
            (.EAGAIN, "no_more_processes", .system), (.EIO, "input_output_error", .inputOutput),
        ] as [(POSIXErrorCode, String, ErrorCategory)])
    func system(number: POSIXErrorCode, code: String, category: ErrorCategory) {
        let error = ForeignError.translating(POSIXError(number))
        #expect(error.code == code && error.category == category)
        #expect(error.problem == String(cString: strerror(number.rawValue)))
        #expect((error.remedy == nil) == (number == .EIO))
    }

    @Test("Foundation's errors name the file")
    func file() throws {
        let path = "/no-such-folder/a.jpg"
        let thrown = #expect(throws: (any Error).self) { try Data(contentsOf: URL(filePath: path)) }
        let error = ForeignError.translating(try #require(thrown))
        #expect(error.code == "file_not_found" && error.category == .noInput)
        #expect(error.description.hasPrefix(path) && error.description.hasSuffix("; check the path"))
    }

    @Test("Decoders, cancellation and other packages have codes too")
    func others() throws {
        let damaged = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Int].self, from: Data("[1, null]".utf8))
        }
        #expect(ForeignError.translating(try #require(damaged)).code == "damaged_file")
        let unwritable = #expect(throws: EncodingError.self) { try JSONEncoder().encode([Double.nan]) }
        #expect(ForeignError.translating(try #require(unwritable)).code == "unwritable_result")
        let canceled = ForeignError.translating(CancellationError())
        #expect(canceled.code == "interrupted" && canceled.category == .interrupted)
        let foreign = ForeignError.translating(Foreign())
        #expect(foreign.code == ForeignError.unknownCode && foreign.problem == "the camera is off")
    }
}
