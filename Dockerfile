# The portal as a container: docker build --tag soracom-portal .
# It runs as nobody in particular, from files that it can't change, and writes to /data and /tmp alone, so that it can be started with --read-only:
#   docker run --read-only --tmpfs /tmp --volume portal-data:/data --publish 8080:8080 --env-file portal.env soracom-portal
# docs/configuration.md lists what portal.env has to hold. /data/keys is best a volume of its own, as it is backed up apart from the rest (decision 0040). Base images are named by their exact versions, which dependabot raises.

FROM node:22.20.0-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
# npm fetches the player of footage during the build; nothing of Node is in the result.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source

# What says which packages there are comes first: as long as that stays, so do the packages.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY build/ build/
COPY src/Soracom.Api/Soracom.Api.csproj src/Soracom.Api/
COPY src/Soracom.Sandbox/Soracom.Sandbox.csproj src/Soracom.Sandbox/
COPY src/Soracom.Portal.Data/Soracom.Portal.Data.csproj src/Soracom.Portal.Data/
COPY src/Soracom.Portal/Soracom.Portal.csproj src/Soracom.Portal/
COPY db/Soracom.Portal.Migrations.Sqlite/Soracom.Portal.Migrations.Sqlite.csproj db/Soracom.Portal.Migrations.Sqlite/
COPY db/Soracom.Portal.Migrations.SqlServer/Soracom.Portal.Migrations.SqlServer.csproj db/Soracom.Portal.Migrations.SqlServer/
RUN dotnet restore src/Soracom.Portal -p:CompleteFeed=true

COPY .editorconfig ./
COPY src/ src/
COPY db/ db/
RUN dotnet publish src/Soracom.Portal --configuration Release --no-restore --output /portal -p:CompleteFeed=true -p:UseAppHost=false
# The build goes on without the player where npm fails; an image must not.
RUN test -f /portal/wwwroot/player/shaka-player.js && mkdir --parents /data/exports /data/bills /data/keys

# Neither a shell nor a package manager; "extra" has ICU and time zones, which dates and Japanese need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled-extra
WORKDIR /portal
COPY --from=build /portal/ ./
COPY --from=build --chown=1654:1654 /data/ /data/
# SQLite's file and all folders are below /data, unless portal.env says otherwise. Diagnostics would want a socket in /tmp.
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    ConnectionStrings__Portal="Data Source=/data/portal.db" \
    Exports__Folder=/data/exports \
    KeyRing__SharesFolder=/data/keys \
    Billing__Folder=/data/bills
VOLUME /data
EXPOSE 8080
# The image's user without rights, by number, so that Kubernetes' runAsNonRoot can tell.
USER 1654
# Asks over the loopback, by the program itself, as there is no curl here. Whether the process lives: a database that is away is not mended by a new container.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "Soracom.Portal.dll", "health"]
ENTRYPOINT ["dotnet", "Soracom.Portal.dll"]
