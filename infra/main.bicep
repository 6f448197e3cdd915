// An installation of the portal on Azure App Service. infra/README.md says how it is deployed, what it costs and what is left to do by hand.
// The vault has to hold the certificate already: infra/deploy.sh deploys foundation.bicep first, makes it, and goes on with this file.

@description('Where everything is.')
param location string = resourceGroup().location

@description('Begins the names of all resources. Letters, digits and hyphens; small letters alone where a name is the world\'s.')
@minLength(3)
@maxLength(16)
param prefix string = 'portal'

@description('Put on every resource.')
param tags object = {
  application: 'soracom-portal'
}

// Who

@description('Object id of the person who deploys and makes the certificate.')
param operatorObjectId string

@description('IPv4 addresses, without a mask, that the vault, the shares and the database answer beside the portal\'s network.')
param operatorAddresses array = []

@description('Object id, in this directory, of the application "Microsoft Azure App Service".')
param appServicePrincipalId string

@description('Who administers the database: best a group of Entra.')
param sqlAdminName string
param sqlAdminObjectId string
@allowed([
  'Group'
  'User'
  'Application'
])
param sqlAdminType string = 'Group'

// Signing in

@description('The directory whose people sign in: an id, or "organizations".')
param entraTenantId string = tenant().tenantId
param entraClientId string
@secure()
param entraClientSecret string

@description('The claim that names people\'s groups, such as "groups"; empty when groups give no roles.')
param entraGroupClaim string = ''

// The portal

@description('The portal\'s own names; the app\'s own when there is none.')
param hostNames array = []

@description('Who may reach the portal, as ranges such as 203.0.113.0/24; everybody when there is none.')
param allowedRanges array = []

@description('Names in the vault of the key ring\'s certificates: the one in use, then those that older keys are still encrypted under.')
@minLength(1)
param keyRingCertificates array = [
  'key-ring-1'
]

@description('The mail server; without one, invitations are passed on by hand.')
param mailHost string = ''
param mailFrom string = ''
param mailUser string = ''
@secure()
param mailPassword string = ''

@description('Where telemetry goes by OTLP, such as https://otlp.example.com:4317; empty for nowhere.')
param otlpEndpoint string = ''

@description('Who gets mail when the portal is not well; nobody when it is empty.')
param alertMail string = ''

param keepRequestLogs bool = false

// How large

param planSku string
param instances int
param zoneRedundant bool
param databaseSku object
param databaseBackupDays int
@allowed([
  'Local'
  'Zone'
  'Geo'
])
param databaseBackupRedundancy string
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
])
param storageSku string
param shareGib int
param keyBackupDays int = 7
param logDays int = 90

module foundation 'foundation.bicep' = {
  name: '${prefix}-foundation'
  params: {
    location: location
    prefix: prefix
    tags: tags
    operatorObjectId: operatorObjectId
    operatorAddresses: operatorAddresses
    appServicePrincipalId: appServicePrincipalId
    logDays: logDays
  }
}

module entraSecret 'modules/secret.bicep' = {
  name: '${prefix}-entra-secret'
  params: {
    vaultName: foundation.outputs.vaultName
    name: 'entra-client-secret'
    value: entraClientSecret
    readerPrincipalId: foundation.outputs.identityPrincipalId
  }
}

module mailSecret 'modules/secret.bicep' = if (!empty(mailUser)) {
  name: '${prefix}-mail-secret'
  params: {
    vaultName: foundation.outputs.vaultName
    name: 'mail-password'
    value: mailPassword
    readerPrincipalId: foundation.outputs.identityPrincipalId
  }
}

module storage 'modules/storage.bicep' = {
  name: '${prefix}-storage'
  params: {
    location: location
    name: 'st${take(replace(toLower(prefix), '-', ''), 8)}${foundation.outputs.unique}'
    tags: tags
    sku: storageSku
    shareGib: shareGib
    operatorAddresses: operatorAddresses
    subnetId: foundation.outputs.subnetId
    logsId: foundation.outputs.logsId
  }
}

module database 'modules/database.bicep' = {
  name: '${prefix}-database'
  params: {
    location: location
    name: toLower('${prefix}-sql-${foundation.outputs.unique}')
    tags: tags
    adminName: sqlAdminName
    adminObjectId: sqlAdminObjectId
    adminType: sqlAdminType
    sku: databaseSku
    zoneRedundant: zoneRedundant
    backupDays: databaseBackupDays
    backupRedundancy: databaseBackupRedundancy
    operatorAddresses: operatorAddresses
    subnetId: foundation.outputs.subnetId
    logsId: foundation.outputs.logsId
  }
}

module plan 'modules/plan.bicep' = {
  name: '${prefix}-plan'
  params: {
    location: location
    prefix: prefix
    tags: tags
    sku: planSku
    instances: instances
    zoneRedundant: zoneRedundant
  }
}

module certificates 'modules/certificates.bicep' = {
  name: '${prefix}-certificates'
  params: {
    location: location
    prefix: prefix
    tags: tags
    planId: plan.outputs.id
    vaultId: foundation.outputs.vaultId
    names: keyRingCertificates
  }
}

module web 'modules/web.bicep' = {
  name: '${prefix}-web'
  params: {
    location: location
    prefix: prefix
    name: toLower('${prefix}-${foundation.outputs.unique}')
    tags: tags
    planId: plan.outputs.id
    subnetId: foundation.outputs.subnetId
    logsId: foundation.outputs.logsId
    identityId: foundation.outputs.identityId
    identityClientId: foundation.outputs.identityClientId
    thumbprints: certificates.outputs.thumbprints
    storageName: storage.outputs.name
    exportsShare: storage.outputs.exportsShare
    billsShare: storage.outputs.billsShare
    keysShare: storage.outputs.keysShare
    databaseHost: database.outputs.host
    databaseName: database.outputs.name
    hostNames: hostNames
    allowedRanges: allowedRanges
    entraInstance: environment().authentication.loginEndpoint
    entraTenantId: entraTenantId
    entraClientId: entraClientId
    entraSecretReference: entraSecret.outputs.reference
    entraGroupClaim: entraGroupClaim
    mailHost: mailHost
    mailFrom: mailFrom
    mailUser: mailUser
    mailPasswordReference: empty(mailUser) ? '' : mailSecret!.outputs.reference
    otlpEndpoint: otlpEndpoint
    keepRequestLogs: keepRequestLogs
  }
}

module backup 'modules/backup.bicep' = {
  name: '${prefix}-backup'
  params: {
    location: location
    prefix: prefix
    tags: tags
    days: keyBackupDays
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertMail)) {
  name: '${prefix}-alerts'
  params: {
    prefix: prefix
    tags: tags
    mail: alertMail
    siteId: web.outputs.id
    databaseId: database.outputs.id
  }
}

// infra/begin.sh and infra/release.sh read these.
output siteName string = web.outputs.name
output address string = web.outputs.address
output ownHost string = web.outputs.ownHost
output stagingHost string = web.outputs.stagingHost
output sqlServerName string = database.outputs.serverName
output sqlHost string = database.outputs.host
output databaseName string = database.outputs.name
output storageName string = storage.outputs.name
output storageId string = storage.outputs.id
output keysShare string = storage.outputs.keysShare
output identityName string = foundation.outputs.identityName
output vaultName string = foundation.outputs.vaultName
output backupVaultName string = backup.outputs.vaultName
output backupPolicyName string = backup.outputs.policyName
