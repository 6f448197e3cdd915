# What begin.sh and release.sh share: what an installation's parts are called, and ways in for as long as the script runs.
# Sourced by scripts that set group, sql_host and database.
# shellcheck shell=bash disable=SC2154

work=
opened=()

# Says what main.bicep's output is called NAME.
output_of() {
  az deployment group show --resource-group "$group" --name portal --query "properties.outputs.$1.value" --output tsv
}

# Closes what was opened, last first, however the script ends.
close_all() {
  local code=$? i
  set +e
  for ((i = ${#opened[@]} - 1; i >= 0; i--)); do
    eval "${opened[i]}" >/dev/null || { echo "left open: ${opened[i]}" >&2; code=1; }
  done
  [ -z "$work" ] || rm -rf "$work"
  exit "$code"
}

# The address that Azure sees this machine by.
own_address() {
  echo "${PORTAL_OWN_ADDRESS:-$(curl --fail --silent --show-error --max-time 20 https://api.ipify.org)}"
}

open_database() {
  local rule="release-$$-$RANDOM"
  opened+=("az sql server firewall-rule delete --resource-group '$group' --server '$1' --name '$rule'")
  az sql server firewall-rule create --resource-group "$group" --server "$1" --name "$rule" --start-ip-address "$2" --end-ip-address "$2" --output none
}

# Runs a command of the portal's program on the installation's database, as whoever is signed in with the Azure CLI. Development, because outside of it
# the program asks for the certificate, which leaves the vault for the portal's machines alone; these commands seal and open nothing.
portal_command() {
  (cd "$work/portal" && env ASPNETCORE_ENVIRONMENT=Development Demo__Accounts=false Demo__Sandbox=false Database__Provider=SqlServer \
    "ConnectionStrings__Portal=Server=tcp:$sql_host,1433;Database=$database;Authentication=Active Directory Default;Encrypt=True;Connect Timeout=60" \
    "KeyRing__SharesFolder=$work/keys" dotnet Soracom.Portal.dll "$@")
}
