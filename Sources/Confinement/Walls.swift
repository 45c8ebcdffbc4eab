import CConfinement
import Glibc

/// The layers between a document and the machine. Each holds without the others.
public struct Layers: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Memory, processor time, no core file, no file written, few descriptors.
  public static let limits = Layers(rawValue: 1)
  public static let noNewPrivileges = Layers(rawValue: 2)
  /// No file but those that the profile names, and these only to read.
  public static let landlock = Layers(rawValue: 4)
  /// No system call but those on a list: no network, no other program.
  public static let seccomp = Layers(rawValue: 8)
  public static let all: Layers = [.limits, .noNewPrivileges, .landlock, .seccomp]

  /// In the order in which people read them.
  public static let named: [(layer: Layers, name: String)] = [
    (.limits, "limits"), (.noNewPrivileges, "no new privileges"), (.landlock, "landlock"),
    (.seccomp, "seccomp"),
  ]

  /// The names of those in it.
  public var names: [String] { Self.named.filter { contains($0.layer) }.map(\.name) }

  fileprivate init(_ layers: UInt32) { self.init(rawValue: UInt8(truncatingIfNeeded: layers)) }
}

/// What a confined process is for, and so what it may still open, to read.
public enum Profile: UInt8, Sendable, CaseIterable {
  /// Text out of a document: the PDF library's character maps, without which Asian texts have no letters.
  case read = 1
  /// Pictures of pages: also fonts, for documents that do not bring their own.
  case render = 2

  var folders: [String] {
    let maps = ["/usr/share/poppler"]
    switch self {
    case .read: return maps
    case .render:
      return maps + [
        "/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts",
        "/var/cache/fontconfig",
      ]
    }
  }
}

/// The walls as they stand after `raiseWalls`.
public struct Walls: Sendable, Hashable {
  public var layers: Layers
  /// 0 where the kernel has none.
  public var landlockVersion: UInt8
}

/// Confines this process for good. What it needs open must be open before.
///
/// Where a layer is not to be had, the others stand; the caller decides whether that is enough. Without
/// landlock nothing can be opened any more, so texts that need character maps come out as unreadable.
public func raiseWalls(_ profile: Profile, _ limits: ChildLimits) -> Walls {
  var version: Int32 = 0
  let layers = withCStrings(profile.folders) { folders in
    folders.withUnsafeBufferPointer { folders in
      var walls = SLWalls(
        memoryBytes: UInt64(max(0, limits.memoryBytes)),
        cpuSeconds: UInt64(max(1, limits.cpuSeconds)), folders: folders.baseAddress,
        folderCount: folders.count, mayLookUpFiles: profile == .render ? 1 : 0)
      return sl_raise_walls(&walls, &version)
    }
  }
  return Walls(layers: Layers(layers), landlockVersion: UInt8(clamping: version))
}

/// Asks the kernel, and tries what must not work, in a process with walls. Says nothing of seccomp: a
/// trial of that ends the process (`tryNetwork`).
public func tryWalls() -> Layers { Layers(sl_try_walls()) }

/// Opens a socket; where seccomp stands, the kernel ends the process here.
///
/// - Returns: whether there was one to be had.
public func tryNetwork() -> Bool { sl_try_socket() >= 0 }

/// Makes this process end when its parent does.
///
/// - Returns: false when the parent ended before: nobody waits for this process.
public func tieToParent(_ parent: Int32) -> Bool { sl_tie_to_parent(parent) == 0 }

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies.map { UnsafePointer($0) })
}
