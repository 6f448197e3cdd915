using './main.bicep'

// Who and what, from the environment of whoever deploys: infra/README.md lists them. One without a value after the comma has to be set.
param prefix = readEnvironmentVariable('PORTAL_PREFIX', 'portal')
param operatorObjectId = readEnvironmentVariable('PORTAL_OPERATOR_ID')
param operatorAddresses = json(readEnvironmentVariable('PORTAL_OPERATOR_ADDRESSES', '[]'))
param appServicePrincipalId = readEnvironmentVariable('PORTAL_APP_SERVICE_ID')
param sqlAdminName = readEnvironmentVariable('PORTAL_SQL_ADMIN_NAME')
param sqlAdminObjectId = readEnvironmentVariable('PORTAL_SQL_ADMIN_ID')
param sqlAdminType = readEnvironmentVariable('PORTAL_SQL_ADMIN_TYPE', 'Group')
param entraTenantId = readEnvironmentVariable('PORTAL_ENTRA_TENANT_ID')
param entraClientId = readEnvironmentVariable('PORTAL_ENTRA_CLIENT_ID')
param entraClientSecret = readEnvironmentVariable('PORTAL_ENTRA_CLIENT_SECRET')
param entraGroupClaim = readEnvironmentVariable('PORTAL_ENTRA_GROUP_CLAIM', '')
param hostNames = json(readEnvironmentVariable('PORTAL_HOST_NAMES', '[]'))
param allowedRanges = json(readEnvironmentVariable('PORTAL_ALLOWED_RANGES', '[]'))
param keyRingCertificates = json(readEnvironmentVariable('PORTAL_KEY_RING_CERTIFICATES', '["key-ring-1"]'))
param mailHost = readEnvironmentVariable('PORTAL_MAIL_HOST', '')
param mailFrom = readEnvironmentVariable('PORTAL_MAIL_FROM', '')
param mailUser = readEnvironmentVariable('PORTAL_MAIL_USER', '')
param mailPassword = readEnvironmentVariable('PORTAL_MAIL_PASSWORD', '')
param otlpEndpoint = readEnvironmentVariable('PORTAL_OTLP_ENDPOINT', '')
param alertMail = readEnvironmentVariable('PORTAL_ALERT_MAIL', '')

// For a partner with hundreds of customers: three machines in three zones. The region needs zones.
param planSku = 'P2v3'
param instances = 3
param zoneRedundant = true
param databaseSku = {
  name: 'GP_Gen5'
  tier: 'GeneralPurpose'
  family: 'Gen5'
  capacity: 4
}
param databaseBackupDays = 30
param databaseBackupRedundancy = 'Geo'
param storageSku = 'Standard_ZRS'
param shareGib = 5120
