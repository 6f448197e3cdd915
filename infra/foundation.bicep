// What has to be there before anything else: the network, the vault that the key ring's certificate is made in, the portal's identity and the place for logs.
// infra/deploy.sh deploys this file alone first, since a certificate can't be made by a template; main.bicep has it as a module.

@description('Where everything is.')
param location string = resourceGroup().location

@description('Begins the names of all resources. Letters, digits and hyphens.')
@minLength(3)
@maxLength(16)
param prefix string = 'portal'

@description('Object id of the person who deploys and makes the certificate.')
param operatorObjectId string

@description('IPv4 addresses, without a mask, that the vault, the shares and the database answer beside the portal\'s network.')
param operatorAddresses array = []

@description('Object id, in this directory, of the application "Microsoft Azure App Service" (abfa0a7c-a6b6-4736-8310-5855508787cd), which takes the certificate out of the vault.')
param appServicePrincipalId string

@description('How long logs are kept, in days.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('Put on every resource.')
param tags object = {}

var unique = uniqueString(resourceGroup().id, prefix)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-identity'
  location: location
  tags: tags
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${prefix}-logs'
  location: location
  tags: tags
  properties: {
    retentionInDays: logDays
    sku: {
      name: 'PerGB2018'
    }
  }
}

module network 'modules/network.bicep' = {
  name: '${prefix}-network'
  params: {
    location: location
    prefix: prefix
    tags: tags
  }
}

module vault 'modules/vault.bicep' = {
  name: '${prefix}-vault'
  params: {
    location: location
    // Names of vaults have 24 characters at most and are the world's.
    name: 'kv-${take(replace(prefix, '-', ''), 6)}-${unique}'
    tags: tags
    operatorObjectId: operatorObjectId
    operatorAddresses: operatorAddresses
    appServicePrincipalId: appServicePrincipalId
    subnetId: network.outputs.subnetId
    logsId: logs.id
  }
}

output identityId string = identity.id
output identityName string = identity.name
output identityClientId string = identity.properties.clientId
output identityPrincipalId string = identity.properties.principalId
output logsId string = logs.id
output subnetId string = network.outputs.subnetId
output vaultName string = vault.outputs.name
output vaultId string = vault.outputs.id
output unique string = unique
