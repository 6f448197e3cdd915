// The portal itself and its staging slot. Every setting that the portal reads is one of docs/configuration.md; a test holds them against the options' classes.

param location string
param prefix string

@description('Name of the app, and the first part of its address.')
param name string
param tags object
param planId string
param subnetId string
param logsId string

param identityId string
param identityClientId string

@description('Thumbprints of the key ring\'s certificates, the one in use first.')
param thumbprints array

param storageName string
param exportsShare string
param billsShare string
param keysShare string

param databaseHost string
param databaseName string

@description('The portal\'s own names, which DNS leads here, the one for links in mail first. Without any it is the app\'s own.')
param hostNames array

@description('Who may reach the portal, as ranges such as 203.0.113.0/24; everybody when there is none.')
param allowedRanges array

param entraInstance string
param entraTenantId string
param entraClientId string
param entraSecretReference string
param entraGroupClaim string

param mailHost string
param mailFrom string
param mailUser string
param mailPasswordReference string

param otlpEndpoint string

@description('Whether every request is kept in the logs with its address. Addresses hold invitations\' codes and what people searched for.')
param keepRequestLogs bool

var exportsPath = '/mounts/exports'
var billsPath = '/mounts/bills'
var keysPath = '/mounts/keys'

// Where App Service for Linux puts certificates, without a password.
var certificateFolder = '/var/ssl/private'

var ownHosts = [
  site.properties.defaultHostName
  staging.properties.defaultHostName
]
// The platform's own probes come by these names, too.
var probeHosts = [
  'localhost'
  '127.0.0.1'
]
var mainHost = empty(hostNames) ? site.properties.defaultHostName : hostNames[0]

var platformSettings = {
  WEBSITE_RUN_FROM_PACKAGE: '1'
  WEBSITE_LOAD_CERTIFICATES: join(thumbprints, ',')
  WEBSITE_SWAP_WARMUP_PING_PATH: '/health/ready'
  WEBSITE_SWAP_WARMUP_PING_STATUSES: '200'
  // The portal needs up to 20 seconds to hand its work over; by default it would be killed after 5.
  WEBSITES_CONTAINER_STOP_TIME_LIMIT: '30'
}

var portalSettings = {
  ASPNETCORE_ENVIRONMENT: 'Production'
  // Where the platform looks for it.
  ASPNETCORE_URLS: 'http://*:8080'
  // The front end's addresses are nobody's to know, and nobody reaches the portal past it.
  Proxy__KnownNetworks__0: 'AppService'
  AllowedHosts: join(concat(hostNames, ownHosts, probeHosts), ';')
  Database__Provider: 'SqlServer'
  ConnectionStrings__Portal: 'Server=tcp:${databaseHost},1433;Database=${databaseName};Authentication=Active Directory Managed Identity;User Id=${identityClientId};Encrypt=True;Connect Timeout=30'
  KeyRing__CertificatePath: '${certificateFolder}/${thumbprints[0]}.p12'
  KeyRing__SharesFolder: keysPath
  Exports__Folder: exportsPath
  Billing__Folder: billsPath
  AzureAd__Instance: entraInstance
  AzureAd__TenantId: entraTenantId
  AzureAd__ClientId: entraClientId
  AzureAd__ClientSecret: entraSecretReference
}

var formerCertificateSettings = toObject(
  range(0, length(thumbprints) - 1),
  i => 'KeyRing__PreviousCertificatePaths__${i}',
  i => '${certificateFolder}/${thumbprints[i + 1]}.p12'
)

var groupSettings = empty(entraGroupClaim) ? {} : {
  AzureAd__GroupClaim: entraGroupClaim
}

var mailSettings = empty(mailHost) ? {} : {
  Mail__Host: mailHost
  Mail__From: mailFrom
  Mail__PortalAddress: 'https://${mainHost}'
}

var mailSignInSettings = empty(mailUser) ? {} : {
  Mail__User: mailUser
  Mail__Password: mailPasswordReference
}

var telemetrySettings = empty(otlpEndpoint) ? {} : {
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
  OTEL_SERVICE_NAME: name
}

// What works in the background does so in production alone: a new version that waits in the slot, or the former one after the swap, must not.
var workingSettings = {
  Billing__Run: 'true'
  Exports__Run: 'true'
  Inventory__Walk: 'true'
  Jobs__Run: 'true'
  Mail__Run: 'true'
  Recurring__Run: 'true'
  RemoteAccess__Run: 'true'
  RemoteAccessLog__Run: 'true'
}
var restingSettings = {
  Billing__Run: 'false'
  Exports__Run: 'false'
  Inventory__Walk: 'false'
  Jobs__Run: 'false'
  Mail__Run: 'false'
  Recurring__Run: 'false'
  RemoteAccess__Run: 'false'
  RemoteAccessLog__Run: 'false'
}

