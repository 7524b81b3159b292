"""Printable sheets of claim codes, ten slips a page, to cut along their marks: as PDF, or as SVG, one document a page.

The PDF needs the extra ``print`` and shows all scripts but Chinese, Japanese and Korean; where its fonts lack a letter of a badge's name
it prints the slug. The SVG needs nothing and shows what the printing browser can.
"""

from .errors import BadFont, NeedsPrint
from .sheet import pdf_sheet, svg_sheets
from .slip import Paper, Slip, Words

__all__ = ["BadFont", "NeedsPrint", "Paper", "Slip", "Words", "pdf_sheet", "svg_sheets"]
