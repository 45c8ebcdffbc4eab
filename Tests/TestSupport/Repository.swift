public import Foundation

/// Where the repository lies on this machine: two folders above this file.
public enum Repository {
  public static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names of the folders in a folder, sorted.
  public static func folders(in path: String) -> [String] {
    let url = root.appending(path: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: url.appending(path: name).path, isDirectory: &isFolder)
      return exists && isFolder.boolValue
    }.sorted()
  }

  public static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  public static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// All files below a folder whose names end so, as paths from the root, sorted.
  public static func files(in path: String, ending: String) -> [String] {
    let url = root.appending(path: path)
    guard let walker = FileManager.default.enumerator(atPath: url.path) else { return [] }
    return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }
      .map { path + "/" + $0 }.sorted()
  }
}
