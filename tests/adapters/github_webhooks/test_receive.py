"""What the endpoint answers, over real sockets."""

import asyncio
import gzip
import json
import zlib
from urllib.parse import urlencode

import pytest

from fake_host import FakeHost
from github_endpoint import SECRET, signature
from github_payloads import issue
from laurels import InvalidEvent

BODY = json.dumps(issue("opened")).encode()


async def test_a_signed_webhook_is_put_and_said(serve):
    endpoint = await serve()
    assert await endpoint.post(BODY) == 202
    assert endpoint.answer == "issue.opened"
    assert [event.type for event in endpoint.host.events] == ["issue.opened"]


async def test_a_form_is_taken_as_well(serve):
    endpoint = await serve()
    form = urlencode({"payload": BODY.decode()}).encode()
    assert await endpoint.post(form, Content_Type="application/x-www-form-urlencoded") == 202
    assert await endpoint.post(BODY) == 202
    assert len(endpoint.host.journal) == 1


@pytest.mark.parametrize("form", [b"payload=%ff", b"payload", b"payload={}&payload={}", b"other={}", b"", b"a=1&" * 20 + b"payload={}"])
async def test_a_form_without_one_payload_is_refused(serve, form):
    endpoint = await serve()
    assert await endpoint.post(form, Content_Type="application/x-www-form-urlencoded") == 400


async def test_ping_is_answered_and_put_nowhere(serve):
    endpoint = await serve()
    assert await endpoint.send("ping", {"zen": "Keep it logically awesome."}) == 202
    assert endpoint.answer == "ping is ignored: GitHub tries a new webhook; nobody did anything"
    assert not endpoint.host.journal


async def test_what_is_refused_is_answered_without_a_word_about_the_configuration(serve):
    endpoint = await serve(communities={"acme": "acme's own"})
    assert await endpoint.post(BODY, path="/acme") == 403
    known = endpoint.answer
    assert await endpoint.post(BODY, path="/nobody") == 403
    assert endpoint.answer == known


@pytest.mark.parametrize("path", ["", "/acme"])
async def test_a_secret_is_changed_without_losing_a_webhook(serve, path):
    """Write both, restart, change it on GitHub, take the old one out, restart: an App's, or a community's own."""
    answers = []
    for secrets in (["old"], ["new", "old"], ["new"]):
        configured = {"communities": {"acme": secrets}} if path else {"secret": secrets}
        endpoint = await serve(FakeHost({"octocat": "acme"}), **configured)
        answers.append([await endpoint.send("issues", issue("opened"), path=path, secret=secret) for secret in ("old", "new")])
    assert answers == [[202, 403], [202, 202], [403, 202]]


def head(*lines: bytes) -> bytes:
    return b"".join(line + b"\r\n" for line in lines)


GOOD = (
    b"X-GitHub-Event: issues",
    b"Content-Type: application/json",
    b"X-Hub-Signature-256: " + signature(BODY).encode(),
    b"Content-Length: %d" % len(BODY),
    b"Connection: close",
)


async def test_these_very_bytes_are_taken(serve):
    endpoint = await serve()
    assert await endpoint.raw(head(*GOOD), BODY) == 202


@pytest.mark.parametrize("doubled", [GOOD[0], GOOD[2], b"X-Hub-Signature-256: sha256=" + b"0" * 64, b"X-GitHub-Event: ping"])
async def test_a_doubled_header_is_refused(serve, doubled):
    endpoint = await serve()
    assert await endpoint.raw(head(doubled, *GOOD), BODY) == 400
    assert not endpoint.host.journal


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        (b"X-Hub-Signature-256", "sha256=é" + "0" * 63, 403),
        (b"X-Hub-Signature-256", "", 401),
        (b"X-Hub-Signature-256", "sha1=" + "0" * 40, 403),
        (b"X-GitHub-Event", "é", 400),
        (b"X-GitHub-Event", "Issues/../../etc", 400),
        (b"Content-Type", ";;;", 400),
        (b"Content-Type", "application/json; charset=utf-7", 202),
    ],
)
async def test_odd_headers_are_answered_and_never_with_an_error_of_ours(serve, name, value, status):
    endpoint = await serve()
    lines = [line for line in GOOD if not line.startswith(name)]
    for encoding in ("utf-8", "latin-1"):
        assert await endpoint.raw(head(name + b": " + value.encode(encoding), *lines), BODY) == status


async def test_a_body_that_ends_early_is_never_put(serve):
    endpoint = await serve()
    assert await endpoint.raw(head(*GOOD), BODY[:-1], hang_up=True) in {0, 400}
    assert not endpoint.host.journal


