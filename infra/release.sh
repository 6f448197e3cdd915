#!/usr/bin/env bash
# Brings a version into service: release.sh RESOURCE-GROUP PACKAGE.zip
# The schema first, which the version before this one has to get along with; then the staging slot; then, once that is ready, the swap. What fails ends
# it there, and production goes on as it was. It needs the Azure CLI, .NET, unzip and curl. The same runs in .github/workflows/deploy.yml.
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
unzip -q "$package" -d "$work/portal"

site=$(output_of siteName) own_host=$(output_of ownHost) staging_host=$(output_of stagingHost)
sql_server=$(output_of sqlServerName) sql_host=$(output_of sqlHost) database=$(output_of databaseName)
own=$(own_address)

# Waits until a host answers that it is ready; says what it answered last when it does not become so.
wait_until_ready() {
  local code try
  for try in $(seq 1 "${PORTAL_READY_TRIES:-60}"); do
    code=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 20 "https://$1/health/ready") || true
    if [ "$code" = 200 ]; then
      echo "ready: https://$1 (asked $try times)"
      return 0
    fi
    sleep "${PORTAL_READY_PAUSE:-10}"
  done
  echo "https://$1/health/ready answered $code. The log stream of the slot says why: az webapp log tail --resource-group $group --name $site" >&2
  return 1
}

echo "== schema"
open_database "$sql_server" "$own"
portal_command migrate

echo "== staging"
opened+=("az webapp config access-restriction remove --resource-group '$group' --name '$site' --slot staging --rule-name release-$$")
az webapp config access-restriction add --resource-group "$group" --name "$site" --slot staging --rule-name "release-$$" --action Allow --ip-address "$own/32" --priority 200 --output none
az webapp deploy --resource-group "$group" --name "$site" --slot staging --type zip --src-path "$package" --output none
wait_until_ready "$staging_host"

echo "== swap"
az webapp deployment slot swap --resource-group "$group" --name "$site" --slot staging --target-slot production --output none
if [ "${PORTAL_CHECK_PRODUCTION:-true}" = true ]; then
  wait_until_ready "$own_host"
fi
echo "In service. Back to the version before: az webapp deployment slot swap --resource-group $group --name $site --slot staging --target-slot production"
