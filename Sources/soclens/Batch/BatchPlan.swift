import Glibc
import Outputs
import Pipeline
import Requests
import SOC2Vocabulary
import Scoring

/// One vendor of a batch: its files, and what is known of it beforehand.
struct BatchVendor: Sendable {
  /// As the summary names it.
  var name: String
  /// As the record's line names it.
  var path: String
  /// Tells it from all others of the batch, whatever it is called.
  var key: String
  var context: ReviewContext
  var files: [BatchFile]
  /// Why it cannot be reviewed; nil where it can.
  var problem: String?

  /// Name of its record, without a folder: readable, and never that of another vendor.
  var recordName: String { slug(name) + "-" + key.prefix(12) }
}

struct BatchFile: Sendable {
  var path: FilePath
  /// As it was given: in the list, or under the folder.
  var shown: String
}

/// What a batch has to do, in the order of the list, or of the names in the folder.
struct BatchPlan: Sendable {
  var vendors: [BatchVendor]
  /// For standard error, one line each.
  var messages: [String]
}

// MARK: - From a list

extension BatchPlan {
  init(_ manifest: Manifest, at path: FilePath) {
    messages = manifest.problems.map { "\(path.shown):\($0.line): \($0.message)" }
    let folder = path.folder
    vendors = manifest.vendors.map { request in
      BatchVendor(
        name: request.name, path: request.files.joined(separator: ";"),
        key: digest(
          Array((request.problem == nil ? request.name : "line \(request.line)").utf8)),
        context: ReviewContext(
          vendor: request.isNamed ? request.name : nil, products: request.products,
          tier: request.tier?.rawValue, requiredCategories: request.required),
        files: request.files.map { BatchFile(path: folder.resolving($0), shown: $0) },
        problem: request.problem)
    }
    for (vendor, request) in zip(vendors, manifest.vendors) {
      for file in vendor.files where !file.path.exists {
        messages.append("\(path.shown):\(request.line): there is no file '\(inert(file.shown))'")
      }
    }
  }
}

// MARK: - From a folder

extension BatchPlan {
  /// Each folder in it is a vendor, and so is each file that lies beside them.
  ///
  /// - Parameter out: the folder of outputs, which is no vendor.
  /// - Returns: nil where the folder cannot be listed.
  init?(folder: FilePath, sparing out: FilePath) {
    guard let names = folder.entries else { return nil }
    vendors = []
    var walk = FolderWalk(out: out.place)
    for name in names {
      let path = folder.appending(name)
      if walk.isSetAside(name, path) { continue }
      if path.isPlainFolder, !isDocumentName(name) {
        var files: [BatchFile] = []
        walk.collect(path, under: FilePath(bytes: name), depth: 1, into: &files)
        let shown = text(of: name)
        vendors.append(
          BatchVendor(
            name: shown, path: shown, key: digest(name), context: ReviewContext(vendor: shown),
            files: files,
            problem: files.isEmpty ? "There is no file in the folder of this vendor." : nil))
      } else {
        // Whose report a file beside the folders is, its name need not say.
        let shown = text(of: name)
        vendors.append(
          BatchVendor(
            name: shown, path: shown, key: digest(name), context: ReviewContext(),
            files: [BatchFile(path: path, shown: shown)]))
      }
    }
    messages = walk.messages
  }
}

/// Walks through folders; links to folders are not followed, so it ends.
private struct FolderWalk {
  let out: FilePlace?
  var messages: [String] = []

  /// Folders below a vendor's are this deep at most.
  private static let deepest = 8

  init(out: FilePlace?) { self.out = out }

  /// Files that people do not mean when they fill a folder. Each is told.
  mutating func isSetAside(_ name: [UInt8], _ path: FilePath) -> Bool {
    if let out, path.place == out { return true }
    let isNoise =
      name.first == 0x2E || name.starts(with: "~$".utf8)
      || ["Thumbs.db", "desktop.ini"].contains { name.elementsEqual($0.utf8) }
    if isNoise { messages.append("\(inert(path.shown)): is set aside as hidden; not reviewed") }
    return isNoise
  }

  mutating func collect(
    _ folder: FilePath, under shown: FilePath, depth: Int, into files: inout [BatchFile]
  ) {
    guard let names = folder.entries else {
      // As a file it gives a record that says why.
      files.append(BatchFile(path: folder, shown: shown.shown))
      return
    }
    for name in names {
      let path = folder.appending(name)
      let inner = shown.appending(name)
      if isSetAside(name, path) { continue }
      if path.isPlainFolder, !isDocumentName(name), depth < Self.deepest {
        collect(path, under: inner, depth: depth + 1, into: &files)
      } else {
        files.append(BatchFile(path: path, shown: inner.shown))
      }
    }
  }
}

/// Whether people would take it for a document by its name; a folder of such a name is told as one.
private func isDocumentName(_ name: [UInt8]) -> Bool {
  let text = String(decoding: name, as: UTF8.self).lowercased()
  return text.hasSuffix(".pdf") || text.hasSuffix(".docx")
}

/// Letters and digits of a name, for a file that people find again.
private func slug(_ name: String) -> String {
  var out = ""
  for scalar in name.lowercased().unicodeScalars.prefix(200) {
    let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    if isPlain {
      out.unicodeScalars.append(scalar)
    } else if !out.isEmpty, !out.hasSuffix("-") {
      out += "-"
    }
    if out.utf8.count >= 40 { break }
  }
  return out.isEmpty ? "vendor" : out
}
