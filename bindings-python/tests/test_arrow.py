"""Columns in and out. What the libraries give and take is what docs/dataframes.md says."""

import threading
from typing import Any

import pytest

import tamis

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXTS = ["buy now", None, "nothing", "I k\u00edll you", "", "\U0001f600 buy now buy now", None]


def table(rows: tamis.Table) -> Any:
    made = pa.table(rows)
    made.validate(full=True)
    return made


def expected(ruleset: tamis.Ruleset, texts: list[str | None]) -> list[dict[str, Any]]:
    """The same rows, one text at a time."""
    rows = []
    for text in texts:
        if text is None:
            names = ["action", *(f"score.{label.name}" for label in ruleset.labels)]
            rows.append(dict.fromkeys([*names, "exempt", "saturated", "matches"]))
            continue
        verdict = ruleset.classify(text)
        matches = [
            {
                "rule": rule.rule,
                "group": match.group,
                "pattern": match.pattern,
                "field": match.field,
                "start": match.start,
                "end": match.end,
                "cost": match.evasion.cost,
                "kinds": list(match.evasion.kinds),
            }
            for rule in verdict.rules
            for match in rule.matches
        ]
        scores = {f"score.{label}": score for label, score in verdict.scores.items()}
        rows.append(
            {
                "action": verdict.action,
                **scores,
                "exempt": verdict.exempt,
                "saturated": verdict.saturated,
                "matches": matches,
            }
        )
    return rows


def columns() -> dict[str, Any]:
    long = pa.array([*["before"] * 3, *TEXTS, "behind"], pa.string())
    return {
        "string": pa.array(TEXTS, pa.string()),
        "large_string": pa.array(TEXTS, pa.large_string()),
        "string_view": pa.array(TEXTS, pa.string_view()),
        "dictionary": pa.array(TEXTS, pa.string()).dictionary_encode(),
        "small dictionary": pa.array(TEXTS).cast(pa.dictionary(pa.int8(), pa.large_string())),
        "slice": long.slice(3, len(TEXTS)),
        "slice of dictionary": long.dictionary_encode().slice(3, len(TEXTS)),
        "chunks": pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string()),
    }


@pytest.mark.parametrize("name", columns())
@pytest.mark.parametrize("workers", [0, 1, 2])
def test_columns_of_every_kind(ruleset: tamis.Ruleset, name: str, workers: int) -> None:
    rows = ruleset.classify_arrow(columns()[name], workers=workers)
    assert len(rows) == len(TEXTS)
    assert table(rows).to_pylist() == expected(ruleset, TEXTS)
    assert rows.column_names == tuple(table(rows).column_names)
    found = [row["matches"] for row in table(rows).to_pylist()]
    assert found[0]
    assert found[5]
    assert found[5][0]["start"] == 2, "offsets count code points"


def test_without_nulls_nothing_is_nullable(ruleset: tamis.Ruleset) -> None:
    texts = [text for text in TEXTS if text is not None]
    made = table(ruleset.classify_arrow(pa.array(texts)))
    assert made.to_pylist() == expected(ruleset, texts)
    assert not any(field.nullable for field in made.schema)


def test_batches_as_columns(ruleset: tamis.Ruleset) -> None:
    texts = [text for text in TEXTS if text is not None]
    batch = ruleset.classify_batch(texts)
    assert table(batch.to_arrow()).equals(table(ruleset.classify_arrow(pa.array(texts))))
    assert table(batch.to_arrow())["action"].to_pylist() == batch.actions
    assert repr(batch.to_arrow()).startswith("Table(rows=5, columns=('action', ")


