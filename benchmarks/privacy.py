"""Does personal data reach the disk: python benchmarks/privacy.py [STRINGS_PER_KIND_AND_SPELLING].

Numbers of every kind are made with right check digits, spelled as people spell them (tight, full width, with blanks, with
hyphens), put into questions and sent through Assistant.reply as Telegram and WeChat do, with a thumbs down that repeats them, and
into the name of a file that an admin decides about. Records database and
log file are real, the log at its most talkative. Then every file of the data directory and the log is searched byte by
byte, before the database is closed (its write-ahead log included) and after: for the string as typed, for its digits without
what stands between them, and for their last ten. Harmless sentences sent along must be found. The last line is JSON.
"""

import json
import logging
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from bot import app, config
from bot.admin.library import Library
from bot.assistant import Assistant
from bot.privacy.folding import narrow
from bot.privacy.masking import mask
from bot.privacy.pseudonyms import asker_of
from bot.records.types import Reason, Verdict

ROOT = Path(__file__).resolve().parent.parent
PLAN = (
    "甲市就业规划\n\n一、就业\n(一)补贴。对灵活就业人员给予社会保险补贴。\n(二)培训。每年培训农民工450人。\n"
)
FRAMES = (
    "{},灵活就业有补贴吗",
    "我是{},我的社保怎么查",
    "培训{}在哪里报名",
    "请问一下{}",
    "{}",
    "补贴没到账,联系我:{}谢谢",
)
CONTROLS, CONTROL = 20, "对照句第{}句,青年夜校怎么报名"  # must be found, or the search proves nothing
TAIL = 10  # digits of a number that must not be found either; fewer turn up in random ids by chance
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
Made = Callable[[random.Random], str]


def digits(chance: random.Random, count: int) -> str:
    """Random digits."""
    return "".join(str(chance.randrange(10)) for _ in range(count))


def birthday(chance: random.Random) -> str:
    """A date of birth as identity cards have it."""
    return f"{chance.randint(1940, 2015)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"


def identity_18(chance: random.Random) -> str:
    """An identity card of today, with its check digit."""
    base = f"{chance.choice(['310118', '420602', '110105', '650102'])}{birthday(chance)}{digits(chance, 3)}"
    return base + mod_11_2.calc_check_digit(base)


def identity_15(chance: random.Random) -> str:
    """One of before 1999."""
    return f"420602{birthday(chance)[2:]}{digits(chance, 3)}"


def mobile(chance: random.Random) -> str:
    """A mobile number."""
    return f"1{chance.randint(3, 9)}{digits(chance, 9)}"


def landline(chance: random.Random) -> str:
    """A landline number with its area code."""
    return f"{chance.choice(['0710', '021', '010', '0991'])}{chance.randint(2, 8)}{digits(chance, 7)}"


def bank_card(chance: random.Random) -> str:
    """A bank card of 16 or 19 digits, with its check digit."""
    base = f"62{digits(chance, chance.choice([13, 16]))}"
    return base + luhn.calc_check_digit(base)


def credit_code(chance: random.Random) -> str:
    """A unified social credit code, with its check digit."""
    base = f"91{chance.choice(['310118', '420600'])}" + "".join(
        chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9)
    )
    return base + uscc.calc_check_digit(base)


def email(chance: random.Random) -> str:
    """An address of electronic mail."""
    name = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(8))
    return f"{name}{chance.choice(['', '.', '_'])}{digits(chance, 3)}@{chance.choice(['qq.com', '163.com', 'mail.example.com.cn'])}"


def address(chance: random.Random) -> str:
    """A street with a house number and a flat."""
    street = chance.choice(["解放路", "汉江北路", "公园东路", "胜利大街", "建设二村"])
    return f"{street}{chance.randint(101, 9999)}号{chance.randint(1, 9)}单元{chance.randint(101, 2999)}室"


def plate(chance: random.Random) -> str:
    """A number plate; one in three of an electric car."""
    tail = digits(chance, chance.choice([4, 4, 5]))
    return f"{chance.choice('沪鄂京粤')}{chance.choice('ABCDEF')}{chance.choice('ABCDEFGHJKLMN')}{tail}"


def grouped(text: str, between: str) -> str:
    """Set groups of four apart."""
    return between.join(text[at : at + 4] for at in range(0, len(text), 4))


def parted(text: str, between: str) -> str:
    """Set apart what people set apart in words: around @, behind the first two signs of a plate, after a street."""
    if "@" in text:
        return text.replace("@", f"{between if between == ' ' else ''}@{between if between == ' ' else ''}")
    if "号" in text:
        return text.replace("号", f"号{between}").replace("单元", f"单元{between}")
    return f"{text[:2]}{between}{text[2:]}"


