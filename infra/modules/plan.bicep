// The machines that the portal runs on.

param location string
param prefix string
param tags object

@description('Size: P0v3 or larger. Slots and Always On are not to be had below Standard.')
param sku string

@description('Number of instances.')
@minValue(1)
@maxValue(20)
param instances int
param zoneRedundant bool

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${prefix}-plan'
  location: location
  tags: tags
  kind: 'linux'
  sku: {
    name: sku
    capacity: instances
  }
  properties: {
    // Linux.
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

output id string = plan.id
