"""Numbers of a safetensors file."""
import json
import struct

import numpy as np


def read_tensors(path):
    """All tensors of a safetensors file (single precision) by name."""
    with open(path, "rb") as f:
        size = struct.unpack("<Q", f.read(8))[0]
        head = json.loads(f.read(size))
        body = f.read()
    return {name: np.frombuffer(body[slice(*t["data_offsets"])], np.float32).reshape(t["shape"])
            for name, t in head.items() if isinstance(t, dict) and t.get("dtype") == "F32"}
