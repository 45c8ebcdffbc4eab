import Outputs
import SOC2Vocabulary
import Spreadsheet

/// Everything that `--out` puts into a folder but what needs the reports' own pages.
struct PacketFiles {
  /// For the folder itself.
  var files: [OutputFile]
  /// For the folder `letters` in it.
  var letters: [OutputFile]

  /// - Returns: nil where the spreadsheet could not be made.
  init?(_ packet: Packet) {
    guard let book = reviewDate(packet).flatMap({ xlsx(tables(packet), day: $0) }) else {
      return nil
    }
    files = [
      OutputFile(name: "review.xlsx", bytes: book),
      OutputFile(name: "findings.csv", bytes: csv(findingsTable(packet))),
      OutputFile(name: "questions.csv", bytes: csv(questionsTable(packet))),
      OutputFile(name: "cuecs.csv", bytes: csv(userEntityTable(packet))),
      OutputFile(name: "jira.csv", bytes: csv(jiraTable(packet))),
      OutputFile(name: "servicenow.csv", bytes: csv(serviceNowTable(packet))),
    ]
    if let dates = calendar(packet) { files.append(OutputFile(name: "dates.ics", bytes: dates)) }
    letters = requestLetters(packet).flatMap { letter in
      [
        OutputFile(name: letter.name + ".txt", bytes: Array(letter.text.utf8)),
        OutputFile(name: letter.name + ".eml", bytes: letter.draft),
      ]
    }
  }
}

/// The day a packet was reviewed on; all its documents have the same.
func reviewDate(_ packet: Packet) -> Day? { packet.reviews.first?.reviewDate }
