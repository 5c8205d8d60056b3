"""Which clients are programs, not readers. Pure."""

import re

ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|transcoder|monitor|uptime|pingdom|lighthouse"
    r"|headless|phantom|puppeteer|playwright|selenium|scrapy|curl|wget|python|java/|go-http"
    r"|libwww|httpclient|axios|node|undici|okhttp|ruby|perl|php|facebookexternalhit|embed"
    r"|preview|validator|feed|fetch",
    re.IGNORECASE,
)
LONGEST = 1000


def is_robot(user_agent: str) -> bool:
    """True for a program that says what it is, and for one that says nothing."""
    return not user_agent.strip() or ROBOT.search(user_agent[:LONGEST]) is not None
