// `import Likeness` is all that an app needs: the types of the modules behind the facade come with it.

@_exported public import Explanations
@_exported public import Faces
@_exported public import Identities
@_exported public import IdentitiesSQLite
@_exported public import Pixels
@_exported public import Recognition
