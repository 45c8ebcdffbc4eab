#!/usr/bin/env python3
"""Makes three long fictional SOC 2 reports, one by each of three PDF producers, to measure with.

    make_reports.py [FOLDER]        default /tmp/bench

One generator writes the content (letter, assertion, description, dense tables of tests over more than half of the
pages, management's responses); three writers set it: reportlab, LibreOffice (through a flat ODF text document) and
Chromium (through HTML). The same script makes the same content every time; companies and persons are invented.
"""
import html
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

CRITERIA = {
    "CC1": ("Control environment", 5), "CC2": ("Communication and information", 3),
    "CC3": ("Risk assessment", 4), "CC4": ("Monitoring activities", 2), "CC5": ("Control activities", 3),
    "CC6": ("Logical and physical access", 8), "CC7": ("System operations", 5),
    "CC8": ("Change management", 1), "CC9": ("Risk mitigation", 2), "A1": ("Availability", 3),
    "C1": ("Confidentiality", 2),
}

OWNERS = ["the security team", "the platform team", "people operations", "the compliance manager", "the head of engineering",
          "the service desk", "the data office", "the infrastructure lead", "the legal team", "the risk committee",
          "the network group", "the release manager", "internal audit", "the chief information security officer"]
TIMES = ["each week", "each month", "every quarter", "once a year", "on every change", "within one business day",
         "within five working days", "twice a year", "at the start of each shift", "before first use", "daily"]
OBJECTS = {
    "CC1": ["the code of conduct", "role descriptions", "background screening", "performance conversations", "the reporting lines",
            "the charter of the board committee", "training records", "sanctions for breaches of policy"],
    "CC2": ["the security bulletin", "the status page", "the list of contacts of customers", "the whistleblower line",
            "the intranet pages on duties", "release notes", "the service agreement"],
    "CC3": ["the risk register", "the fraud scenarios", "the objectives of the service", "the list of legal duties",
            "the assessment of planned changes", "the threat review"],
    "CC4": ["the results of internal checks", "the list of open deficiencies", "the outside penetration test", "control metrics",
            "the follow-up of audit points"],
    "CC5": ["the policy set", "segregation of duties", "the standard for general technology controls", "the exception list for policies",
            "the procedure library"],
    "CC6": ["production accounts", "privileged roles", "encryption keys", "access requests", "accounts of leavers", "badge rights",
            "firewall rules", "removable media", "retired disks", "endpoint protection", "service account secrets", "remote sessions",
            "network segments", "multi-factor sign-in", "database grants", "visitor records"],
    "CC7": ["vulnerability scans", "configuration drift", "security alerts", "the log archive", "incident tickets", "post-incident reviews",
            "the response plan", "restoration of service", "intrusion detection", "patch levels"],
    "CC8": ["code review", "test evidence", "release approval", "emergency changes", "infrastructure templates", "build rights",
            "database migrations", "rollback plans"],
    "CC9": ["supplier reviews", "reports of subservice organizations", "insurance cover", "the continuity plan", "contract clauses on data"],
    "A1": ["capacity forecasts", "backup jobs", "replication between zones", "restoration exercises", "power and cooling readings"],
    "C1": ["data classification", "retention schedules", "deletion of customer data", "confidentiality agreements", "masking of test data"],
}
ACTS = ["reviews {o} {t} and records the outcome", "keeps {o} under a written procedure and confirms it {t}",
        "approves {o} {t}, and differences are followed up in the ticket system",
        "compares {o} with the approved baseline {t}", "documents {o} and presents the result {t} to management",
        "monitors {o} {t}; findings are ranked and assigned", "restricts {o} to named persons and attests to the list {t}",
        "configures {o} in line with the standard and verifies the settings {t}"]
