import Foundation

/// Checks a JSON value against a schema that uses the few keywords ours uses. A keyword it does not
/// know is itself an error, so the schema cannot come to mean more than is tested.
public struct SchemaValidator {
  typealias Schema = [String: Any]
  private let root: Schema

  /// Why a schema cannot be used.
  public struct Unreadable: Error {}

  public init(_ schema: [UInt8]) throws {
    let value = try JSONSerialization.jsonObject(with: Data(schema))
    guard let object = value as? Schema else { throw Unreadable() }
    root = object
  }

  private func schema(_ value: Any?) -> Schema { value as? Schema ?? ["unreadable schema": 0] }

  /// What is wrong, each with its path; empty when the value is valid.
  public func errors(in json: [UInt8]) throws -> [String] {
    let value = try JSONSerialization.jsonObject(
      with: Data(json), options: [.fragmentsAllowed])
    return errors(value, root, at: "")
  }

  private func errors(_ value: Any, _ schema: Schema, at path: String) -> [String] {
    schema.sorted { $0.key < $1.key }.flatMap { keyword, rule in
      errors(value, keyword, rule, schema, at: path)
    }
  }

  private func errors(
    _ value: Any, _ keyword: String, _ rule: Any, _ schema: Schema, at path: String
  ) -> [String] {
    let object = value as? [String: Any]
    let list = value as? [Any]
    func wrong(_ what: String) -> [String] { ["\(path): \(what)"] }
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description", "format": return []
    case "$ref":
      let name = (rule as? String ?? "").replacingOccurrences(of: "#/$defs/", with: "")
      let target = (root["$defs"] as? Schema)?[name]
      return errors(value, self.schema(target), at: path)
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      return types.contains { isType($0, value) } ? [] : wrong("is not \(types)")
    case "const":
      return equal(value, rule) ? [] : wrong("is not \(rule)")
    case "enum":
      let choices = rule as? [Any] ?? []
      return choices.contains { equal(value, $0) } ? [] : wrong("is none of \(choices)")
    case "anyOf", "oneOf":
      let branches = (rule as? [Any] ?? []).map { errors(value, self.schema($0), at: path) }
      let fitting = branches.count { $0.isEmpty }
      if keyword == "oneOf" ? fitting == 1 : fitting > 0 { return [] }
      return wrong("fits \(fitting) of \(keyword)") + branches.flatMap(\.self)
    case "required":
      let missing = (rule as? [String] ?? []).filter { name in
        object.map { $0[name] == nil } ?? false
      }
      return missing.flatMap { wrong("lacks \($0)") }
    case "properties":
      return (rule as? Schema ?? [:]).flatMap { name, rule in
        object?[name].map { errors($0, self.schema(rule), at: path + "/" + name) } ?? []
      }
    case "additionalProperties":
      let named = Set((schema["properties"] as? Schema ?? [:]).keys)
      return (object ?? [:]).keys.filter { !named.contains($0) }.flatMap { wrong("has \($0)") }
    case "items":
      return (list ?? []).enumerated().flatMap { index, item in
        errors(item, self.schema(rule), at: "\(path)/\(index)")
      }
    case "minItems": return list.map { $0.count >= number(rule) ? [] : wrong("is short") } ?? []
    case "maxItems": return list.map { $0.count <= number(rule) ? [] : wrong("is long") } ?? []
    case "minimum":
      return isType("number", value) && number(value) < number(rule) ? wrong("is small") : []
    case "maximum":
      return isType("number", value) && number(value) > number(rule) ? wrong("is large") : []
    default: return wrong("schema has the unknown keyword \(keyword)")
    }
  }

  private func number(_ value: Any) -> Int { (value as? NSNumber)?.intValue ?? 0 }

  private func isBool(_ value: Any) -> Bool {
    // Foundation boxes a JSON boolean in a number whose C type is a character.
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }

  private func isType(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": isBool(value)
    case "number": value is NSNumber && !isBool(value)
    case "integer":
      (value as? NSNumber).map { !isBool($0) && $0.doubleValue == $0.doubleValue.rounded() }
        ?? false
    default: false
    }
  }

  private func equal(_ a: Any, _ b: Any) -> Bool {
    guard isBool(a) == isBool(b), let a = a as? NSObject, let b = b as? NSObject else {
      return false
    }
    return a == b
  }
}
