// Azure SQL. People and programs sign in by Entra alone: there is no password anywhere.

param location string
param name string
param tags object

@description('Name, object id and kind (Group, User or Application) of who administers the server.')
param adminName string
param adminObjectId string
@allowed([
  'Group'
  'User'
  'Application'
])
param adminType string

@description('Size, such as name Standard, tier Standard, capacity 50 (S2); or name GP_Gen5, tier GeneralPurpose, family Gen5, capacity 4.')
param sku object
param zoneRedundant bool

@description('How far back the database can be restored to a moment, in days. Not longer than KeyRing:KeepRetiredShares, or what such a copy holds of rotated tenants could not be opened.')
@minValue(7)
@maxValue(30)
param backupDays int

@description('Where copies of backups are: Local, Zone or Geo.')
@allowed([
  'Local'
  'Zone'
  'Geo'
])
param backupRedundancy string

param operatorAddresses array
param subnetId string
param logsId string

resource server 'Microsoft.Sql/servers@2021-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      login: adminName
      sid: adminObjectId
      principalType: adminType
      tenantId: tenant().tenantId
    }
    minimalTlsVersion: '1.2'
    publicNetworkAccess: 'Enabled'
  }
}

// No rule for "Azure services": that would be everybody's who has a machine there.
resource portalNetwork 'Microsoft.Sql/servers/virtualNetworkRules@2021-11-01' = {
  parent: server
  name: 'portal'
  properties: {
    virtualNetworkSubnetId: subnetId
  }
}

resource operators 'Microsoft.Sql/servers/firewallRules@2021-11-01' = [for (address, index) in operatorAddresses: {
  parent: server
  name: 'operator-${index}'
  properties: {
    startIpAddress: address
    endIpAddress: address
  }
}]

resource database 'Microsoft.Sql/servers/databases@2021-11-01' = {
  parent: server
  name: 'portal'
  location: location
  tags: tags
  sku: sku
  properties: {
    zoneRedundant: zoneRedundant
    requestedBackupStorageRedundancy: backupRedundancy
  }
}

resource backups 'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies@2021-11-01' = {
  parent: database
  name: 'default'
  properties: {
    retentionDays: backupDays
  }
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'holds-the-portal'
  scope: database
  properties: {
    level: 'CanNotDelete'
    notes: 'Everything that the portal knows.'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: database
  properties: {
    workspaceId: logsId
    // Not what was asked: texts of queries are in none of these.
    logs: [
      {
        category: 'Errors'
        enabled: true
      }
      {
        category: 'Timeouts'
        enabled: true
      }
      {
        category: 'Deadlocks'
        enabled: true
      }
      {
        category: 'Blocks'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Basic'
        enabled: true
      }
    ]
  }
}

output serverName string = server.name
output host string = server.properties.fullyQualifiedDomainName
output name string = database.name
output id string = database.id
