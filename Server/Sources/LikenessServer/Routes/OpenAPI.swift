import Foundation

/// The description of all routes, `/openapi.json`. A test compares it with the routes that there are.
enum OpenAPI {
    /// Returns the document.
    static func document() throws -> Data {
        guard let file = Bundle.module.url(forResource: "openapi", withExtension: "json") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try Data(contentsOf: file)
    }
}
