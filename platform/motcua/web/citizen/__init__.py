"""The citizen's side: drafts, their pages and papers, filing, own cases, notices. One blueprint, one module a noun."""

from motcua.web.citizen import cases, drafts, filing, papers, payments, questions, replies, supplements
from motcua.web.citizen.blueprint import pages

__all__ = ["cases", "drafts", "filing", "pages", "papers", "payments", "questions", "replies", "supplements"]
