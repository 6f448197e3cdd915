#!/usr/bin/env bash
# Adds a migration of the same name for both providers: build/add-migration.sh AddSomething
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: build/add-migration.sh Name}
dotnet tool restore
for provider in Sqlite SqlServer; do
  dotnet ef migrations add "$name" --project "db/Soracom.Portal.Migrations.$provider" --startup-project "db/Soracom.Portal.Migrations.$provider"
done