TESTS = ["Inspected {r} for {n} of {m} {u} to determine that {o} had been handled as stated.",
         "Inquired of {w} about the procedure and inspected {r} for a sample of {n} of {m} {u}.",
         "Observed {w} carry out the control for one case, and inspected {r} for {n} of {m} {u} drawn from the system list.",
         "Reperformed the comparison for {n} of {m} {u} and agreed the outcome with {r}.",
         "Inspected the settings that govern {o} and {r} for {n} of {m} {u} selected from the whole period.",
         "Obtained the population of {m} {u}, checked its completeness against the source, selected {n}, and inspected {r} for each."]
RECORDS = ["tickets and approvals", "signed minutes", "system screens", "the dated report", "the change history", "mail notices and tickets",
           "the export of the register", "the completed checklist", "log entries with time stamps", "the review memorandum"]
UNITS = ["items", "requests", "events", "months", "changes", "employees", "servers", "records", "alerts", "suppliers"]
PLACES = ["Northfield", "Eastgate", "Halden", "Port Merrow", "Lower Quay", "Ashby Cross"]
NOUNS = ["service", "platform", "engine", "console", "gateway", "ledger", "archive", "pipeline", "connector", "scheduler"]
OPENERS = ["During the period,", "In ordinary operation,", "As a rule,", "For every customer,", "Under the agreement,", "By policy,",
           "At all sites,", "Where a request arrives,", "Once a quarter,", "After each release,"]
CLAUSES = ["{w} keeps the {n} of {c} under review and writes down what was decided",
           "the {n} takes in files from customers, checks their form and stores them in encrypted volumes at {p}",
           "{w} and {w2} share the duty for the {n}, and each has a named deputy",
           "settings of the {n} are described in a standard that {w} renews yearly",
           "requests that touch the {n} are ranked by urgency, and the ranking is seen by {w}",
           "the {n} reports its health to a common log store, from which alerts reach the engineer on call",
           "{c} informs customers of planned work on the {n} through the status page and by mail",
           "data held by the {n} are classed as restricted and may be copied only with the consent of {w}",
           "staff who work on the {n} at {p} finish a course on secure handling before they start",
           "a change to the {n} is tried in a separate environment, reviewed by a colleague and approved by {w}",
           "the recovery of the {n} is rehearsed with {w2}, and lessons are kept with the plan",
           "suppliers of parts of the {n} are assessed by {w} before a contract is signed"]


