/// A value as it stands in the review record: what JSON can say with whole numbers, and evidence for
/// entries that carry their own proof.
public enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case evidence([Evidence])
  case text(String)
  case list([Value])
  case object([String: Value])

  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var list: [Value]? { if case .list(let list) = self { list } else { nil } }
  public var number: Int? { if case .number(let number) = self { number } else { nil } }
  /// The proof of an entry; none where the value is something else.
  public var proof: [Evidence] { if case .evidence(let pieces) = self { pieces } else { [] } }
  /// The period that a value such as that of the fact `period` states.
  public var period: ExaminationPeriod? {
    guard let start = self["start"]?.text.flatMap(Day.init(iso:)),
      let end = self["end"]?.text.flatMap(Day.init(iso:))
    else { return nil }
    return ExaminationPeriod(start: start, end: end)
  }
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  public subscript(_ key: String) -> Value? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  public static func day(_ day: Day) -> Value { .text(day.description) }
  public static func period(_ period: ExaminationPeriod) -> Value {
    .object(["start": .day(period.start), "end": .day(period.end)])
  }
}
