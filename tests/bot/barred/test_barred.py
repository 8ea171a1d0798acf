"""Who may not, is not let in: every admin verb of every channel, tried by everybody who may not use it.

The command line has no strangers: whoever may run it owns the files. ``pytest -s`` prints how many calls were tried.
"""

from collections import Counter

from tests.bot.barred.site import installation, tokens_of
from tests.bot.barred.telegram import over_telegram
from tests.bot.barred.web import console, interface, programs, wechat


async def test_nobody_is_let_in(tmp_path):
    """All calls fail, and the documents are as they were."""
    made = []
    async with installation(tmp_path) as (found, assistant, api, web):
        manifest = found.corpus_dir / "manifest.yaml"
        before = manifest.read_bytes(), assistant.generation
        tokens = tokens_of(assistant, found.settings.bot.web.console)
        channels = console(web), programs(web, tokens), interface(web), wechat(web)
        for channel in (over_telegram(found, assistant, api), *channels):
            made += [each async for each in channel]
        assert (manifest.read_bytes(), assistant.generation) == before
    tried = Counter(each.channel for each in made)
    print(f"tried {len(made)}: {dict(tried)}; let in {sum(each.let_in for each in made)}")
    assert [each for each in made if each.let_in] == []
    assert sorted(tried) == ["api", "console", "programs", "telegram", "wechat"]
    assert len(made) >= 450
