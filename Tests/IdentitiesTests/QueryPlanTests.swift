import Foundation
import GRDB
import Testing

@testable import IdentitiesSQLite

@Suite("Query plans")
struct QueryPlanTests {
    @Test("A person is found by name or id without reading the others, and an index reads only changes")
    func plans() async throws {
        try await withGallery { _, store in
            let statements = [
                ("SELECT * FROM person WHERE gallery = 1 AND name = 'x' ORDER BY id", "gallery=? AND name=?"),
                ("SELECT * FROM person WHERE gallery = 1 AND id = 'x'", "gallery=? AND id=?"),
                ("SELECT * FROM template WHERE person = 1 ORDER BY id", "person=?"),
                ("SELECT id, vector FROM template WHERE gallery = 1 AND revision > 1", "gallery=? AND revision>?"),
                ("SELECT template FROM removal WHERE gallery = 1 AND revision > 1", "gallery=? AND revision>?"),
            ]
            for (statement, expected) in statements {
                let plan = try await store.database.read {
                    try Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN " + statement).map { $0["detail"] as String }
                }
                #expect(plan.count == 1 && plan.first?.contains(expected) == true, "\(statement): \(plan)")
            }
        }
    }
}