@pytest.mark.parametrize("texts", [[], [None, None]])
def test_nothing_to_say(ruleset: tamis.Ruleset, texts: list[str | None]) -> None:
    for kind in (pa.string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        made = table(ruleset.classify_arrow(pa.array(texts, kind)))
        assert made.to_pylist() == expected(ruleset, texts)
    made = table(ruleset.classify_arrow(pa.nulls(len(texts))))
    assert made.to_pylist() == expected(ruleset, texts)


def test_facts_and_language_hold_for_every_row() -> None:
    ruleset = tamis.Ruleset.from_dict(
        {
            "policy": "facts",
            "facts": {"author.trusted": "bool"},
            "exempt": "author.trusted",
            "rules": [{"id": "ad", "action": "review", "lang": ["de"], "patterns": ["jetzt"]}],
        }
    )
    column = pa.array(["jetzt", "spam"])

    def actions(**rest: Any) -> list[str]:
        return table(ruleset.classify_arrow(column, **rest))["action"].to_pylist()

    assert actions() == ["review", "allow"]
    assert actions(facts={"author": {"trusted": True}}) == ["allow", "allow"]
    assert actions(lang="fr") == ["allow", "allow"]
    assert actions(lang="de", facts={"author.trusted": False}) == ["review", "allow"]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (["a list"], "lists of str are for classify_batch"),
        ("text", "not str"),
        (pa.array([1, 2]), "not of Int64"),
        (pa.array([b"bytes"]), "decode it first"),
        (pa.table({"text": ["a"]}), "pass one column of it"),
        (pa.array([["a"]]), "not of List"),
    ],
)
def test_what_is_no_column_of_texts(ruleset: tamis.Ruleset, column: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        ruleset.classify_arrow(column)


def test_what_is_not_unicode_is_refused(ruleset: tamis.Ruleset) -> None:
    data = pa.py_buffer(b"ok\xff\xfe")
    offsets = pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x00")
    column = pa.Array.from_buffers(pa.string(), 2, [None, offsets, data])
    with pytest.raises(ValueError, match="the column is not valid"):
        ruleset.classify_arrow(column)
    with pytest.raises(ValueError, match="workers"):
        ruleset.classify_arrow(pa.array(["a"]), workers=-1)


def test_threads_share_a_column(ruleset: tamis.Ruleset) -> None:
    texts = [f"{number} buy now" for number in range(3000)]
    column = pa.array(texts)
    wanted = ruleset.classify_batch(texts).actions
    seen: list[bool] = []

    def work() -> None:
        for _ in range(5):
            made = table(ruleset.classify_arrow(column, workers=2))
            seen.append(made["action"].to_pylist() == wanted)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 20


def test_polars(ruleset: tamis.Ruleset) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    frame = pl.DataFrame({"id": range(len(TEXTS)), "text": TEXTS})
    rows = pl.DataFrame(ruleset.classify_arrow(frame["text"]))
    assert rows.height == len(TEXTS)
    actions = [row["action"] for row in expected(ruleset, TEXTS)]
    assert rows["action"].cast(pl.String).to_list() == actions
    joined = frame.hstack(rows)
    flagged = joined.filter(pl.col("action").cast(pl.String) != ruleset.actions[0])
    assert flagged["id"].to_list() == [i for i, a in enumerate(actions) if a not in (None, "allow")]
    spans = joined.explode("matches").unnest("matches").drop_nulls("start")
    assert spans["start"].to_list()[0] == 0
    categorical = ruleset.classify_arrow(frame["text"].cast(pl.Categorical))
    assert pl.DataFrame(categorical)["action"].cast(pl.String).to_list() == actions


def test_pandas(ruleset: tamis.Ruleset) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    actions = [row["action"] for row in expected(ruleset, TEXTS)]
    for kind in ("object", "string[pyarrow]"):
        frame = pd.DataFrame({"text": pd.Series(TEXTS, dtype=kind)})
        column = pa.array(frame["text"], type=pa.string(), from_pandas=True)
        rows = pa.table(ruleset.classify_arrow(column)).to_pandas()
        rows.index = frame.index
        joined = frame.join(rows)
        got = [None if pd.isna(action) else action for action in joined["action"]]
        assert got == actions


def test_duckdb(ruleset: tamis.Ruleset) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    connection = duckdb.connect()
    posts = pa.table({"id": list(range(len(TEXTS))), "text": TEXTS})
    column = connection.sql("select text from posts order by id").to_arrow_table()["text"]
    rows = pa.table(ruleset.classify_arrow(column))
    posts = pa.table([*posts.columns, *rows.columns], [*posts.column_names, *rows.column_names])
    found = connection.sql("select id, action from posts where action <> 'allow' order by id")
    wanted = [
        (number, row["action"])
        for number, row in enumerate(expected(ruleset, TEXTS))
        if row["action"] not in (None, "allow")
    ]
    assert found.fetchall() == wanted
    places = connection.sql("select id, m.start from posts, unnest(matches) as t(m) order by all")
    assert places.fetchall()[0] == (0, 0)