class Report:
    """A fictional vendor with its content as blocks: (kind, ...)."""

    def __init__(self, seed, company, short, system, auditor, city, host, wide):
        """`wide` names the families of criteria whose tables stand on landscape pages."""
        self.r, self.wide = random.Random(seed), wide
        self.company, self.short, self.system = company, short, system
        self.auditor, self.city, self.host = auditor, city, host
        self.title = f"{company}: SOC 2 Type 2 Report"
        self.blocks = []
        self.write()

    def add(self, *block):
        self.blocks.append(block)

    def sentence(self):
        r = self.r
        w, w2 = r.sample(OWNERS, 2)
        text = r.choice(CLAUSES).format(w=w, w2=w2, n=r.choice(NOUNS), p=r.choice(PLACES), c=self.short)
        if r.random() < 0.45:
            return f"{r.choice(OPENERS)} {text}."
        return text[0].upper() + text[1:] + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.r.randint(4, 8)))

    def write(self):
        r, add, period = self.r, self.add, "October 1, 2024 to September 30, 2025"
        co, sh = self.company, self.short
        add("title", self.system, co, "SOC 2 Type 2 Report",
            "Controls Relevant to Security, Availability, and Confidentiality", f"For the period {period}", self.auditor)
        add("toc",)
        add("h1", "Section I. Independent Service Auditor's Report")
        add("p", f"To the Management of {co}")
        letter = [
            ("Scope", [
                f"We have examined the accompanying description of the {self.system} of {co} (“{sh}”) titled “Description of the {self.system}” throughout the period {period} (the “description”), based on the criteria in DC section 200, 2018 Description Criteria for a Description of a Service Organization's System in a SOC 2 Report (the “description criteria”), and the suitability of the design and operating effectiveness of controls stated in the description throughout the period {period}, to provide reasonable assurance that {sh}'s service commitments and system requirements were achieved based on the trust services criteria relevant to security, availability, and confidentiality (the “applicable trust services criteria”) set forth in TSP section 100, 2017 Trust Services Criteria for Security, Availability, Processing Integrity, Confidentiality, and Privacy (With Revised Points of Focus – 2022).",
                f"{sh} uses {self.host}, a subservice organization, to house its servers. The description indicates that complementary subservice organization controls that are suitably designed and operating effectively are necessary, along with controls at {sh}. Our examination did not include the services provided by the subservice organization, and we have not evaluated its controls.",
                "Complementary user entity controls are necessary as well, and our examination did not include them."]),
            ("Service Organization's Responsibilities", [f"{sh} is responsible for its service commitments and system requirements, for its controls, for the description and for the assertion in Section II."]),
            ("Service Auditor's Responsibilities", ["Our responsibility is to express an opinion, based on our examination, in accordance with attestation standards established by the American Institute of Certified Public Accountants. Those standards ask for reasonable assurance about whether, in all material respects, the description is presented in accordance with the description criteria, and the controls were suitably designed and operated effectively. We assessed the risks that controls were not suitably designed or operating effectively. The evidence we obtained is sufficient and appropriate to provide a reasonable basis for our opinion. We are independent of the service organization."]),
            ("Inherent Limitations", ["Controls may be evaded or grow unsuitable with time, and may not prevent, or detect and correct, every error."]),
            ("Description of Tests of Controls", ["The controls we tested, the tests and their results are listed in Section IV."]),
            ("Opinion", [
                f"In our opinion, in all material respects, (a) the description presents the {self.system} that was designed and implemented throughout the period {period} in accordance with the description criteria; (b) the controls stated in the description were suitably designed throughout that period to provide reasonable assurance that {sh}'s service commitments and system requirements would be achieved based on the applicable trust services criteria, if its controls operated effectively throughout that period and if the subservice organization and user entities applied the complementary controls assumed in the design; and (c) the controls stated in the description operated effectively throughout that period to provide reasonable assurance that {sh}'s service commitments and system requirements were achieved based on the applicable trust services criteria, if the complementary controls operated effectively throughout that period."]),
            ("Restricted Use", [f"This report is intended solely for the information and use of {sh}, user entities of the {self.system} during some or all of the period, and others who have sufficient knowledge. It is not intended to be, and should not be, used by anyone other than these specified parties."]),
        ]
        for heading, paragraphs in letter:
            add("h2", heading)
            for text in paragraphs:
                add("p", text)
        for line in (self.auditor, self.city, "December 5, 2025"):
            add("p", line)
        add("h1", f"Section II. Assertion of {sh} Management")
        add("p", f"We have prepared the description of the {self.system} throughout the period {period}. We confirm, to the best of our knowledge and belief, that the description presents the system that was designed and implemented, that the controls stated in it were suitably designed, and that they operated effectively throughout the period.")
        add("p", f"Rosalind Achebe, Chief Executive Officer, {co}")
        add("p", "December 4, 2025")
        add("h1", f"Section III. Description of the {self.system}")
        heads = ["Company Background", "Services Provided", "Boundaries of the System", "Principal Service Commitments and System Requirements",
                 "Infrastructure", "Software", "People", "Procedures", "Data", "Control Environment", "Risk Assessment", "Monitoring",
                 "Information and Communication", "Logical Access", "Physical Access", "Network Protection", "Vulnerability Handling",
                 "Change Management", "Incident Handling", "Backup and Recovery", "Supplier Oversight", "Confidential Information"]
        for heading in heads:
            add("h2", heading)
            for _ in range(r.randint(4, 7)):
                add("p", self.paragraph())
            if r.random() < 0.5:
                add("ul", [self.sentence() for _ in range(r.randint(4, 8))])
        add("h2", "System Incidents")
        add("p", "There were no significant incidents during the period.")
        add("h2", "Changes to the System During the Period")
        add("p", "There were no significant changes to the system during the period.")
        add("h2", "Subservice Organization")
        add("table", ["Organization", "Service", "Complementary Subservice Organization Controls"],
            [[self.host, "Data center hosting", "Physical entry is limited to listed persons (CC6.4). Media are destroyed before disposal (CC6.5). Power and cooling are maintained (A1.2)."]], [24, 22, 54])
        add("h2", "Complementary User Entity Controls")
        add("ul", ["User entities remove accounts of their staff who leave (CC6.2, CC6.3).", "User entities require multi-factor sign-in (CC6.1).",
                   "User entities keep contacts for notices current (CC2.3).", "User entities protect interface keys (CC6.1)."])
        add("h1", "Section IV. Trust Services Criteria, Related Controls, and Tests of Controls")
        add("p", "Tests were inquiry together with inspection, observation or reperformance. Samples were drawn from lists whose completeness was checked.")
        responses, turned = [], False
        for family, (name, count) in CRITERIA.items():
            controls = [self.control(family, number + 1) for number in range(max(8, count * 6))]
            if (family in self.wide) != turned:
                turned = not turned
                add("turn", turned)
            for item in range(1, count + 1):
                add("h2", f"{family}.{item} {name}")
                subjects = r.sample(OBJECTS[family], 3)
                add("p", f"{family}.{item}: To meet its objectives, the entity decides who answers for {subjects[0]}, keeps {subjects[1]} "
                    f"and {subjects[2]} under control, and acts on what it finds.")
                # Each control stands under one criterion at least, and most under several.
                listed = sorted({*range(item - 1, len(controls), count), *r.sample(range(len(controls)), min(11, len(controls)))})
                add("tests", f"{family}.{item}", [controls[n] for n in listed], turned)
            responses += [(c[0], result) for c in controls for _, result in c[2] if result.startswith("Exception")]
        add("turn", False) if turned else None
        self.exceptions = [number for number, _ in responses]
        add("h1", f"Section V. Other Information Provided by {sh} That Is Not Covered by the Service Auditor's Report")
        add("p", "Management was told of the exceptions in Section IV and answers them here. The service auditor did not examine these answers.")
        add("table", ["Control No.", "Exception", "Management's Response"],
            [[number, result, f"Management agrees. {self.sentence()} {self.sentence()}"] for number, result in responses], [12, 38, 50])

    def control(self, family, number):
        """A control's number, its text, and its tests with their results."""
        r = self.r
        o, w, t = r.choice(OBJECTS[family]), r.choice(OWNERS), r.choice(TIMES)
        text = f"{w[0].upper()}{w[1:]} {r.choice(ACTS).format(o=o, t=t)}."
        for more in r.sample(["Deviations are raised with the owner and tracked to their end.", "Evidence is kept for thirteen months.",
                              "A deputy acts in the owner's absence.", "The record names the person and the day.",
                              "What is found is reported to the steering group."], r.choice([0, 1, 1, 2])):
            text += " " + more
        tests = []
        for template in r.sample(TESTS, r.choice([1, 2, 2, 3, 3, 4, 5])):
            n = r.choice([2, 4, 5, 10, 15, 20, 25, 40])
            m = n * r.randint(2, 20) + r.randint(0, 9)
            test = template.format(r=r.choice(RECORDS), n=n, m=m, u=r.choice(UNITS), o=o, w=w)
            result = "No exceptions noted."
            if r.random() < 0.012:
                result = (f"Exception noted. For {r.choice([1, 2])} of {n} selected, the record was made late or could not be shown. "
                          "See management's response in Section V.")
            tests.append((test, result))
        if r.random() < 0.02:
            tests = [(test, "The circumstances that warrant the operation of the control did not occur during the period.") for test, _ in tests[:1]]
        return f"{family}-{number:02d}", text, tests


