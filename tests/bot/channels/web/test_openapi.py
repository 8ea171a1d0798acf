"""schemathesis sends the API what its own description allows and what it does not."""

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bot.settings import BotSettings, WebSettings
from tests.bot.channels.web.stub import StubAnswerer, make_app

# as many as take seconds; the seed is fixed, so that a run says the same as the last
_EXAMPLES = 15
_OPEN = WebSettings(asks_per_minute=100_000, reads_per_minute=100_000)


def described_api():
    app = make_app(StubAnswerer(), BotSettings(web=_OPEN))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


api = described_api()


@api.parametrize()
@settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_keeps_to_its_description(case):
    """No 5xx, no status, type or body that the description does not name; no bad input taken for good."""
    # whether values can be drawn depends on the values: 422 says that these cannot
    drawn = case.operation.path.endswith("/indicators")
    case.call_and_validate(excluded_checks=[positive_data_acceptance] if drawn else [])
