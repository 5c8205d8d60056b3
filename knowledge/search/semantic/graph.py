"""The computation of a MiniLM sentence encoder as an ONNX graph over its published weights.

Invariant: the graph holds no weights; they are handed to the runtime from the file they came in.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper

OUTPUT = "vector"
INPUT = "ids"
_OPERATORS, _FORMAT = 20, 10
_LENGTH, _SHAPE = "length", "shape"


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file by name, mapped into memory, matrices as the graph
    multiplies by them. Raises ``ValueError`` for a file that is none."""
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    length = int.from_bytes(mapped[:8].tobytes(), "little")
    if not 2 <= length <= len(mapped) - 8:
        raise ValueError(f"{path.name} is not a safetensors file.")
    header: dict[str, Any] = json.loads(mapped[8 : 8 + length].tobytes())
    start = 8 + length
    weights = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        begin, end = about["data_offsets"]
        tensor = mapped[start + begin : start + end].view(np.float32).reshape(about["shape"])
        if name.endswith(".weight") and tensor.ndim == 2 and "embeddings" not in name:
            tensor = np.ascontiguousarray(tensor.T)
        weights[name] = tensor
    return weights


class GraphBuilder:
    """Writes the nodes of one encoder."""

    def __init__(self, weights: dict[str, np.ndarray], heads: int, epsilon: float) -> None:
        self.weights, self.heads, self.epsilon = weights, heads, epsilon
        self.width = weights["embeddings.word_embeddings.weight"].shape[1]
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.used: dict[str, np.ndarray] = {}

    def encoder(self, layers: int) -> bytes:
        """The model as onnxruntime reads it; ``used`` then holds the weights to hand over."""
        self._constant("axes", [1])
        self._constant("heads", [0, -1, self.heads, self.width // self.heads])
        self._constant("joined", [0, -1, self.width])
        self._constant("start", [0])
        state = self._embeddings()
        for number in range(layers):
            state = self._layer(state, f"encoder.layer.{number}")
        mean = self._node("ReduceMean", [state, "axes"], keepdims=0)
        self._node("LpNormalization", [mean], output=OUTPUT, axis=1, p=2)
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "n"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, self.width])],
            [*self.constants, *self._external()],
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPERATORS)], ir_version=_FORMAT
        )
        return model.SerializeToString()

    def _embeddings(self) -> str:
        words = self._node("Gather", [self._weight("embeddings.word_embeddings.weight"), INPUT])
        shape = self._node("Shape", [INPUT], start=1, end=2)
        places = self._node(
            "Slice",
            [self._weight("embeddings.position_embeddings.weight"), "start", shape],
        )
        kinds = self._weight("embeddings.token_type_embeddings.weight")
        self._constant("first_kind", 0)
        kind = self._node("Gather", [kinds, "first_kind"])
        placed = self._node("Add", [words, places])
        return self._normalised(self._node("Add", [placed, kind]), "embeddings.LayerNorm")

    def _layer(self, state: str, name: str) -> str:
        own = f"{name}.attention.self"
        query, key, value = (
            self._split(self._linear(state, f"{own}.{part}"), order)
            for part, order in (
                ("query", [0, 2, 1, 3]),
                ("key", [0, 2, 3, 1]),
                ("value", [0, 2, 1, 3]),
            )
        )
        self._constant("scale", 1 / (self.width / self.heads) ** 0.5, TensorProto.FLOAT)
        scores = self._node("Mul", [self._node("MatMul", [query, key]), "scale"])
        mixed = self._node("MatMul", [self._node("Softmax", [scores], axis=-1), value])
        joined = self._node("Transpose", [mixed], perm=[0, 2, 1, 3])
        flat = self._node("Reshape", [joined, "joined"])
        attended = self._linear(flat, f"{name}.attention.output.dense")
        state = self._normalised(
            self._node("Add", [attended, state]), f"{name}.attention.output.LayerNorm"
        )
        wide = self._node("Gelu", [self._linear(state, f"{name}.intermediate.dense")])
        narrow = self._linear(wide, f"{name}.output.dense")
        return self._normalised(self._node("Add", [narrow, state]), f"{name}.output.LayerNorm")

    def _split(self, state: str, order: list[int]) -> str:
        return self._node("Transpose", [self._node("Reshape", [state, "heads"])], perm=order)

    def _linear(self, state: str, name: str) -> str:
        product = self._node("MatMul", [state, self._weight(f"{name}.weight")])
        return self._node("Add", [product, self._weight(f"{name}.bias")])

    def _normalised(self, state: str, name: str) -> str:
        inputs = [state, self._weight(f"{name}.weight"), self._weight(f"{name}.bias")]
        return self._node("LayerNormalization", inputs, axis=-1, epsilon=self.epsilon)

    def _node(self, operator: str, inputs: list[str], output: str = "", **about: Any) -> str:
        output = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **about))
        return output

    def _weight(self, name: str) -> str:
        self.used[name] = self.weights[name]
        return name

    def _constant(self, name: str, value: Any, kind: int = TensorProto.INT64) -> None:
        if all(known.name != name for known in self.constants):
            shape = [len(value)] if isinstance(value, list) else []
            values = value if isinstance(value, list) else [value]
            self.constants.append(helper.make_tensor(name, kind, shape, values))

    def _external(self) -> Iterator[Any]:
        """Every weight as a place that is filled when the session is made."""
        for name, tensor in self.used.items():
            place = TensorProto(
                name=name,
                data_type=TensorProto.FLOAT,
                dims=tensor.shape,
                data_location=TensorProto.EXTERNAL,
            )
            place.external_data.add(key="location", value="weights")
            yield place
