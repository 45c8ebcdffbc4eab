import PDFText
import PageText
import Glibc
let path = CommandLine.arguments[1]
let fd = open(path, O_RDONLY)
var bytes: [UInt8] = []
var buf = [UInt8](repeating: 0, count: 1 << 20)
while case let n = read(fd, &buf, buf.count), n > 0 { bytes += buf[..<n] }
let r = try readPages(of: bytes, password: nil)
for p in r.pages { print("== \(p.number) \(p.label ?? "-") \(p.width)x\(p.height) \(p.state) turn \(p.turn) words \(p.words.count) pics \(p.pictures.count)")
 if CommandLine.arguments.count > 2 { for w in p.words { print(p.text(of: w), terminator: " ") }; print(); for a in p.setAside { print("ASIDE", a.reason, a.text) } } }
print(r.metadata, r.diagnostics)