KINDS: dict[str, tuple[Made, Callable[[str, str], str]]] = {
    "身份证18位": (identity_18, grouped),
    "身份证15位": (identity_15, grouped),
    "手机": (mobile, grouped),
    "座机": (landline, lambda text, between: f"{text[:-8]}{between}{text[-8:-4]}{between}{text[-4:]}"),
    "银行卡": (bank_card, grouped),
    "统一社会信用代码": (credit_code, grouped),
    "邮箱": (email, parted),
    "门牌地址": (address, parted),
    "车牌": (plate, parted),
}
SPELLINGS: dict[str, Callable[[str, Callable[[str, str], str]], str]] = {
    "紧挨": lambda text, _: text,
    "全角": lambda text, _: text.translate(WIDE),
    "空格": lambda text, part: part(text, " "),
    "短横": lambda text, part: part(text, "-"),
}


@dataclass(frozen=True)
class Secret:
    """One string that must not reach the disk: as typed, and what to look for."""

    kind: str
    spelling: str
    typed: str
    needles: tuple[str, ...]


def secrets(count: int) -> Iterator[Secret]:
    """Make the strings; the seed is fixed."""
    chance = random.Random(20261123)
    for kind, (make, part) in KINDS.items():
        for spelling, spell in SPELLINGS.items():
            for _ in range(count):
                plain = make(chance)
                typed = spell(plain, part)
                # of an address the part behind the street
                core = (
                    plain[plain.index("路" if "路" in plain else plain[3]) + 1 :]
                    if kind == "门牌地址"
                    else plain
                )
                tail = core[-TAIL:] if len(core) > TAIL and core.isdigit() else core
                yield Secret(kind, spelling, typed, tuple(dict.fromkeys((typed, core.lower(), tail.lower()))))


def searched(folder: Path) -> tuple[bytes, str]:
    """Return every byte below a folder, and its text narrowed with nothing left between digits and letters."""
    content = b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return content, narrow(content.decode("utf-8", "replace")).replace(" ", "").replace("-", "")


def leaked(found: tuple[bytes, str], secret: Secret) -> bool:
    """Whether a secret is there in any form."""
    content, text = found
    return secret.typed.encode() in content or any(needle in text for needle in secret.needles[1:])


def tell(assistant: Assistant, number: int, secret: Secret) -> bool:
    """Send a secret as a person would, twice in one conversation; whether the asker was told."""
    frame = FRAMES[number % len(FRAMES)]
    conversation = f"telegram:{number}:{number}" if number % 2 else f"wechat:o{number}"
    reply = assistant.reply(conversation, frame.format(secret.typed))
    assistant.feedback(
        reply.id, asker_of(conversation), Verdict.USELESS, Reason.WRONG, f"不对,找我{secret.typed}"
    )
    if assistant.records:
        assistant.records.audit(
            "检验", "document.add", f"{secret.typed}.txt", {"file": f"通知{secret.typed}.docx"}
        )
    return any("我们没有存下来" in note for note in reply.answer.notes)


def prepare(folder: Path) -> config.Config:
    """Make a small installation with one plan; nothing else is in its data directory."""
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    found = config.load(folder / "config.yaml", folder / "var", environment={})
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    Library(found, "检验").add(folder / "plan.txt", {"region": "甲市"})
    return found


def report(made: list[Secret], losses: set[Secret], told: Counter[str], seen: int) -> None:
    """Print what of each kind was noticed and what came through."""
    for kind in KINDS:
        own = [s for s in made if s.kind == kind]
        row = Counter(s.spelling for s in losses if s.kind == kind)
        print(f"{kind}:{len(own)} 个,提醒 {told[kind]} 次,泄漏 {sum(row.values())} 个 {dict(row) or ''}")
    for secret in list(losses)[:20]:
        masked = mask(FRAMES[0].format(secret.typed)).text
        print("泄漏:", secret.kind, secret.spelling, secret.typed, "→", masked)
    print(f"对照:不是个人信息的 {CONTROLS} 句找到 {seen} 句")


def main() -> None:
    """Send, search, print the table."""
    made = list(secrets(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = prepare(folder)
        logs = folder / "logs"
        logs.mkdir()
        logging.basicConfig(filename=logs / "service.log", level=logging.DEBUG, encoding="utf-8", force=True)
        started, told = perf_counter(), Counter[str]()
        records = app.open_records(found)
        assistant = Assistant(app.open_answerer(found), found.settings.bot, records)
        for number, secret in enumerate(made):
            told[secret.kind] += tell(assistant, number, secret)
            records.flush()
        for number in range(CONTROLS):
            assistant.reply(f"telegram:0{number}:0{number}", CONTROL.format(number))
        stored = records.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM questions").scalar())
        before = (searched(found.data_dir), searched(logs))
        assistant.close()
        after = (searched(found.data_dir), searched(logs))
        size = sum(len(content) for content, _ in after)
    losses = {s for s in made if any(leaked(place, s) for place in (*before, *after))}
    seen = sum(CONTROL.format(number).encode() in after[0][0] for number in range(CONTROLS))
    report(made, losses, told, seen)
    print(
        f"共 {len(made)} 个,存下 {stored} 条,查了 {size / 1e6:.1f} MB,用时 {perf_counter() - started:.0f} 秒"
    )
    counts = {"leaked": len(losses), "told": sum(told.values()), "controls": seen}
    print(json.dumps({"strings": len(made), "stored": stored, **counts}))


if __name__ == "__main__":
    main()
