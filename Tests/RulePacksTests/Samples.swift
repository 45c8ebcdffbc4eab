import Glibc
import RulePacks
import XMLTree

/// The schemas as they stand in the repository, and small rules to break.
enum Samples {
  static let repository: String = {
    var path = #filePath.split(separator: "/").map(String.init)
    path.removeLast(3)
    return "/" + path.joined(separator: "/")
  }()

  static func file(_ path: String) -> [UInt8] {
    let descriptor = open(repository + "/" + path, O_RDONLY)
    precondition(descriptor >= 0, "\(path) is missing from the repository")
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    return bytes
  }

  static let ruleSchema = file("rules/schema/rule.rng")
  static let packSchema = file("rules/schema/pack.rng")
  static let manifest = """
    <pack xmlns="urn:soclens:pack:1" name="soc2" version="1.0"><title>t</title>
    <description>d</description></pack>
    """

  /// A pack of these rules, by id.
  static func source(_ rules: [String: String], manifest: String = manifest) -> RulePackSource {
    var files = [
      RulePackSource.File(path: "schema/rule.rng", bytes: ruleSchema),
      RulePackSource.File(path: "schema/pack.rng", bytes: packSchema),
      RulePackSource.File(path: "soc2/pack.xml", bytes: Array(manifest.utf8)),
    ]
    for (id, text) in rules {
      files.append(RulePackSource.File(path: "soc2/\(id).xml", bytes: Array(text.utf8)))
    }
    return RulePackSource(name: "rules", files: files)
  }

  static func problems(_ source: RulePackSource) -> [FileProblem] {
    do throws(RulePackError) {
      _ = try readRulePack(source)
      return []
    } catch {
      guard case .invalid(let problems) = error else { return [] }
      return problems
    }
  }

  /// A rule that reads choices, with a scope, gaps and wordings.
  static let clauses = """
    <rule xmlns="urn:soclens:rule:1" id="opinion/clauses" status="stable" since="1.0">
      <title>Words that modify</title>
      <why>They matter.</why>
      <reference>AT-C 205</reference>
      <fact name="opinionClause" kind="choice">
        <scope zone="auditor-report letter" place="body" first-pages="10">
          <under>opinion</under>
        </scope>
        <case value="qualified" points="2">
          <phrase>except for the <any>matter|effects of</any> <gap words="6"/> described</phrase>
          <phrase capitals="yes">draft <maybe>copy</maybe></phrase>
          <unless>emergency changes</unless>
        </case>
        <case value="adverse"><phrase>does not present</phrase></case>
      </fact>
      <examples>
        <hit value="qualified" zone="auditor-report" under="Opinion">In our opinion, <mark>except
          for the matter we described</mark>, all is well.</hit>
        <hit value="adverse" fact="opinionClause">It (<mark>does not present</mark>) it.</hit>
        <miss because="no modification" zone="letter">No exceptions noted.</miss>
      </examples>
    </rule>
    """

  /// A rule that reads slots and a zone, judges, and asks.
  static let stated = """
    <rule xmlns="urn:soclens:rule:1" id="period/stated" status="draft" since="1.0">
      <title>The period</title>
      <why>Age matters.</why>
      <reference>Guide</reference>
      <reference>Another</reference>
      <fact name="period" kind="period">
        <scope zone="anywhere"/>
        <phrase>throughout the period <period/></phrase>
        <unless>prior period</unless>
      </fact>
      <fact name="organizationName" kind="name">
        <scope zone="cover"/>
        <phrase>report on <name words="8"/> and its <text as="rest"/></phrase>
      </fact>
      <zone name="letter">
        <heading>bridge letter</heading>
        <unless>example</unless>
        <opening>to whom it may <gap words="2"/> concern</opening>
      </zone>
      <finding code="stale" severity="medium">
        <when fact="period.end" older-than="P12M"/>
        <when fact="reportType" is="type2 type1"/>
        <when fact="opinion" is-not="adverse"/>
        <when fact="asOf" state="absent not-searchable"/>
        <when fact="reportDate" within-last="P2Y"/>
        <when fact="reportDate" after-review="yes"/>
        <when fact="period" shorter-than="P6M"/>
        <when fact="period" longer-than="P12M"/>
        <when fact="period" several-readings="yes"/>
        <when fact="serviceOrganization" differs-from="context.vendor"/>
        <when fact="period" days-at-least="10" days-at-most="90"/>
        <when fact="period" days-at-most="90"/>
        <when fact="reportDate" days-after="period.end" at-least="-5" at-most="20"/>
        <when fact="reportDate" days-after="period.end" at-most="-1"/>
        <when fact="exceptions" count-at-least="1"/>
        <when fact="document.kind" is="soc2-report"/>
        <title>The report is old</title>
        <message>It ended on {period.end}.</message>
        <question id="stale-newer" to="vendor" evidence="the newer report">Is there a newer
          report than {period.end}?</question>
        <question id="stale-why" to="internal">Why?</question>
      </finding>
      <examples>
        <hit value="2024-01-01/2024-12-31" fact="period">so designed <mark>throughout the period
          1 January 2024 to 31 December 2024</mark></hit>
        <hit value="Acme" fact="organizationName"><mark>Report on Acme and its system</mark></hit>
        <hit value="letter" fact="zone"><mark>Bridge Letter</mark></hit>
        <miss because="no period">As of today.</miss>
        <hit code="stale" on="2026-01-15">
          <given fact="period" value="2023-07-01/2024-06-30"/>
          <given fact="asOf" state="absent"/>
        </hit>
        <miss because="young" on="2026-01-15"><given fact="period" state="absent"/></miss>
      </examples>
    </rule>
    """