# ---------------------------------------------------------------- reportlab

def by_reportlab(report, path):
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import landscape, letter
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle)
    from reportlab.platypus.tableofcontents import TableOfContents

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=6, alignment=4)
    cell = ParagraphStyle("cell", fontName="Times-Roman", fontSize=8, leading=9.2)
    head = ParagraphStyle("head", parent=cell, fontName="Times-Bold")
    h1 = ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=10)
    h2 = ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=11.5, leading=15, spaceBefore=6, spaceAfter=4, keepWithNext=1)
    big = ParagraphStyle("big", fontName="Helvetica-Bold", fontSize=20, leading=26, spaceAfter=24, alignment=1)

    class Document(BaseDocTemplate):
        def afterFlowable(self, flowable):
            if isinstance(flowable, Paragraph) and flowable.style.name in ("h1", "h2"):
                self.notify("TOCEntry", (0 if flowable.style.name == "h1" else 1, flowable.getPlainText(), self.page))

    def decorate(canvas, document):
        if document.page == 1:
            return
        width, height = canvas._pagesize
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 32, report.title)
        canvas.drawString(60, 30, "Confidential")
        canvas.drawRightString(width - 60, 30, f"Page {document.page}")

    document = Document(path, pagesize=letter, invariant=1, title=report.title, author=report.auditor)
    document.addPageTemplates([
        PageTemplate("tall", frames=[Frame(54, 50, 504, 700)], onPage=decorate),
        PageTemplate("wide", frames=[Frame(54, 50, 684, 520)], onPage=decorate, pagesize=landscape(letter))])

    def grid(data, widths, total, spans=()):
        cells = [[Paragraph(escape(text), head if number == 0 else cell) for text in row] for number, row in enumerate(data)]
        table = Table(cells, colWidths=[total * w / 100 for w in widths], repeatRows=1, splitInRow=1)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                                   ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                                   ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.88, 0.9, 0.94)), *spans]))
        return [table, Spacer(1, 8)]

    flow, escape = [], html.escape
    for block in report.blocks:
        kind = block[0]
        if kind == "title":
            flow += [Spacer(1, 120)] + [Paragraph(escape(line), big) for line in block[1:]] + [PageBreak()]
        elif kind == "toc":
            toc = TableOfContents(dotsMinLevel=0)
            toc.levelStyles = [ParagraphStyle("t1", fontName="Helvetica", fontSize=10, leading=13),
                               ParagraphStyle("t2", fontName="Helvetica", fontSize=9, leading=11, leftIndent=14)]
            flow.append(toc)
        elif kind == "h1":
            flow += [PageBreak(), Paragraph(escape(block[1]), h1)]
        elif kind == "h2":
            flow.append(Paragraph(escape(block[1]), h2))
        elif kind == "p":
            flow.append(Paragraph(escape(block[1]), body))
        elif kind == "ul":
            flow += [Paragraph(escape(item), body, bulletText="•") for item in block[1]]
        elif kind == "table":
            flow += grid([block[1], *block[2]], block[3], 492)
        elif kind == "turn":
            flow += [NextPageTemplate("wide" if block[1] else "tall"), PageBreak()]
        elif kind == "tests":
            # Each test in a row of its own, the cells of the control over all of them; on the wide pages the criterion too.
            _, criterion, controls, turned = block
            heads = ["Control No.", "Control Activity", "Tests Performed by the Service Auditor", "Results of Tests"]
            data, spans = [["Criterion"] * turned + heads], []
            for number, text, tests in controls:
                first = len(data)
                data += [[criterion] * turned + [number, text, *test] for test in tests[:1]]
                data += [[""] * (2 + turned) + [*test] for test in tests[1:]]
                spans += [("SPAN", (c, first), (c, len(data) - 1)) for c in range(2 + turned) if len(tests) > 1]
            flow += grid(data, [8, 8, 30, 36, 18] if turned else [11, 32, 38, 19], 672 if turned else 492, spans)
    document.multiBuild(flow)
    freeze(path)


