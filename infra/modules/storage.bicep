// The shares that every instance sees: exported footage, detailed bills, and the halves of tenants' keys that lie outside the database.

param location string
param name string
param tags object

@description('Standard_LRS, or Standard_ZRS for copies in three zones.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
])
param sku string

@description('The most that footage and bills may take, in GiB each.')
@minValue(10)
@maxValue(102400)
param shareGib int

param operatorAddresses array
param subnetId string
param logsId string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    // App Service mounts shares by the account's key; it has no other way yet.
    allowSharedKeyAccess: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      ipRules: [for address in operatorAddresses: {
        value: address
        action: 'Allow'
      }]
      virtualNetworkRules: [
        {
          id: subnetId
          action: 'Allow'
        }
      ]
    }
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // Of whole shares that were deleted, not of files: a removed customer's half of a key is gone at once.
    shareDeleteRetentionPolicy: {
      enabled: true
      days: 14
    }
    protocolSettings: {
      smb: {
        versions: 'SMB3.1.1;'
        channelEncryption: 'AES-128-GCM;AES-256-GCM;'
      }
    }
  }
}

resource exports 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: 'exports'
  properties: {
    shareQuota: shareGib
  }
}

resource bills 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: 'bills'
  properties: {
    shareQuota: shareGib
  }
}

// A share of its own: its backups live for days, those of everything else as long as is wanted.
resource keys 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: 'keys'
  properties: {
    shareQuota: 1
  }
}

resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'holds-halves-of-keys'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Without the share "keys" no stored credential can be opened.'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: files
  properties: {
    workspaceId: logsId
    logs: [
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

output name string = account.name
output id string = account.id
output exportsShare string = exports.name
output billsShare string = bills.name
output keysShare string = keys.name
