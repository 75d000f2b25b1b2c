/// What a key allows. Each role also allows what the roles before it do.
public enum Role: String, Codable, Comparable, CaseIterable, Sendable {
    /// Detect, embed, verify, identify and list.
    case read
    /// Also enroll, rename and remove people and faces.
    case enroll
    /// Also create, rename and remove galleries, and read metrics.
    case admin

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    /// Returns whether `a` allows less than `b`.
    public static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }
}

/// Who sent a request.
public struct Caller: Hashable, Sendable {
    /// The key's identifier, which is no secret; `local` if the server needs no keys.
    public var id: String
    /// The role; `nil` for nobody.
    public var role: Role?
    /// The only gallery that the key is for; `nil` for all.
    public var gallery: String?

    /// A caller without a key.
    static let nobody = Caller(id: "-", role: nil)
    /// The caller of a server that needs no keys.
    static let local = Caller(id: "local", role: .admin)

    /// Checks that the caller may act in a gallery, or outside of galleries.
    ///
    /// - Parameters:
    ///   - needed: The role that is needed.
    ///   - gallery: The gallery; `nil` for what concerns none or all of them.
    /// - Throws: ``ServerError/noKey`` or ``ServerError/forbidden(needed:)``.
    func require(_ needed: Role, in gallery: String? = nil) throws(ServerError) {
        guard let role else { throw .noKey }
        guard role >= needed else { throw .forbidden(needed: "it has the role '\(role)', but '\(needed)' is needed") }
        if let own = self.gallery, let gallery, own != gallery {
            throw .forbidden(needed: "it is for the gallery '\(own)' only")
        }
        if self.gallery != nil, gallery == nil, needed > .read {
            throw .forbidden(needed: "it is for one gallery only")
        }
    }
}
