# policybot 的全部日常命令;`make help` 列出它们。 Everyday commands; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# of its own environment: what looks for holes in the others must not share their versions
AUDIT := pip-audit==2.10.1
GOLD ?= tests/eval/questions.jsonl

.DEFAULT_GOAL := help
.PHONY: help install run test lint audit fix eval bench clean

help:  ## 列出命令 / list the commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## 建 .venv 并安装;没有变化时什么也不做 / make .venv and install

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 以上,当前是 " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: install  ## 建索引并打开 http://127.0.0.1:8080 / build the index and open the chat
	@$(BIN)/policybot index
	@$(BIN)/policybot serve

test: install  ## 全部测试 / all tests
	$(BIN)/python -m pytest -n 3 --dist loadfile

lint: install  ## ruff 和 mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit:  ## 查依赖的已知漏洞,要能上网 / known vulnerabilities of the pinned dependencies; needs a network
	@test -x .venv-audit/bin/pip-audit || ($(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install --quiet --disable-pip-version-check $(AUDIT))
	.venv-audit/bin/pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

fix: install  ## 自动改格式 / format and fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install  ## 量回答的准确度:make eval GOLD=题库.jsonl / score the answers
	@$(BIN)/policybot index >/dev/null
	@$(BIN)/policybot eval $(GOLD)

bench: install  ## 量速度,与同一次运行里的对照相比;QUICK=1 两分钟 / measure speed against a peer in the same run
	@$(BIN)/policybot index >/dev/null
	@$(BIN)/python benchmarks/run.py $(if $(QUICK),--quick)

clean:  ## 删掉环境和索引 / remove the environment and the index
	rm -rf $(VENV) .venv-audit var build *.egg-info
