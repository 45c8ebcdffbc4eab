import XMLTree

extension Element {
  /// The value of an attribute by its name without prefix: WordprocessingML qualifies its own, and
  /// the prefix is the producer's choice.
  func value(_ name: String) -> String? {
    for attribute in attributes {
      let known = attribute.name
      if known == name || known.hasSuffix(":" + name) { return attribute.value }
    }
    return nil
  }

  func first(_ name: String) -> Element? { elements(name).first }

  /// Whether a property that is on or off is on: there without a value means on.
  func isOn(_ name: String) -> Bool? {
    guard let property = first(name) else { return nil }
    let value = property.value("val") ?? "1"
    return !["0", "false", "off", "none"].contains(value)
  }
}

/// How a run of characters looks, as far as words can say it. Nil: left to what is around it.
struct RunLook {
  /// In points.
  var size: Float?
  var bold: Bool?
  var italic: Bool?
  var capitals: Bool?
  var hidden: Bool?
  var raised: Bool?
  /// Six hexadecimal digits, or `auto`.
  var colour: String?
  /// What it stands on: six hexadecimal digits, or `unknown`.
  var ground: String?

  /// Takes over what an `rPr` says.
  mutating func apply(_ properties: Element?) {
    guard let properties else { return }
    // Sizes are in half points; nobody prints beyond 1,000 points.
    if let half = properties.first("sz")?.value("val").flatMap(Float.init), half >= 0 {
      size = min(half / 2, 1_000)
    }
    if let on = properties.isOn("b") { bold = on }
    if let on = properties.isOn("i") { italic = on }
    if let on = properties.isOn("caps") { capitals = on }
    if let on = properties.isOn("vanish") { hidden = on }
    if let place = properties.first("vertAlign")?.value("val") { raised = place == "superscript" }
    if let value = properties.first("color")?.value("val") { colour = value }
    if let value = properties.ground { ground = value }
    if let mark = properties.first("highlight")?.value("val"), mark != "none" { ground = "unknown" }
  }

  mutating func apply(_ other: RunLook) {
    size = other.size ?? size
    bold = other.bold ?? bold
    italic = other.italic ?? italic
    capitals = other.capitals ?? capitals
    hidden = other.hidden ?? hidden
    raised = other.raised ?? raised
    colour = other.colour ?? colour
    ground = other.ground ?? ground
  }
}

extension Element {
  /// The colour of the area that a `shd` among the properties paints; nil for none.
  var ground: String? {
    guard let shade = first("shd") else { return nil }
    let pattern = shade.value("val") ?? "clear"
    if pattern != "clear" && pattern != "nil" { return "unknown" }
    guard let fill = shade.value("fill"), fill != "auto" else { return nil }
    return fill
  }
}

/// The looks that styles give, each worked out once.
struct WordStyles {
  private var styles: [String: Element] = [:]
  private var plain = RunLook()
  private var standardParagraph: String?
  private var known: [String: RunLook] = [:]

  /// `root` is that of the styles part; without one everything is plain.
  init(_ root: Element?) {
    plain.size = 10
    guard let root else { return }
    plain.apply(root.first("docDefaults")?.first("rPrDefault")?.first("rPr"))
    for style in root.elements("style") {
      guard let id = style.value("styleId") else { continue }
      styles[id] = style
      if style.value("type") == "paragraph", ["1", "true", "on"].contains(style.value("default")) {
        standardParagraph = id
      }
    }
  }

  /// What a paragraph's style says of its characters; headings count as bold, whatever their type.
  mutating func paragraph(_ id: String?) -> RunLook {
    var look = plain
    if let id = id ?? standardParagraph { look.apply(style(id)) }
    return look
  }

  /// What a style of characters adds.
  mutating func characters(_ id: String) -> RunLook { style(id) }

  /// Whether a table's style paints areas: then nobody can say on what its words stand.
  func isShaded(_ id: String?) -> Bool {
    chain(id).contains { style in
      Self.holdsShade(style)
    }
  }

  private static func holdsShade(_ element: Element) -> Bool {
    element.elements.contains { ($0.name == "shd") || holdsShade($0) }
  }

  private mutating func style(_ id: String) -> RunLook {
    if let look = known[id] { return look }
    var look = RunLook()
    for style in chain(id).reversed() {
      if let ground = style.first("pPr")?.ground { look.ground = ground }
      look.apply(style.first("rPr"))
      // Level 9 is that of text.
      if let level = style.first("pPr")?.first("outlineLvl")?.value("val"), level != "9" {
        look.bold = true
      }
    }
    known[id] = look
    return look
  }

  /// A style and those it is based on; twenty are deeper than any real one, and end circles.
  private func chain(_ id: String?) -> [Element] {
    var chain: [Element] = []
    var next = id
    while let id = next, let style = styles[id], chain.count < 20 {
      chain.append(style)
      next = style.first("basedOn")?.value("val")
    }
    return chain
  }
}