# ---------------------------------------------------------------- LibreOffice

def by_libreoffice(report, path):
    def esc(text):
        return html.escape(text, quote=False)

    out, widths, turned = [], {}, None

    def heading(style):
        """The style of a heading; the first one after a turn begins pages of the other form."""
        nonlocal turned
        form, turned = {None: "", True: "Wide", False: "Tall"}[turned], None
        return style + form

    def cells(row, style, spans=None):
        """Cells of a row, each over as many rows as `spans` says; 0 for one that another covers."""
        return "<table:table-row>" + "".join(
            "<table:covered-table-cell/>" if span == 0 else
            f'<table:table-cell table:style-name="Cell" table:number-rows-spanned="{span}"><text:p text:style-name="{style}">{esc(c)}</text:p></table:table-cell>'
            for c, span in zip(row, spans or [1] * len(row))) + "</table:table-row>"

    def table(heads, rows, share, width):
        key = "_".join(map(str, [width, *share]))
        widths[key] = width, share
        return (f'<table:table table:style-name="Tab{width}">' + "".join(
            f'<table:table-column table:style-name="C{key}_{i}"/>' for i in range(len(share))) +
            "<table:table-header-rows>" + cells(heads, "CellHead") + "</table:table-header-rows>" +
            "".join(rows) + '</table:table><text:p text:style-name="CellText"/>')

    for block in report.blocks:
        kind = block[0]
        if kind == "title":
            out += [f'<text:p text:style-name="Big">{esc(line)}</text:p>' for line in block[1:]]
        elif kind == "toc":
            out.append('<text:p text:style-name="H1">Table of Contents</text:p>')
            for number, (_, text, *_) in enumerate(b for b in report.blocks if b[0] == "h1"):
                out.append(f'<text:p text:style-name="Toc">{esc(text)}<text:tab/>'
                           f'<text:bookmark-ref text:reference-format="page" text:ref-name="s{number}">0</text:bookmark-ref></text:p>')
            section = 0
        elif kind == "h1":
            out.append(f'<text:h text:style-name="{heading("H1")}" text:outline-level="1"><text:bookmark-start text:name="s{section}"/>'
                       f'{esc(block[1])}<text:bookmark-end text:name="s{section}"/></text:h>')
            section += 1
        elif kind == "h2":
            out.append(f'<text:h text:style-name="{heading("H2")}" text:outline-level="2">{esc(block[1])}</text:h>')
        elif kind == "p":
            out.append(f'<text:p text:style-name="Body">{esc(block[1])}</text:p>')
        elif kind == "ul":
            out.append('<text:list text:style-name="Bullets">' + "".join(
                f'<text:list-item><text:p text:style-name="Body">{esc(i)}</text:p></text:list-item>' for i in block[1]) + "</text:list>")
        elif kind == "table":
            out.append(table(block[1], [cells(row, "CellText") for row in block[2]], block[3], 172))
        elif kind == "turn":
            turned = block[1]
        elif kind == "tests":
            # Five columns; each test in a row of its own, the other cells over all rows of the control.
            _, criterion, controls, wide = block
            rows = []
            for number, text, tests in controls:
                for place, test in enumerate(tests):
                    spans = [len(tests) if place == 0 else 0] * 3 + [1, 1]
                    rows.append(cells([criterion, number, text, *test], "CellText", spans))
            out.append(table(["Criterion", "Control Number", "Controls Specified by the Service Organization",
                              "Tests Performed by the Service Auditor", "Test Results"], rows, [8, 9, 30, 36, 17], 251 if wide else 172))
    columns = "".join(
        f'<style:style style:name="C{key}_{i}" style:family="table-column"><style:table-column-properties style:column-width="{width * w / 1000:.3f}cm"/></style:style>'
        for key, (width, share) in widths.items() for i, w in enumerate(share))
    columns += "".join(
        f'<style:style style:name="Tab{width}" style:family="table"><style:table-properties style:width="{width / 10}cm" table:align="left"/></style:style>'
        for width in sorted({width for width, _ in widths.values()}))

    def para(name, text, paragraph="", page=""):
        return (f'<style:style style:name="{name}" style:family="paragraph" {page}><style:paragraph-properties {paragraph}/>'
                f'<style:text-properties {text}/></style:style>')

    serif, sans = 'style:font-name="Liberation Serif"', 'style:font-name="Liberation Sans"'
    heads = ""
    for form, page in (("", ""), ("Wide", 'style:master-page-name="Wide"'), ("Tall", 'style:master-page-name="Standard"')):
        heads += para(f"H1{form}", sans + ' fo:font-size="16pt" fo:font-weight="bold"', 'fo:break-before="page" fo:margin-bottom="0.3cm"', page)
        heads += para(f"H2{form}", sans + ' fo:font-size="12pt" fo:font-weight="bold"',
                      'fo:margin-top="0.25cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"', page)
    running = (f'<style:header><text:p text:style-name="Foot">{esc(report.title)}</text:p></style:header>'
               '<style:footer><text:p text:style-name="Foot">Confidential. Page <text:page-number/></text:p></style:footer>')
    room = ('<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.3cm"/></style:header-style>'
            '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/></style:footer-style>')
    document = f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{esc(report.title)}</dc:title></office:meta>
