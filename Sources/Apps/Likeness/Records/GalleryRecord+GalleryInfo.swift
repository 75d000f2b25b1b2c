import Faces
public import Identities
public import LikenessRecords

extension GalleryRecord {
    /// Creates the record of a gallery and its size.
    public init(_ info: GalleryInfo, size: GallerySize) {
        self.init(
            gallery: info.name, model: info.model.description, dimension: info.dimension, people: size.people,
            templates: size.templates, created: info.created)
    }
}
