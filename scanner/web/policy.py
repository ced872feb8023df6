"""The policy as it is understood, its open questions to be answered, and what is otherwise than in earlier versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.policy import Policy, wording
from scanner.decisions import policy_answers, policy_versions
from scanner.decisions.policy_answers import LONGEST, OTHERWISE
from scanner.errors import ConfigError
from scanner.users.roles import COMPLIANCE
from scanner.web.pages import Pages, ThePages, language
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
SEVERITIES = ("high", "medium", "low", "info")


@router.get("/policy")
def policy(request: Request, site: TheSite, pages: ThePages, against: int = 0) -> Response:
    """The policy, its questions with what was answered, and its versions."""
    return _policy(request, site, pages, against=against)


def _policy(request: Request, site: Site, pages: Pages, *, against: int = 0, wrong: str = "") -> Response:
    known = policy_versions.versions(site.store)
    if against and against not in {one.id for one in known}:
        raise HTTPException(404)
    said = policy_answers.latest(site.store, site.policy)
    text = wording(site.config.policy, site.policy.document)
    questions = sorted(site.policy.conflicts, key=lambda one: SEVERITIES.index(one.severity))
    return pages.page(
        request,
        "policy.html.j2",
        422 if wrong else 200,
        questions=questions,
        wording=text,
        numbered=[(at, line) for at, line in enumerate(text, 1) if line.strip()],
        read=_read(site.policy, language(request).code) if text else {},
        said=said,
        open_count=sum(not (one.id in said and said[one.id].holds) for one in questions),
        answers=list(reversed(policy_answers.answers(site.store, site.policy))),
        versions=known,
        against=against,
        changes=policy_versions.changes(site.store, against, site.policy) if against else (),
        wrong=wrong,
        longest=LONGEST,
        otherwise=OTHERWISE,
    )


def _read(policy: Policy, lang: str) -> Mapping[int, list[tuple[str, str]]]:
    """Line of the text -> what is read there: where on the page it stands, and its name."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for purpose in policy.purposes.values():
        found[purpose.line or 0].append(("#h-purposes", purpose.label(lang)))
    for recipient in policy.recipients:
        found[recipient.line or (recipient.lines or (0,))[0]].append(("#h-recipients", recipient.label(lang)))
    for question in policy.conflicts:
        for line in question.lines:
            found[line].append((f"#q-{question.id}", question.id))
    return found


@router.post("/policy/{question}", dependencies=[OurForm])
def answer(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Compliance,
    question: str,
    answer: Annotated[str, Form(max_length=10)] = "",
    words: Annotated[str, Form(max_length=LONGEST)] = "",
) -> Response:
    """Confirm what is assumed, or decide otherwise."""
    if question not in {one.id for one in site.policy.conflicts} or answer not in policy_answers.ANSWERS:
        raise HTTPException(404)
    try:
        policy_answers.answer(site.store, site.policy, question, answer, words, visitor.user.name)
    except ConfigError:
        return _policy(request, site, pages, wrong=question)
    return RedirectResponse(f"/policy#q-{question}", 303)
