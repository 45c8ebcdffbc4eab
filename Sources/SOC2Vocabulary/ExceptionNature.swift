/// What an exception is about: the classes of the exception model, in the order in which words choose
/// one. Rules, policies and records name them, so they never change.
public enum ExceptionNature: String, Sendable, CaseIterable {
  /// Access of people who left.
  case deprovisioning
  /// Administrators, production access, shared accounts.
  case privilegedAccess
  /// Passwords, second factors, single sign-on.
  case authentication
  /// Encryption and its keys.
  case encryptionKeys
  /// Vulnerabilities, scans, patches.
  case vulnerabilityPatching
  /// What is done when something happened.
  case incidentResponse
  /// Logs and alerts.
  case monitoringLogging
  /// Approval, review and test of changes.
  case changeApproval
  /// One person who can do what should take two.
  case segregationOfDuties
  /// Access of people who join or move.
  case accessProvisioning
  /// Periodic review of who has access.
  case accessReview
  /// Firewalls, ports, remote access.
  case networkBoundary
  /// Malware protection and managed devices.
  case malwareEndpoint
  /// Deletion and destruction of data.
  case dataDisposal
  /// Data on the way and on movable media.
  case dataTransfer
  /// Doors, badges, visitors.
  case physical
  /// Backups and restores.
  case backupRecovery
  /// Tests of recovery and continuity plans.
  case drTest
  /// Capacity of systems.
  case capacity
  /// Review of suppliers and subservice organizations.
  case vendorManagement
  /// Risk assessments and registers.
  case riskAssessment
  /// Complete, valid, accurate and timely processing.
  case processingIntegrity
  /// Consent, notice, rights of data subjects.
  case privacyRights
  /// Screening before employment.
  case backgroundCheck
  /// Trainings and acknowledgements.
  case trainingPolicy
  /// Boards, committees, organization charts.
  case governance
  /// Inventories of systems and data.
  case assetInventory
  /// Agreements with customers, staff and suppliers.
  case contractNda
  /// No words chose a class.
  case other
}
