#!/usr/bin/env bash
# Makes an installation, or brings one to what infra/*.bicep say now: deploy.sh RESOURCE-GROUP LOCATION small|large
# Everything that it needs to know is in the environment; infra/README.md lists it. It can be run again at any time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ $# -ne 3 ] || { [ "$3" != small ] && [ "$3" != large ]; }; then
  echo "usage: $0 RESOURCE-GROUP LOCATION small|large" >&2
  exit 64
fi
group=$1 location=$2 size=$3

missing=()
for name in PORTAL_SQL_ADMIN_NAME PORTAL_SQL_ADMIN_ID PORTAL_ENTRA_TENANT_ID PORTAL_ENTRA_CLIENT_ID PORTAL_ENTRA_CLIENT_SECRET; do
  [ -n "${!name:-}" ] || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "not set: ${missing[*]} (infra/README.md says what they are)" >&2
  exit 78
fi

# Microsoft's own number of App Service, the same in every directory; what it is called in this one is not.
app_service=abfa0a7c-a6b6-4736-8310-5855508787cd
: "${PORTAL_OPERATOR_ID:=$(az ad signed-in-user show --query id --output tsv)}"
: "${PORTAL_APP_SERVICE_ID:=$(az ad sp show --id "$app_service" --query id --output tsv)}"
: "${PORTAL_OPERATOR_ADDRESSES:=[]}"
# shellcheck disable=SC2089,SC2090 # JSON: its quotes are meant.
if [ -z "${PORTAL_KEY_RING_CERTIFICATES:-}" ]; then PORTAL_KEY_RING_CERTIFICATES='["key-ring-1"]'; fi
: "${PORTAL_PREFIX:=portal}"
# shellcheck disable=SC2090
export PORTAL_OPERATOR_ID PORTAL_APP_SERVICE_ID PORTAL_OPERATOR_ADDRESSES PORTAL_KEY_RING_CERTIFICATES PORTAL_PREFIX

echo "== group $group"
az group create --name "$group" --location "$location" --output none

echo "== network, vault, identity, logs"
az deployment group create --resource-group "$group" --name portal-foundation --template-file "$here/foundation.bicep" \
  --parameters location="$location" prefix="$PORTAL_PREFIX" operatorObjectId="$PORTAL_OPERATOR_ID" appServicePrincipalId="$PORTAL_APP_SERVICE_ID" \
  operatorAddresses="$PORTAL_OPERATOR_ADDRESSES" --output none
vault=$(az deployment group show --resource-group "$group" --name portal-foundation --query properties.outputs.vaultName.value --output tsv)

# Only the newest of the ring's certificates is ever made here; the former ones are there, or something is wrong that a new one would hide.
certificate=$(sed -E 's/^[^"]*"([^"]+)".*/\1/' <<<"$PORTAL_KEY_RING_CERTIFICATES")
echo "== certificate $certificate in $vault"
for try in $(seq 1 20); do
  # A role that was just given takes minutes to be known to the vault.
  if found=$(az keyvault certificate list --vault-name "$vault" --query "[?name=='$certificate'].name" --output tsv 2>"${TMPDIR:-/tmp}/portal-vault-$$"); then
    break
  fi
  [ "$try" -lt 20 ] || { cat "${TMPDIR:-/tmp}/portal-vault-$$" >&2; exit 1; }
  sleep 15
done
rm -f "${TMPDIR:-/tmp}/portal-vault-$$"
if [ -z "$found" ]; then
  az keyvault certificate create --vault-name "$vault" --name "$certificate" --policy "@$here/certificate-policy.json" --output none
fi

echo "== everything else, $size"
az deployment group create --resource-group "$group" --name portal --template-file "$here/main.bicep" --parameters "$here/$size.bicepparam" \
  --parameters location="$location" --output none
az deployment group show --resource-group "$group" --name portal --query "properties.outputs.{address: address.value, ownHost: ownHost.value, storage: storageName.value, database: sqlHost.value}" --output yaml
