// The key ring's certificates, out of the vault and onto the plan's machines, where the portal finds each as a file that is named by its thumbprint.

param location string
param prefix string
param tags object
param planId string
param vaultId string

@description('Their names in the vault, the one in use first.')
param names array

resource certificates 'Microsoft.Web/certificates@2023-12-01' = [for name in names: {
  name: '${prefix}-${name}'
  location: location
  tags: tags
  properties: {
    serverFarmId: planId
    keyVaultId: vaultId
    keyVaultSecretName: name
  }
}]

output thumbprints array = [for (name, index) in names: certificates[index].properties.thumbprint]