<office:font-face-decls><style:font-face style:name="Liberation Serif" svg:font-family="'Liberation Serif'"/><style:font-face style:name="Liberation Sans" svg:font-family="'Liberation Sans'"/></office:font-face-decls>
<office:styles>
{para("Big", sans + ' fo:font-size="22pt" fo:font-weight="bold"', 'fo:margin-top="1.2cm" fo:text-align="center"')}
{heads}
{para("Body", serif + ' fo:font-size="11pt"', 'fo:margin-bottom="0.2cm" fo:text-align="justify"')}
{para("CellText", serif + ' fo:font-size="8pt"')}
{para("CellHead", serif + ' fo:font-size="8pt" fo:font-weight="bold"')}
{para("Foot", sans + ' fo:font-size="8pt"')}
<style:style style:name="Toc" style:family="paragraph"><style:paragraph-properties><style:tab-stops><style:tab-stop style:position="17cm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties><style:text-properties {serif} fo:font-size="11pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.4pt solid #777777" fo:padding="0.04cm"/></style:style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>
{columns}
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21.59cm" fo:page-height="27.94cm" fo:margin="2.1cm"/>{room}</style:page-layout>
<style:page-layout style:name="PageWide"><style:page-layout-properties fo:page-width="27.94cm" fo:page-height="21.59cm" fo:margin="1.4cm" style:print-orientation="landscape"/>{room}</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">{running}</style:master-page><style:master-page style:name="Wide" style:page-layout-name="PageWide">{running}</style:master-page></office:master-styles>
<office:body><office:text>{"".join(out)}</office:text></office:body></office:document>'''
    with tempfile.TemporaryDirectory() as scratch:
        source = os.path.join(scratch, "report.fodt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(document)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{scratch}/profile", "--convert-to", "pdf",
                        "--outdir", scratch, source], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copyfile(os.path.join(scratch, "report.pdf"), path)
    freeze(path)


# ---------------------------------------------------------------- Chromium

def by_chromium(report, path):
    esc, out = html.escape, []

    def table(heads, rows, widths):
        """Cells are HTML."""
        return ("<table><colgroup>" + "".join(f'<col style="width:{w}%">' for w in widths) + "</colgroup><thead><tr>" +
                "".join(f"<th>{esc(c)}</th>" for c in heads) + "</tr></thead><tbody>" +
                "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</tbody></table>")

    for block in report.blocks:
        kind = block[0]
        if kind == "title":
            out.append('<div class="cover">' + "".join(f"<p>{esc(line)}</p>" for line in block[1:]) + "</div>")
        elif kind == "toc":
            out.append("<h1>Table of Contents</h1>" + "".join(f"<p>{esc(b[1])}</p>" for b in report.blocks if b[0] == "h1"))
        elif kind in ("h1", "h2", "p"):
            out.append(f"<{kind}>{esc(block[1])}</{kind}>")
        elif kind == "ul":
            out.append("<ul>" + "".join(f"<li>{esc(i)}</li>" for i in block[1]) + "</ul>")
        elif kind == "table":
            out.append(table(block[1], [[esc(c) for c in row] for row in block[2]], block[3]))
        elif kind == "tests":
            # All tests of a control in one cell, with one result for those without exception.
            rows = []
            for number, text, tests in block[2]:
                results = list(dict.fromkeys(result for _, result in tests))
                results = [result for result in results if len(results) == 1 or not result.startswith("No exception")]
                rows.append([number, esc(text), "".join(f"<p>{place}. {esc(test)}</p>" for place, (test, _) in enumerate(tests, 1)),
                             "".join(f"<p>{esc(result)}</p>" for result in results)])
            out.append(table(["Ref.", "Description of the Control", "Service Auditor's Tests of Controls", "Results of Tests"], rows, [8, 32, 43, 17]))
    page = f'''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{esc(report.title)}</title><style>