  /// A rule that counts.
  static let counted = """
    <rule xmlns="urn:soclens:rule:1" id="tests/rate" status="draft" since="1.0">
      <title>Deviations of a sample</title>
      <why>They weigh.</why>
      <reference>Guide</reference>
      <fact name="deviationRate" kind="numbers">
        <scope zone="tests-of-controls"/>
        <phrase><number as="deviations"/> of the <number as="sample"/></phrase>
        <phrase>for <fraction as="deviations" of="sample"/></phrase>
        <unless><number/> of <number as="other"/> pages</unless>
      </fact>
      <examples>
        <hit value="sample=25 deviations=2"><mark>Two of the 25</mark> were late.</hit>
        <miss because="a whole">All 25 were in time.</miss>
      </examples>
    </rule>
    """

  /// A rule that judges the entries of a list.
  static let graded = """
    <rule xmlns="urn:soclens:rule:1" id="tests/graded" status="draft" since="1.0">
      <title>Exceptions</title>
      <why>They matter.</why>
      <reference>Guide</reference>
      <finding code="exception" each="exceptions" severity="item.severity">
        <when fact="item.deviations" at-least="1" at-most="9"/>
        <when fact="item.sampleSize" at-most="60"/>
        <when fact="item.managementResponse" present="yes"/>
        <title>Exception[ in {item.controlId}]</title>
        <message>A control failed[: {item.deviations} of {item.sampleSize}].</message>
        <question id="graded-who" to="vendor"><when fact="item.nature" is="physical"/><answer fact="item.log"
          present="yes"><when fact="item.nature" is-not="other"/>{item.log}</answer>Who came in[ by {item.controlId}]?</question>
      </finding>
      <finding code="responseMissing" each="exceptions" severity="low">
        <when fact="item.managementResponse" present="no"/>
        <title>No response</title>
        <message>Nothing is said.</message>
      </finding>
      <examples>
        <hit code="exception" on="2026-01-15" findings="2" severity="high low" asks="graded-who">
          <given fact="exceptions">
            <item controlId="PE-1" deviations="1" sampleSize="25" nature="physical" severity="low"
              managementResponse.unaudited="true"/>
            <item controlId="PE-2" deviations="2" sampleSize="25" severity="high"
              managementResponse.unaudited="false" criteria="CC6.4 CC6.5"/>
          </given>
        </hit>
        <hit code="responseMissing" on="2026-01-15" severity="low">
          <given fact="exceptions" state="not-searchable"><item controlId="PE-1"/></given>
        </hit>
        <hit code="exception" on="2026-01-15" severity="low" answers="graded-who">
          <given fact="exceptions">
            <item controlId="PE-3" deviations="1" sampleSize="25" nature="physical" severity="low"
              managementResponse.unaudited="false" log="two guests"/>
          </given>
        </hit>
        <miss because="none" on="2026-01-15"><given fact="exceptions" state="absent"/></miss>
      </examples>
    </rule>
    """
}
