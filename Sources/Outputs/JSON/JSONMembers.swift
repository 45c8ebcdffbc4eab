/// Whole members in one call, so that the record's code reads like the record.
extension JSONWriter {
  mutating func member(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  mutating func member(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// First and last page on one line, or null.
  mutating func member(_ name: StaticString, _ pages: ClosedRange<Int>?) {
    key(name)
    if let pages { numbers([pages.lowerBound, pages.upperBound]) } else { null() }
  }

  mutating func member(_ name: StaticString, _ texts: [String]) {
    list(name, texts) { $0.string($1) }
  }

  mutating func nullMember(_ name: StaticString) {
    key(name)
    null()
  }

  mutating func list<Item>(
    _ name: StaticString, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void
  ) {
    key(name)
    list(items, write)
  }

  mutating func list<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
    openList()
    for item in items {
      element()
      write(&self, item)
    }
    closeList()
  }
}
