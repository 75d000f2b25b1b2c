// `import Likeness` is enough for an app: it also exports the types of the modules behind the facade.

@_exported public import Explanations
@_exported public import Faces
@_exported public import Identities
@_exported public import IdentitiesSQLite
@_exported public import Pixels
@_exported public import Recognition

@_exported public import enum LikenessSupport.ErrorCategory
@_exported public import struct LikenessSupport.ForeignError
@_exported public import protocol LikenessSupport.LikenessError
