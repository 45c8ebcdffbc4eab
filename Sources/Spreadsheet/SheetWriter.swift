import CXlsxWriter
import Outputs

/// The few looks that cells have.
struct SheetStyle {
  let head: UnsafeMutablePointer<lxw_format>
  let cell: UnsafeMutablePointer<lxw_format>
  /// A cell that the reader fills in.
  let input: UnsafeMutablePointer<lxw_format>
  let tones: [SheetTable.Tone: UnsafeMutablePointer<lxw_format>]

  init?(_ book: UnsafeMutablePointer<lxw_workbook>) {
    guard let head = workbook_add_format(book), let cell = workbook_add_format(book),
      let input = workbook_add_format(book), let alarm = workbook_add_format(book),
      let caution = workbook_add_format(book), let good = workbook_add_format(book)
    else { return nil }
    format_set_bold(head)
    format_set_bg_color(head, 0xD9E1EC)
    for format in [head, cell, input] {
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      format_set_border(format, UInt8(LXW_BORDER_HAIR.rawValue))
    }
    format_set_bg_color(input, 0xFFFBE6)
    for (format, ink, ground) in [
      (alarm, 0x9C0006, 0xFFC7CE), (caution, 0x7F6000, 0xFFEB9C), (good, 0x006100, 0xC6EFCE),
    ] as [(UnsafeMutablePointer<lxw_format>, lxw_color_t, lxw_color_t)] {
      format_set_font_color(format, ink)
      format_set_bg_color(format, ground)
    }
    self.head = head
    self.cell = cell
    self.input = input
    tones = [.alarm: alarm, .caution: caution, .good: good]
  }
}

/// Writes one table into one sheet.
struct SheetWriter {
  let sheet: UnsafeMutablePointer<lxw_worksheet>
  let style: SheetStyle
  let table: SheetTable

  /// Whether everything was written.
  func write() -> Bool {
    let columns = lxw_col_t(table.columns.count)
    let last = lxw_row_t(max(table.rows.count, 1))
    var isWhole = columns > 0
    func keep(_ result: lxw_error) { isWhole = isWhole && result == LXW_NO_ERROR }

    for (index, column) in table.columns.enumerated() {
      let at = lxw_col_t(index)
      keep(worksheet_set_column(sheet, at, at, Double(column.width), nil))
      keep(text(column.name, 0, at, style.head))
      for toned in column.tones { keep(tone(toned, at, last)) }
      if !column.choices.isEmpty, !table.rows.isEmpty { keep(choices(column.choices, at, last)) }
    }
    for (index, row) in table.rows.enumerated() {
      keep(worksheet_set_row(sheet, lxw_row_t(index + 1), height(of: row), nil))
      for (place, (cell, column)) in zip(row, table.columns).enumerated() {
        let (r, c) = (lxw_row_t(index + 1), lxw_col_t(place))
        let format = column.isForReader ? style.input : style.cell
        switch cell.content {
        case .text(let words): keep(text(words, r, c, format))
        case .number(let number): keep(worksheet_write_number(sheet, r, c, Double(number), format))
        case .empty: keep(worksheet_write_blank(sheet, r, c, format))
        }
      }
    }
    guard isWhole else { return false }
    worksheet_freeze_panes(sheet, 1, 0)
    keep(worksheet_autofilter(sheet, 0, 0, last, columns - 1))
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, a4)
    worksheet_fit_to_pages(sheet, 1, 0)
    keep(worksheet_repeat_rows(sheet, 0, 0))
    return isWhole
  }

  /// Room for the longest cell, in points: not every program makes room for wrapped text by itself.
  private func height(of row: [SheetTable.Cell]) -> Double {
    let lines = zip(row, table.columns).map { cell, column -> Int in
      guard case .text(let words) = cell.content else { return 1 }
      let width = max(4, column.width)
      return words.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
        $0 + max(1, ($1.unicodeScalars.count + width - 1) / width)
      }
    }
    return Double(min(lines.max() ?? 1, mostLines) * 15)
  }

  private func text(
    _ words: String, _ row: lxw_row_t, _ column: lxw_col_t,
    _ format: UnsafeMutablePointer<lxw_format>
  ) -> lxw_error {
    worksheet_write_string(sheet, row, column, spelledOut(words), format)
  }

  private func tone(
    _ toned: SheetTable.TonedWord, _ column: lxw_col_t, _ last: lxw_row_t
  ) -> lxw_error {
    guard let format = style.tones[toned.tone] else { return LXW_NO_ERROR }
    return toned.word.withCString { word in
      var condition = lxw_conditional_format()
      condition.type = UInt8(LXW_CONDITIONAL_TYPE_TEXT.rawValue)
      condition.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH.rawValue)
      condition.value_string = UnsafeMutablePointer(mutating: word)
      condition.format = format
      return worksheet_conditional_format_range(sheet, 1, column, last, column, &condition)
    }
  }

  private func choices(
    _ choices: [String], _ column: lxw_col_t, _ last: lxw_row_t
  ) -> lxw_error {
    withCStrings(choices) { list in
      var validation = lxw_data_validation()
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      validation.value_list = list
      return worksheet_data_validation_range(sheet, 1, column, last, column, &validation)
    }
  }
}

/// A row may be 409 points high; more of a cell is seen when it is entered.
private let mostLines = 27

/// A4 by the numbers that spreadsheets give paper sizes.
private let a4: UInt8 = 9

/// In these files `_x0041_` is read as a letter by its number. Text that only looks so gets its first
/// line spelled out, and comes back as it was.
private func spelledOut(_ text: String) -> String {
  guard text.contains("_x") else { return text }
  let units = Array(text.utf8)
  var result: [UInt8] = []
  for (index, unit) in units.enumerated() {
    if unit == 0x5F, index + 6 < units.count, units[index + 1] == 0x78, units[index + 6] == 0x5F,
      units[index + 2..<index + 6].allSatisfy(isHexDigit)
    {
      result += Array("_x005F".utf8)
    }
    result.append(unit)
  }
  return String(decoding: result, as: UTF8.self)
}

private func isHexDigit(_ unit: UInt8) -> Bool {
  switch unit {
  case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
  default: false
  }
}

/// Lends the texts to C as a list that ends with null.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let copies = texts.map { text in
    let source = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: source.count)
    for (index, unit) in source.enumerated() { copy[index] = unit }
    return copy
  }
  let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: copies.count + 1)
  for (index, copy) in copies.enumerated() { list[index] = copy }
  list[copies.count] = nil
  defer {
    for copy in copies { copy.deallocate() }
    list.deallocate()
  }
  return body(list)
}
