"""A policy file for another company: the categories and how they are recognised stay, the rest is to be filled in."""

from __future__ import annotations

import re
from importlib import resources

_CONFLICT = re.compile(r"(?<=# )C\d\d: | *\(C\d\d(?:, C\d\d)*\)|: C\d\d$| *# C\d\d$|,? *conflict: C\d\d", re.MULTILINE)
_TOP = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)

_REPLACED = {
    "policy": """\
policy:
  id: {id}                 # små bokstäver, siffror, - och _
  title: Integritetspolicy
  company: {company}
  language: sv
  version: "1"
  valid_from: null         # från när texten gäller: 2026-12-01
  history: []              # tidigare: {{version: "1", valid_from: 2025-01-01, sha256: …, note: vad som ändrades}}
  source:                  # texten som filen är gjord av; sha256sum policy.txt
    file: policy.txt
    sha256: "{zeros}"
    lines: 1
  scope_roles: [customer, former_customer]
  out_of_scope_roles: [employee]
""",
    "controller": "controller: {{name: {company}, org_number: null}}\n",
    "dpo": "dpo: {{title: Dataskyddsombud, email: null}}\n",
    "contacts": "contacts: {{rights_requests: {{email: null}}}}\n",
    "supervisory_authority": """\
supervisory_authority:
  text: Integritetsskyddsmyndigheten
  resolves_to: Integritetsskyddsmyndigheten (IMY)
  dpv: legal-se:DPA-SE
""",
    "sources_of_data": "sources_of_data: []\n",
    "retention_rules": """\
# Hur länge uppgifterna sparas: texten som den står i policyn, händelsen som tiden räknas från, och månader
retention_rules:
  R_CUSTOMER:
    text: Så länge du är kund och 12 månader därefter
    line: 1
    while: customer_relationship
    after: customer_relationship_end
    months: 12
""",
    "purposes": """\
# Ett ändamål för varje rad i policyn: ordagrant, med rättslig grund, kategorier och tid
purposes:
  service_provision:
    sv: Tillhandahållande av våra tjänster
    en: Providing our services
    line: 1
    legal_basis: {{sv: Fullgörande av avtal, article: "6(1)(b)", dpv: "eu-gdpr:A6-1-b-contract-performance", line: 1}}
    why: För att kunna leverera det du beställt
    categories: [name, postal_address, email, phone]
    retention: R_CUSTOMER
    roles: [customer, former_customer]
    dpv: [dpv:RequestedServiceProvision]
""",
    "third_party_rules": "third_party_rules: {{}}\n",
    "promises": "promises: []\n",
    "recipients": "recipients: []\n",
    "transfers": "transfers: []\n",
    "rights": """\
# Rättigheterna; `lines` är raderna där policyn säger det
rights:
  access: {{sv: Rätt till tillgång, article: 15, lines: []}}
  rectification: {{sv: Rätt till rättelse, article: 16, lines: []}}
  erasure: {{sv: Rätt till radering, article: 17, lines: []}}
  restriction: {{sv: Rätt till begränsning, article: 18, lines: []}}
  objection: {{sv: Rätt till invändning, article: 21, lines: []}}
  portability: {{sv: Rätt till dataportabilitet, article: 20, lines: []}}
  withdraw_consent: {{sv: Rätt att återkalla samtycke, article: "7(3)", lines: []}}
  automated_decisions: {{sv: Automatiserade beslut och profilering, article: 22, lines: []}}
  complaint: {{sv: Klagomål, article: 77, lines: []}}
""",
    "conflicts": """\
# Frågor att avgöra: allt i texten som är otydligt, motsägs eller saknas
conflicts: []
# - {{id: C01, severity: medium, lines: [1], kind: vague, problem: "Vad som är oklart.", proposal: "En lösning."}}
""",
}


def skeleton(id: str, company: str) -> str:
    """The text of a new policy file, which is valid as it is.

    Args:
        id: Of the policy, such as `acme`.
        company: Name of the controller.
    """
    whole = (resources.files("reports") / "policies" / "omnipoint.yaml").read_text("utf-8")
    sections = _TOP.split(whole)
    head = sections[0].replace("Omnipoint AB:s integritetspolicy", f"{company}: integritetspolicy")
    values = {"id": id, "company": _quoted(company), "zeros": "0" * 64}
    parts = []
    for section in sections[1:]:
        name = section.partition(":")[0]
        parts.append(_REPLACED[name].format(**values) + "\n" if name in _REPLACED else _neutral(section))
    return head.replace("omnipoint.txt", "policy.txt") + "".join(parts)


def _neutral(section: str) -> str:
    """A section without references to another company's open questions."""
    lines = (line for line in section.split("\n") if not re.fullmatch(r"\s*conflict: C\d\d", line))
    return _CONFLICT.sub("", "\n".join(lines))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
