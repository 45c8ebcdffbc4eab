import SOC2Vocabulary

/// What a user entity control is about, and who in a company usually has to answer for it. The names are
/// those that the fact `userEntityControls` has.
enum UserEntityTopic: String, CaseIterable {
  case userAccess = "user-access"
  case authentication, credentials
  case accessReview = "access-review"
  case notification
  case subserviceReview = "subservice-review"
  case configuration, privacy
  case dataInput = "data-input"
  case outputReview = "output-review"
  case endpointSecurity = "endpoint-security"
  case continuity, updates

  var words: String {
    switch self {
    case .userAccess: "Granting and removing access of own users"
    case .authentication: "Passwords, second factors, single sign-on"
    case .credentials: "Keys, tokens and other credentials"
    case .accessReview: "Review of own users and roles"
    case .notification: "Telling the vendor of incidents and contacts"
    case .subserviceReview: "Reports of the vendor's subservice organizations"
    case .configuration: "Settings of the service"
    case .privacy: "Notice, consent and rights of data subjects"
    case .dataInput: "Data given to the service"
    case .outputReview: "Review of what the service delivers"
    case .endpointSecurity: "Own devices and networks"
    case .continuity: "Own backups and continuity plans"
    case .updates: "Updates, agents and logs"
    }
  }

  /// A suggestion; the reader decides.
  var owner: String {
    switch self {
    case .userAccess, .authentication: "Identity and access management"
    case .credentials: "Engineering team that uses the service"
    case .accessReview, .configuration: "Administrator of the service"
    case .notification: "Security operations"
    case .subserviceReview: "Third-party risk"
    case .privacy: "Privacy office"
    case .dataInput, .outputReview: "Business owner of the service"
    case .endpointSecurity, .updates: "IT operations"
    case .continuity: "Business continuity"
    }
  }

  static let unknownWords = "Topic not recognised"
  static let unknownOwner = "To be decided"
}
