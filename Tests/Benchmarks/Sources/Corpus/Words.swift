/// What names and prose are made of.
enum Words {
  static let nouns = [
    "account", "alert", "archive", "audit", "backup", "basket", "billing", "broker", "cache", "calendar", "catalog", "checkout",
    "cluster", "collector", "config", "customer", "dashboard", "delivery", "device", "document", "event", "exporter", "feature",
    "gateway", "identity", "imaging", "index", "ingest", "inventory", "invoice", "ledger", "license", "location", "mail", "media",
    "metrics", "notification", "order", "partner", "payment", "picture", "policy", "price", "product", "profile", "queue", "quota",
    "report", "request", "scheduler", "search", "session", "shipping", "stock", "storage", "stream", "tenant", "tracker", "usage",
    "wallet", "webhook", "worker",
  ]
  static let verbs = ["adds", "checks", "copies", "filters", "keeps", "lists", "merges", "reads", "removes", "replaces", "sends", "writes"]
  static let adjectives = [
    "active", "allowed", "cached", "default", "expected", "external", "internal", "maximum", "minimum", "optional", "previous", "shared",
  ]
  static let foreign = [
    "Überprüfung", "größer", "Schlüssel", "naïve façade", "déjà utilisé", "créé à l’étage", "configuración", "año", "sesión", "日本語", "設定",
    "ユーザー", "保存しました", "пользователь", "настройки", "сохранить", "użytkownik", "źródło", "kullanıcı", "şifre", "👍", "→ ✓",
  ]
}

extension Random {
  mutating func name() -> String { chance(40) ? pick(Words.nouns) : pick(Words.nouns) + "-" + pick(Words.nouns) }

  mutating func key() -> String { pick(Words.nouns) + pick(Words.nouns).capitalizedFirst }

  mutating func sentence(foreign: Int = 3) -> String {
    var words = ["The", pick(Words.adjectives), pick(Words.nouns), pick(Words.verbs), "the", pick(Words.adjectives), pick(Words.nouns)]
    if chance(60) { words += ["of", "each", pick(Words.nouns), "that", "a", pick(Words.nouns), pick(Words.verbs)] }
    if chance(foreign) { words.append(pick(Words.foreign)) }
    return words.joined(separator: " ") + "."
  }

  mutating func paragraph(foreign: Int = 3) -> String {
    var text = sentence(foreign: foreign)
    for _ in 0..<number(0...3) { text += " " + sentence(foreign: foreign) }
    return text
  }

  mutating func hexadecimal(_ count: Int) -> String {
    var text = ""
    while text.utf8.count < count { text += String(number(0...15), radix: 16) }
    return text
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Every line moved to the right.
  func indented(_ count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
