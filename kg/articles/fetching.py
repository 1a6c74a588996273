"""Addresses → articles, politely: robots.txt, a pause between requests, and only what has changed.

A request goes to an address that was resolved and checked beforehand, and to no other, so that a name
cannot lead into this machine's own network. Every request has an end: of time, of bytes, of redirects.
"""

from __future__ import annotations

import asyncio
import io
import ipaddress
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin, urlsplit
from weakref import WeakKeyDictionary

import httpx
from protego import Protego

from kg.articles.dispatch import read_source
from kg.articles.pages import Page, Pages
from kg.articles.source import DOCUMENT, Source
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.articles.source import Options, Outcome

Headers: TypeAlias = "Mapping[str, str]"

AGENT = "geopolitics-kg"
TIMEOUT = 30.0  # seconds for one request from the first byte to the last
REDIRECTS = 5
_LONGEST_PAUSE = 30.0  # seconds; a robots.txt that asks for more is not waited for
_ROBOTS = 512 * 2**10  # bytes of a robots.txt
_HOSTS = 1000  # whose rules are kept at once
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf;q=0.9,*/*;q=0.5"
_MOVED = frozenset({301, 302, 303, 307, 308})
_OK, _UNCHANGED, _TOO_MANY, _SERVER = 200, 304, 429, 500


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Fetches addresses one after the other, with the manners of a guest."""

    def __init__(self, options: Options) -> None:
        """Take the options: pause, private addresses, the folder of pages."""
        self._private, self._pause = options.private, options.pause
        self._pages = Pages(options.pages)
        self._robots: dict[str, Protego | str] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Page:
        """Fetch a page, or give the one kept where the server says that it has not changed.

        Raises:
            InputError: it cannot be had, or may not be.
        """
        kept = self._pages.get(url)
        address = url
        for _ in range(REDIRECTS + 1):
            self._ask_robots(address, url)
            answer = self._get(address, url, kept.conditions() if kept else {})
            if answer.status == _UNCHANGED and kept:
                return kept
            if answer.status in _MOVED and "location" in answer.headers:
                address = urljoin(address, answer.headers["location"])
                continue
            if answer.status != _OK:
                raise InputError(url, f"the server answers {answer.status}", _remedy(answer.status))
            page = Page(url, address, dict(answer.headers), answer.body)
            self._pages.keep(page)
            return page
        raise InputError(url, f"more than {REDIRECTS} redirects", "give the address of the page itself")

    def _ask_robots(self, address: str, url: str) -> None:
        """Wait for the host's turn; refuse what its robots.txt forbids."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError(url, f"leads to {address[:200]!r}, no address of the web", "give one with http(s)://")
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        rules = self._rules(host, url)
        if not rules.can_fetch(address, AGENT):
            raise InputError(url, "its robots.txt forbids to fetch it", "save the page by hand, or leave it out")
        delay = rules.crawl_delay(AGENT) or 0.0
        if delay > _LONGEST_PAUSE:
            raise InputError(url, f"its robots.txt asks for {delay:.0f} s between pages", "save the page by hand")
        self._wait(host, max(self._pause, delay))

    def _rules(self, host: str, url: str) -> Protego:
        """Give the rules of a host, or why there are none: it is asked once, even where it does not answer."""
        if host not in self._robots:
            while len(self._robots) >= _HOSTS:
                oldest = next(iter(self._robots))
                self._last.pop(oldest, None)
                del self._robots[oldest]
            try:
                self._robots[host] = self._read_robots(host, url)
            except InputError as error:
                self._robots[host] = f"its robots.txt cannot be had: {error.what}"
                raise
        rules = self._robots[host]
        if isinstance(rules, str):
            raise InputError(url, rules, "try again later")
        return rules

    def _read_robots(self, host: str, url: str) -> Protego | str:
        """Read the rules of a host: none there means that all is allowed, a failing server that nothing is."""
        address = f"{host}/robots.txt"
        for _ in range(REDIRECTS + 1):
            answer = self._get(address, url, {}, limit=_ROBOTS)
            if answer.status in _MOVED and "location" in answer.headers:
                address = urljoin(address, answer.headers["location"])
            elif answer.status >= _SERVER or answer.status == _TOO_MANY:
                return "its robots.txt cannot be had, so nothing may be fetched"
            else:
                text = answer.body.decode("utf-8", "replace") if answer.status == _OK else ""
                return Protego.parse(text)
        return Protego.parse("")

    def _wait(self, host: str, pause: float) -> None:
        now = time.monotonic()
        due = self._last.get(host, now - pause) + pause
        if due > now:
            time.sleep(due - now)
        self._last[host] = time.monotonic()

    def _get(self, address: str, url: str, headers: Headers, *, limit: int = DOCUMENT) -> _Answer:
        """Send one request, with an end to its time; in a thread, for a notebook has a loop of its own."""
        work = partial(asyncio.run, _send(address, headers, limit, private=self._private))
        try:
            with ThreadPoolExecutor(1) as thread:
                return thread.submit(work).result()
        except _TooLongError:
            raise InputError(url, f"longer than {limit >> 20} MB", "leave it out") from None
        except _PrivateError as error:
            remedy = "if you trust it: --allow-private"
            raise InputError(url, f"leads to {error}, an address of a private network", remedy) from None
        except TimeoutError:
            raise InputError(url, f"no whole answer within {TIMEOUT:.0f} s", "try again later") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            reason = str(error) or type(error).__name__
            raise InputError(url, f"cannot be fetched ({reason})", "check the address and the network") from None


class _TooLongError(Exception):
    pass


class _PrivateError(Exception):
    pass


def read_address(url: str, options: Options, fetcher: Fetcher | None = None) -> Iterator[Outcome]:
    """Fetch an address and read what is there: a page, a feed, a PDF, or any other format."""
    try:
        page = (fetcher or fetcher_for(options)).fetch(url)
    except InputError as error:
        yield error
        return
    path = urlsplit(page.address).path
    content_type = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    source = Source(partial(io.BytesIO, page.body), page.address, url, path, options, page.address)
    for outcome in read_source(source, content_type=content_type):
        yield outcome if isinstance(outcome, InputError) or outcome.url else replace(outcome, url=page.address)


_fetchers: WeakKeyDictionary[Options, Fetcher] = WeakKeyDictionary()


def fetcher_for(options: Options) -> Fetcher:
    """Give the fetcher of some options, so that many addresses share pauses and rules; it goes with the options."""
    known = _fetchers.get(options)
    if known is None:
        known = _fetchers[options] = Fetcher(options)
    return known


async def _send(address: str, headers: Headers, limit: int, *, private: bool) -> _Answer:
    async with asyncio.timeout(TIMEOUT):
        parts = httpx.URL(address)
        number = await _resolve(parts.host, parts.port or (443 if parts.scheme == "https" else 80), private=private)
        own = {"user-agent": AGENT, "accept": _ACCEPT, "host": parts.netloc.decode(), **headers}
        sni = {"sni_hostname": parts.raw_host.decode()}
        client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=TIMEOUT)
        async with client, client.stream("GET", parts.copy_with(host=number), headers=own, extensions=sni) as response:
            pieces, size = [], 0
            async for piece in response.aiter_bytes():
                size += len(piece)
                if size > limit:
                    raise _TooLongError
                pieces.append(piece)
            return _Answer(response.status_code, response.headers, b"".join(pieces))


async def _resolve(host: str, port: int, *, private: bool) -> str:
    """Give an address of a host; where any of them is private, refuse it."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(each[4][0]) for each in found]
    for number in numbers:
        if not private and not _is_public(number):
            raise _PrivateError(number)
    return numbers[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast


def _remedy(status: int) -> str:
    return "try again later" if status >= _SERVER or status == _TOO_MANY else "check the address in a browser"
