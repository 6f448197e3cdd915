// The vault: the key ring's certificate and the portal's two passwords. Who may do what is decided by roles alone, and what is deleted can be had back for 90 days, by nobody earlier.

param location string
param name string
param tags object
param operatorObjectId string
param operatorAddresses array
param appServicePrincipalId string
param subnetId string
param logsId string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security
var certificatesOfficer = 'a4417e6f-fecd-4de8-b567-7b0420556985'
var certificateUser = 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      // App Service, which takes the certificate out, is one of the trusted services.
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      ipRules: [for address in operatorAddresses: {
        value: address
      }]
      virtualNetworkRules: [
        {
          id: subnetId
        }
      ]
    }
  }
}

resource operatorMakesCertificates 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, operatorObjectId, certificatesOfficer)
  scope: vault
  properties: {
    principalId: operatorObjectId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', certificatesOfficer)
  }
}

resource appServiceTakesCertificates 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appServicePrincipalId, certificateUser)
  scope: vault
  properties: {
    principalId: appServicePrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', certificateUser)
  }
}

// Without the certificate nothing that the portal keeps sealed can be read again.
resource kept 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'holds-the-key-rings-certificate'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Without the certificate in it no stored credential can be opened.'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-logs'
  scope: vault
  properties: {
    workspaceId: logsId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

output name string = vault.name
output id string = vault.id