var settings = union(
  platformSettings,
  portalSettings,
  formerCertificateSettings,
  groupSettings,
  mailSettings,
  mailSignInSettings,
  telemetrySettings
)

var mounts = {
  exports: {
    type: 'AzureFiles'
    accountName: storage.name
    shareName: exportsShare
    mountPath: exportsPath
    accessKey: storage.listKeys().keys[0].value
  }
  bills: {
    type: 'AzureFiles'
    accountName: storage.name
    shareName: billsShare
    mountPath: billsPath
    accessKey: storage.listKeys().keys[0].value
  }
  keys: {
    type: 'AzureFiles'
    accountName: storage.name
    shareName: keysShare
    mountPath: keysPath
    accessKey: storage.listKeys().keys[0].value
  }
}

var siteConfig = {
  linuxFxVersion: 'DOTNETCORE|10.0'
  // Said outright: the package has two programs, and the platform would not know which to start.
  appCommandLine: 'dotnet Soracom.Portal.dll'
  alwaysOn: true
  webSocketsEnabled: true
  http20Enabled: true
  minTlsVersion: '1.2'
  scmMinTlsVersion: '1.2'
  ftpsState: 'Disabled'
  remoteDebuggingEnabled: false
  healthCheckPath: '/health/ready'
  vnetRouteAllEnabled: true
}

var allowRules = [for (allowed, index) in allowedRanges: {
  name: 'allowed-${index}'
  action: 'Allow'
  priority: 100 + index
  ipAddress: allowed
}]

var logCategories = concat(
  [
    'AppServiceConsoleLogs'
    'AppServicePlatformLogs'
    'AppServiceAuditLogs'
    'AppServiceIPSecAuditLogs'
  ],
  keepRequestLogs ? [
    'AppServiceHTTPLogs'
  ] : []
)

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: name
  location: location
  tags: tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    // An open page is a circuit in the memory of one instance: its browser has to come back there.
    clientAffinityEnabled: true
    virtualNetworkSubnetId: subnetId
    keyVaultReferenceIdentity: identityId
    siteConfig: union(siteConfig, {
      ipSecurityRestrictionsDefaultAction: empty(allowedRanges) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: allowRules
    })
  }
}

resource staging 'Microsoft.Web/sites/slots@2023-12-01' = {
  parent: site
  name: 'staging'
  location: location
  tags: tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    clientAffinityEnabled: true
    virtualNetworkSubnetId: subnetId
    keyVaultReferenceIdentity: identityId
    siteConfig: union(siteConfig, {
      // infra/release.sh lets itself in for as long as it looks whether the new version is ready.
      ipSecurityRestrictionsDefaultAction: 'Deny'
    })
  }
}

resource siteSettings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'appsettings'
  properties: union(settings, workingSettings)
}

resource stagingSettings 'Microsoft.Web/sites/slots/config@2023-12-01' = {
  parent: staging
  name: 'appsettings'
  properties: union(settings, restingSettings)
}

resource siteMounts 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'azurestorageaccounts'
  properties: mounts
}

resource stagingMounts 'Microsoft.Web/sites/slots/config@2023-12-01' = {
  parent: staging
  name: 'azurestorageaccounts'
  properties: mounts
}

// What stays with the slot when versions are swapped.
resource sticky 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'slotConfigNames'
  properties: {
    appSettingNames: [
      'Billing__Run'
      'Exports__Run'
      'Inventory__Walk'
      'Jobs__Run'
      'Mail__Run'
      'Recurring__Run'
      'RemoteAccess__Run'
      'RemoteAccessLog__Run'
    ]
    azureStorageConfigNames: [
      'exports'
      'bills'
      'keys'
    ]
  }
}

// Files come by Entra sign-in alone: no publishing passwords.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noPublishingPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

resource noStagingFtpPassword 'Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: staging
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noStagingPublishingPassword 'Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: staging
  name: 'scm'
  properties: {
    allow: false
  }
}

resource siteDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: '${prefix}-to-logs'
  scope: site
  properties: {
    workspaceId: logsId
    logs: [for category in logCategories: {
      category: category
      enabled: true
    }]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

resource stagingDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: '${prefix}-staging-to-logs'
  scope: staging
  properties: {
    workspaceId: logsId
    logs: [for category in logCategories: {
      category: category
      enabled: true
    }]
  }
}

output id string = site.id
output name string = site.name
output address string = 'https://${mainHost}'
output ownHost string = site.properties.defaultHostName
output stagingHost string = staging.properties.defaultHostName
