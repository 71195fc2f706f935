#!/bin/bash
# What a VM does at each start, on Google Cloud (Debian) and Azure (Ubuntu) alike. Everything in it may be repeated.
#
#   CLOUD            gcp or azure: where the VM's identity gets its tokens
#   SERVICE          the service's name
#   JAR_URL          the executable jar in a bucket or blob container that the VM's identity may read
#   JAR_SHA256       its checksum
#   SETTINGS         the service's settings, NAME=value in each line
#   SECRETS          settings that are secrets, NAME=reference in each line: projects/…/secrets/…/versions/… or a Key Vault URL
#   CALLER_SECRETS   callers whose API key is such a secret, caller=reference in each line; the service gets the key's hash
#   DATA_DEVICE      the disk of the VM's own PostgreSQL; empty if SECRETS has a DATABASE_URL
set -Eeuo pipefail
exec > >(tee -a /var/log/startup-script.log) 2>&1
echo "$(date -u +%FT%TZ) $SERVICE: starting"
trap 'echo "$(date -u +%FT%TZ) $SERVICE: failed at line $LINENO"' ERR
umask 077
# A change of the script runs it again, perhaps before the first run is over.
exec 9>/run/boutique-start.lock
flock 9
mkdir -p /etc/boutique /opt/boutique

# The way out, the disk and rights that were just granted may take a minute to be there.
retry() {
  local pause
  for pause in 2 4 8 15 30 30 30 30; do
    "$@" && return
    sleep "$pause"
  done
  "$@"
}

# The response to a request as the VM's identity. The token is not an argument: those are visible to everyone.
fetch() { # URL, whom the token is for (Azure)
  local token
  case $CLOUD in
    gcp) token=$(curl -sSf -H 'Metadata-Flavor: Google' \
      http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token) || return ;;
    azure) token=$(curl -sSf -H 'Metadata: true' \
      "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$2") || return ;;
  esac
  token=$(jq -r .access_token <<<"$token")
  curl -sSf -H @<(printf 'Authorization: Bearer %s\nx-ms-version: 2021-08-06\n' "$token") "$1"
}

secret() { # reference
  local answer
  case $CLOUD in
    gcp)
      answer=$(fetch "https://secretmanager.googleapis.com/v1/$1:access") || return
      jq -r .payload.data <<<"$answer" | base64 -d
      ;;
    azure)
      answer=$(fetch "$1?api-version=7.4" https://vault.azure.net) || return
      jq -r .value <<<"$answer"
      ;;
  esac
}

# A new jar or setting changes the start-up script itself: then it runs again at once, without a restart of the VM.
follow_metadata() {
  local script=http://metadata.google.internal/computeMetadata/v1/instance/attributes/startup-script
  curl -sSf -H 'Metadata-Flavor: Google' -D - -o /dev/null "$script" | tr -d '\r' | sed -n 's/^etag: //Ip' >/run/boutique-etag
  cat >/etc/systemd/system/boutique-update.service <<UNIT
[Unit]
Description=Runs the start-up script again when it changes

[Service]
ExecStart=/bin/sh -c 'curl -sf -o /dev/null -H "Metadata-Flavor: Google" "$script?wait_for_change=true&last_etag=\$\$(cat /run/boutique-etag)" && exec google_metadata_script_runner startup'
Restart=always
RestartSec=10
UNIT
  systemctl daemon-reload
  systemctl start boutique-update.service
}

mount_data() {
  retry test -b "$DATA_DEVICE"
  local found=0
  blkid -p "$DATA_DEVICE" || found=$?
  case $found in
    0) ;;
    2) mkfs.ext4 -q "$DATA_DEVICE" ;; # nothing at all is on it: the disk is new
    *) return 1 ;;
  esac
  sed -i '\# /var/lib/postgresql #d' /etc/fstab
  echo "UUID=$(blkid -p -s UUID -o value "$DATA_DEVICE") /var/lib/postgresql ext4 defaults,nofail 0 2" >>/etc/fstab
  install -d -m 755 /var/lib/postgresql
  mountpoint -q /var/lib/postgresql || mount "$DATA_DEVICE" /var/lib/postgresql
  chmod 755 /var/lib/postgresql
}

install_packages() {
  local packages=(openjdk-21-jre-headless jq ca-certificates)
  if [ -n "$DATA_DEVICE" ]; then
    packages+=(postgresql)
    # The package's own cluster would be made before this script can say how.
    install -d -m 755 /etc/postgresql-common /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/boutique.conf
    chmod 644 /etc/postgresql-common/createcluster.d/boutique.conf
  fi
  dpkg-query -W -f '${Status}\n' "${packages[@]}" 2>/dev/null | grep -c '^install ok installed$' | grep -qx "${#packages[@]}" && return
  export DEBIAN_FRONTEND=noninteractive
  retry apt-get -q -o DPkg::Lock::Timeout=300 update
  retry apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${packages[@]}"
}