async def test_chunks_are_taken_and_bounded(serve):
    endpoint = await serve(max_body=len(BODY))
    lines = head(*(line for line in GOOD if not line.startswith(b"Content-Length")), b"Transfer-Encoding: chunked")
    chunk = b"%x\r\n%b\r\n" % (len(BODY), BODY)
    assert await endpoint.raw(lines, chunk + b"0\r\n\r\n") == 202
    assert await endpoint.raw(lines, chunk * 5 + b"0\r\n\r\n") == 413
    assert await endpoint.raw(lines, b"zz\r\n") == 400


@pytest.mark.parametrize(
    "packed", [gzip.compress(b" " * 50_000_000), zlib.compress(b" " * 50_000_000), b"not compressed at all"], ids=["gzip", "zlib", "plain"]
)
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "br", "gzip, gzip"])
@pytest.mark.parametrize("unpack", [True, False], ids=["on a server that unpacks", "on one that does not"])
async def test_a_compressed_body_is_refused_whatever_it_would_become(serve, packed, encoding, unpack):
    endpoint = await serve(unpack=unpack)
    assert await endpoint.post(packed, Content_Encoding=encoding) == 400
    assert not endpoint.host.journal


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"1", b'"text"', b"[]", b"{", b"\xef\xbb\xbf{}", b'{"a": NaN}', b'{"a": 1e999}', b'{"a": %s}' % (b"9" * 5000),
        b"[" * 50_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b'{"a":' + b"[" * 900 + b"]" * 900 + b"}", b"\x00", b"{}",
        b'{"a": "\\ud800 lone"}', b'{"repository": 1}', b'{"action": ["opened"]}', b'{"repository": {"owner": {"login": "\\u0000"}}}',
    ],
)  # fmt: skip
async def test_whatever_is_signed_is_answered(serve, body):
    endpoint = await serve()
    for event in ("issues", "something_new"):
        assert await endpoint.post(body, event) == 400
    assert not endpoint.host.journal


async def test_every_secret_of_a_rotation_is_taken(serve):
    endpoint = await serve(secret=["new one", "old one"])
    assert await endpoint.post(BODY, secret="new one") == 202
    assert await endpoint.post(BODY, secret="old one") == 202
    assert await endpoint.post(BODY, secret="older one") == 403


async def test_a_communitys_secret_speaks_for_its_owners_alone(serve):
    realms = {"octocat": "acme", "globex": "globex", "initech": "initech"}
    endpoint = await serve(FakeHost(realms), communities={"acme": "a's secret", "globex": "g's secret"})
    assert await endpoint.send("issues", issue("opened"), path="/acme", secret="a's secret") == 202
    assert await endpoint.send("issues", issue("opened"), path="/globex", secret="g's secret") == 403
    assert await endpoint.send("issues", issue("opened"), path="/acme", secret="g's secret") == 403
    assert await endpoint.send("issues", issue("opened"), path="/acme", secret=SECRET) == 403
    assert await endpoint.send("issues", issue("opened")) == 403, "the common secret speaks for nobody who has one of their own"
    assert await endpoint.send("issues", issue("opened", owner="Initech")) == 202, "but for everybody else"
    assert [event.community for event in endpoint.host.events] == ["acme", ""]


async def test_an_owner_whom_no_configuration_names_is_counted_and_dropped(serve):
    endpoint = await serve(FakeHost({}), communities={"acme": "a's secret"})
    assert await endpoint.post(BODY) == 202
    assert await endpoint.post(BODY, path="/acme", secret="a's secret") == 202
    assert [(event.realm, event.community) for event in endpoint.host.dropped] == [("octocat", "")] * 2
    assert not endpoint.host.journal


async def test_without_a_common_secret_the_common_address_hears_nobody(serve):
    endpoint = await serve(secret="", communities={"acme": "a's secret"})
    assert await endpoint.post(BODY, secret="") == 403


async def test_a_full_disk_is_told_to_github_so_that_it_can_be_delivered_again(serve):
    endpoint = await serve()
    endpoint.host.failure = OSError(28, "No space left on device")
    assert await endpoint.post(BODY) == 503
    endpoint.host.failure = InvalidEvent("place.name is too long")
    assert await endpoint.post(BODY) == 400
    endpoint.host.failure = None
    assert await endpoint.post(BODY) == 202


async def test_nothing_is_answered_before_the_event_is_kept(serve):
    endpoint = await serve()
    gate, put = asyncio.Event(), endpoint.host.put

    async def slow(event):
        await gate.wait()
        await put(event)

    endpoint.host.put = slow
    sending = asyncio.create_task(endpoint.post(BODY))
    done, _ = await asyncio.wait([sending], timeout=0.05)
    assert not done
    gate.set()
    assert await sending == 202


async def test_the_bound_is_the_adapters_own_and_not_the_servers(serve):
    large = json.dumps(issue("opened") | {"padding": "x" * 3_000_000}).encode()
    assert await (await serve()).post(large) == 202
    assert await (await serve(max_body=len(large) - 1)).post(large) == 413
