// The network that the portal reaches its database, vault and shares by. Those answer this subnet and the operators' addresses, and nobody else.

param location string
param prefix string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${prefix}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.90.0.0/24'
      ]
    }
    subnets: [
      {
        name: 'portal'
        properties: {
          // 59 usable addresses: a plan takes one an instance, and twice as many while it is scaled or moved.
          addressPrefix: '10.90.0.0/26'
          delegations: [
            {
              name: 'web'
              properties: {
                serviceName: 'Microsoft.Web/serverFarms'
              }
            }
          ]
          serviceEndpoints: [
            {
              service: 'Microsoft.Sql'
            }
            {
              service: 'Microsoft.Storage'
            }
            {
              service: 'Microsoft.KeyVault'
            }
          ]
        }
      }
    ]
  }
}

output subnetId string = network.properties.subnets[0].id
