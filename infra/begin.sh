#!/usr/bin/env bash
# Once for each installation, after deploy.sh and before the first release: begin.sh RESOURCE-GROUP PACKAGE.zip
# Makes the schema, lets the portal and the releases into the database, and begins the store of the keys' halves on its share. Run it as an administrator of
# the database who is a person: a program can't look up in Entra whom it lets in. It needs the Azure CLI, .NET, unzip and sqlcmd (the one in Go).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ $# -ne 2 ] || [ ! -f "$2" ]; then
  echo "usage: $0 RESOURCE-GROUP PACKAGE.zip" >&2
  exit 64
fi
group=$1 package=$2

# shellcheck source=infra/portal.sh
. "$here/portal.sh"
trap close_all EXIT
work=$(mktemp -d)
mkdir "$work/keys"
unzip -q "$package" -d "$work/portal"

sql_server=$(output_of sqlServerName) sql_host=$(output_of sqlHost) database=$(output_of databaseName)
storage=$(output_of storageName) share=$(output_of keysShare) identity=$(output_of identityName)

echo "== is there a store already?"
key=$(az storage account keys list --account-name "$storage" --query '[0].value' --output tsv)
export AZURE_STORAGE_ACCOUNT=$storage AZURE_STORAGE_KEY=$key
if [ "$(az storage file exists --share-name "$share" --path .key-store --query exists --output tsv)" = true ]; then
  echo "The share $share of $storage holds a store of keys already. This installation was begun before; nothing was changed." >&2
  exit 1
fi

open_database "$sql_server" "$(own_address)"

echo "== schema"
portal_command migrate

echo "== who may use the database"
sqlcmd -S "$sql_host" -d "$database" --authentication-method ActiveDirectoryAzCli -b -i "$here/../db/sqlserver/roles.sql"
sqlcmd -S "$sql_host" -d "$database" --authentication-method ActiveDirectoryAzCli -b -i "$here/sql/portal.sql" -v "portal=$identity"
if [ -n "${PORTAL_RELEASE_IDENTITY:-}" ]; then
  sqlcmd -S "$sql_host" -d "$database" --authentication-method ActiveDirectoryAzCli -b -i "$here/sql/release.sql" -v "release=$PORTAL_RELEASE_IDENTITY"
fi

echo "== store of the keys' halves"
portal_command begin-key-store
az storage file upload --share-name "$share" --source "$work/keys/.key-store" --path .key-store --output none
echo "Begun. Now back up the share $share, as infra/README.md says, and release."
