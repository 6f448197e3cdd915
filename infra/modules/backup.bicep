// Where backups of the share "keys" go, daily, for a week. They are short on purpose: a removed customer can be read from old backups of the database until the last of these is gone.

param location string
param prefix string
param tags object

@description('How long a backup of the keys is kept, in days.')
@minValue(2)
@maxValue(30)
param days int

var at = '2026-01-01T17:00:00Z'

resource vault 'Microsoft.RecoveryServices/vaults@2023-04-01' = {
  name: '${prefix}-backups'
  location: location
  tags: tags
  sku: {
    name: 'RS0'
    tier: 'Standard'
  }
  properties: {
    publicNetworkAccess: 'Enabled'
  }
}

resource policy 'Microsoft.RecoveryServices/vaults/backupPolicies@2023-04-01' = {
  parent: vault
  name: 'keys'
  properties: {
    backupManagementType: 'AzureStorage'
    workLoadType: 'AzureFileShare'
    timeZone: 'UTC'
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy'
      scheduleRunFrequency: 'Daily'
      scheduleRunTimes: [
        at
      ]
    }
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy'
      dailySchedule: {
        retentionTimes: [
          at
        ]
        retentionDuration: {
          count: days
          durationType: 'Days'
        }
      }
    }
  }
}

output vaultName string = vault.name
output policyName string = policy.name
