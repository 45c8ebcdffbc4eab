import Foundation

/// The repository's own files, for tests that walk over them.
public enum Repository {
  /// The names of the folders in a folder, sorted.
  public static func folders(in path: String) -> [String] {
    let url = repository.appending(path: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: url.appending(path: name).path, isDirectory: &isFolder)
      return exists && isFolder.boolValue
    }.sorted()
  }

  public static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: repository.appending(path: path).path)
  }

  public static func text(_ path: String) throws -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// All files below a folder whose names end so, as paths from the root, sorted.
  public static func files(in path: String, ending: String) -> [String] {
    let url = repository.appending(path: path)
    guard let walker = FileManager.default.enumerator(atPath: url.path) else { return [] }
    return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }
      .map { path + "/" + $0 }.sorted()
  }
}