start_postgresql() {
  local version other data
  version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -n | tail -1)
  for other in /var/lib/postgresql/[0-9]*; do
    if [ -e "$other" ] && [ "$other" != "/var/lib/postgresql/$version" ]; then
      echo "The disk has the data of PostgreSQL ${other##*/}, the image has version $version: take the old image, or dump and restore."
      return 1
    fi
  done
  data=/var/lib/postgresql/$version/main
  if [ ! -e "/etc/postgresql/$version/main/postgresql.conf" ]; then
    rm -rf "/etc/postgresql/$version/main"
    if [ -e "$data/PG_VERSION" ]; then
      # An earlier VM filled the disk. Its configuration is gone with it, and the user may have had another number there.
      echo "include_dir = 'conf.d'" >"$data/postgresql.conf"
      printf '%s\n' 'local all all peer' 'host all all 127.0.0.1/32 scram-sha-256' >"$data/pg_hba.conf"
      : >"$data/pg_ident.conf"
      chown -R postgres:postgres "/var/lib/postgresql/$version"
      pg_createcluster --port 5432 "$version" main
    else
      pg_createcluster --port 5432 --encoding UTF8 --locale C.UTF-8 "$version" main
    fi
  fi
  install -d -m 755 "/etc/postgresql/$version/main/conf.d"
  cat >"/etc/postgresql/$version/main/conf.d/boutique.conf" <<CONF
# Half of 1 GB is the service's.
shared_buffers = 64MB
max_connections = 30
jit = off
listen_addresses = '127.0.0.1'
CONF
  chmod 644 "/etc/postgresql/$version/main/conf.d/boutique.conf"
  systemctl start "postgresql@$version-main.service"
  [ -s /etc/boutique/database-password ] || head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >/etc/boutique/database-password
  runuser -u postgres -- psql -q -v ON_ERROR_STOP=1 <<SQL
SELECT 'CREATE ROLE boutique LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'boutique') \gexec
ALTER ROLE boutique PASSWORD '$(cat /etc/boutique/database-password)';
SELECT 'CREATE DATABASE boutique OWNER boutique' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'boutique') \gexec
SQL
}

download_jar() {
  fetch "$JAR_URL" https://storage.azure.com/ >/opt/boutique/new/app.jar || return
  sha256sum -c <<<"$JAR_SHA256  /opt/boutique/new/app.jar"
}

install_jar() {
  [ "$(cat /opt/boutique/sha256 2>/dev/null)" != "$JAR_SHA256" ] || return 0
  rm -rf /opt/boutique/new
  mkdir /opt/boutique/new
  retry download_jar
  # Unpacked it starts faster, and its classes can be archived.
  java -Djarmode=tools -jar /opt/boutique/new/app.jar extract --destination /opt/boutique/new/app
  rm -rf /opt/boutique/app /opt/boutique/sha256
  mv /opt/boutique/new/app /opt/boutique/app
  chmod -R a+rX /opt/boutique
  echo "$JAR_SHA256" >/opt/boutique/sha256
  rm -rf /opt/boutique/new
}

write_settings() {
  local line key keys=
  {
    echo PORT=8080
    printf '%s\n' "$SETTINGS"
    [ -z "$DATA_DEVICE" ] || echo "DATABASE_URL=postgresql://boutique:$(cat /etc/boutique/database-password)@127.0.0.1:5432/boutique?sslmode=disable"
    for line in $SECRETS; do
      key=$(retry secret "${line#*=}")
      echo "${line%%=*}=$key"
    done
    for line in $CALLER_SECRETS; do
      key=$(retry secret "${line#*=}")
      keys+=,${line%%=*}=$(printf %s "$key" | sha256sum | cut -d ' ' -f 1)
    done
    if [ -n "$keys" ]; then
      line=$(sed -n 's/^BOUTIQUE_SECURITY_APIKEYS=//p' <<<"$SETTINGS")
      keys=$line$keys
      echo "BOUTIQUE_SECURITY_APIKEYS=${keys#,}" # the last one of a name counts
    fi
  } >/etc/boutique/app.env
}

# Of 1 GB: a quarter heap, as much again for the rest of the JVM, PostgreSQL and the system the other half.
write_unit() {
  cat >/etc/systemd/system/app.service <<UNIT
[Unit]
Description=Multicloud Boutique: $SERVICE
After=network-online.target postgresql.service
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
EnvironmentFile=/etc/boutique/app.env
ExecStart=/usr/bin/java -Xmx224m -Xss512k -XX:MaxMetaspaceSize=144m -XX:ReservedCodeCacheSize=48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/var/cache/boutique/app.jsa -jar /opt/boutique/app/app.jar
WorkingDirectory=/var/cache/boutique
CacheDirectory=boutique
DynamicUser=yes
SuccessExitStatus=143
TimeoutStopSec=60
Restart=always
RestartSec=5
MemoryHigh=480M
MemoryMax=560M
TasksMax=256
UMask=0077
AmbientCapabilities=
CapabilityBoundingSet=
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
UNIT
  systemctl daemon-reload
}

[ "$CLOUD" != gcp ] || follow_metadata
[ -z "$DATA_DEVICE" ] || mount_data
install_packages
[ -z "$DATA_DEVICE" ] || start_postgresql
install_jar
write_settings
write_unit
# Not enabled: at a start of the VM it is this script that starts it, with the settings of today.
systemctl restart app.service
echo "$(date -u +%FT%TZ) $SERVICE: started"