@page {{ size: letter; margin: 18mm 17mm 20mm; @top-left {{ content: "{esc(report.title)}"; font: 8pt "Liberation Sans" }} @bottom-right {{ content: "Page " counter(page); font: 8pt "Liberation Sans" }} }}
body {{ font: 10.5pt/1.35 "DejaVu Sans", sans-serif }} h1 {{ page-break-before: always; font-size: 18pt }} h2 {{ font-size: 12pt; page-break-after: avoid }}
.cover p {{ font-size: 20pt; text-align: center; margin: 14mm 0 }} table {{ border-collapse: collapse; width: 100%; font: 8pt/1.15 "Liberation Sans", sans-serif; margin-bottom: 5mm; table-layout: fixed }}
th, td {{ border-bottom: 1px solid #999; padding: 0.6mm 1mm; text-align: left; vertical-align: top }} td p {{ margin: 0 0 0.5mm }} tbody tr:nth-child(even) {{ background: #f2f4f8 }}
</style></head><body>{"".join(out)}</body></html>'''
    with tempfile.TemporaryDirectory() as scratch:
        source, made = os.path.join(scratch, "report.html"), os.path.join(scratch, "report.pdf")
        with open(source, "w", encoding="utf-8") as file:
            file.write(page)
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={scratch}/profile", f"--print-to-pdf={made}", f"file://{source}"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copyfile(made, path)
    freeze(path)


def freeze(path):
    """Overwrites, digit for digit, what a producer took from the clock or from chance."""
    with open(path, "rb") as file:
        data = file.read()
    data = re.sub(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}", rb"\g<1>20251205120000", data)
    data = re.sub(rb"(\(D:20251205120000)[-+]\d\d'\d\d'", rb"\g<1>+00'00'", data)
    for name in (rb"/ID ?\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>", rb"/DocChecksum ?/[0-9A-Fa-f]+"):
        data = re.sub(name, lambda m: re.sub(rb"(?<=[</])[0-9A-Fa-f]{16,}", lambda d: b"0" * len(d.group()), m.group()), data)
    with open(path, "wb") as file:
        file.write(data)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/tmp/bench"
    os.makedirs(folder, exist_ok=True)
    for name, writer, report in (
        ("reportlab", by_reportlab, (11, "Thornbury Relay, Inc.", "Thornbury", "Relay Dispatch Platform", "Cobden Marsh CPAs, LLP", "Providence, Rhode Island", "Slateford Data Halls, LLC", {"CC7", "A1", "C1"})),
        ("libreoffice", by_libreoffice, (22, "Vantreight Cloudworks, Inc.", "Vantreight", "Cloudworks Payroll Service", "Ibbotson & Farrow, P.C.", "Spokane, Washington", "Ridgeback Hosting Company", set(CRITERIA))),
        ("chromium", by_chromium, (33, "Eddystone Claims Technologies, LLC", "Eddystone", "ClaimBeacon Platform", "Marchbanks Oyelaran CPAs, PLLC", "Duluth, Minnesota", "Cinder Bay Colocation, Inc.", set())),
    ):
        path = os.path.join(folder, f"{name}.pdf")
        writer(Report(*report), path)
        print(path)


if __name__ == "__main__":
    main()
