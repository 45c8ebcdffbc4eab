import CXlsxWriter
import Glibc
public import Outputs
public import SOC2Vocabulary

/// Writes tables as an XLSX file, one sheet each: frozen heads, filters, lists of choices, and colours
/// that repeat what words say. Every text is written as text; nothing in it is taken for a formula, a
/// number or a link.
///
/// The file has no name while it is made and never lies on a disk. The same tables and day give the
/// same bytes.
///
/// - Parameter day: what the file says it was made on, as nothing here reads a clock.
/// - Returns: nil where the system gives no memory for it, or a table is larger than a sheet can be.
public func xlsx(_ tables: [SheetTable], day: Day) -> [UInt8]? {
  let file = memfd_create("review.xlsx", closedOnExec)
  guard file >= 0 else { return nil }
  defer { close(file) }
  guard written(tables, day: day, to: "/proc/self/fd/\(file)") else { return nil }
  return contents(file)
}

/// MFD_CLOEXEC.
private let closedOnExec: UInt32 = 1

private func written(_ tables: [SheetTable], day: Day, to path: String) -> Bool {
  // The library keeps its parts in unnamed files; where there is a folder in memory, there.
  let folder = "/dev/shm"
  guard
    let book = folder.withCString({ text in
      var options = lxw_workbook_options()
      options.tmpdir = access(folder, W_OK) == 0 ? UnsafeMutablePointer(mutating: text) : nil
      return workbook_new_opt(path, &options).map { book in
        fill(book, tables, day)
          ? workbook_close(book) == LXW_NO_ERROR : abandon(book)
      }
    })
  else { return false }
  return book
}

/// Closes what could not be filled, to free it.
private func abandon(_ book: UnsafeMutablePointer<lxw_workbook>) -> Bool {
  _ = workbook_close(book)
  return false
}

private func fill(
  _ book: UnsafeMutablePointer<lxw_workbook>, _ tables: [SheetTable], _ day: Day
) -> Bool {
  var properties = lxw_doc_properties()
  properties.created = day.number * 86_400
  guard workbook_set_properties(book, &properties) == LXW_NO_ERROR,
    let style = SheetStyle(book)
  else { return false }
  return tables.allSatisfy { table in
    guard let sheet = workbook_add_worksheet(book, table.title) else { return false }
    return SheetWriter(sheet: sheet, style: style, table: table).write()
  }
}

/// The bytes of an open file from its start; nil where they cannot be read.
private func contents(_ file: Int32) -> [UInt8]? {
  let size = lseek(file, 0, SEEK_END)
  guard size > 0, lseek(file, 0, SEEK_SET) == 0 else { return nil }
  var isWhole = false
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let got = read(file, buffer.baseAddress.map { $0 + count }, size - count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      count += got
    }
    isWhole = count == size
  }
  return isWhole ? bytes : nil
}
