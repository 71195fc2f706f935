# Sets up a Debian or Ubuntu VM to run one service. The script runs at each boot and can run again at any time. It is idempotent: it
# changes only settings that differ from the parameters, and restarts the service only after a change.
#
# Each cloud prepends its own part, which sets these variables:
#   service           the name of the service, such as analytics
#   jar_sha256        the checksum of the jar, which identifies the release
#   environment       the service's settings, one NAME=value per line; see Configuration in the repository's README
#   own_database      yes: run PostgreSQL on this VM, on a separate disk; no: secret_environment prints a DATABASE_URL
#   denied_addresses  addresses that the service must not reach, such as a metadata service
# and, optionally:
#   role_settings     settings of the service's role in the database, one name=value per line; only without own_database
# It also defines these functions:
#   data_disk           prints the device of the database's disk; fails if the disk is not attached
#   fetch_jar FILE      downloads the jar to FILE
#   secret_environment  prints the service's settings with secret values, one NAME=value per line
#   publish REQUESTS FAILED SECONDS  sends the share of failed requests and their mean duration to the cloud's metrics. It runs
#                       in a script of its own, with the variables in published_with_variables and the functions in
#                       published_with_functions
# shellcheck shell=bash disable=SC2154
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

log=/var/log/startup-script.log
latest=/run/startup-script.latest
home=/opt/boutique
release=$home/$jar_sha256
settings=/etc/boutique
data=/var/lib/postgresql
database_url=

say() { echo "$(date --utc +%FT%TZ) startup-script: $*"; }

# Retries a command every 10 seconds, by default for 15 minutes, because disks, networks and permissions become available only
# some time after the boot. Gives up early if a newer run of this script has started.
#   eventually DESCRIPTION COMMAND...
eventually() {
  local what=$1 until=$((SECONDS + ${patience:-900}))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || { say "timed out waiting until $what"; return 1; }
    [ "$(cat "$latest")" = $$ ] || { say "a newer run has started, no longer waiting until $what"; return 1; }
    say "waiting until $what"
    sleep 10
  done
}

# Writes standard input to a file if the content differs. A marker file records that the unit must restart, so the next run restarts
# it if this run ends early.
#   update FILE MODE UNIT
update() {
  local file=$1 mode=$2 unit=$3
  (umask 077 && cat >"$file.new")
  chmod "$mode" "$file.new"
  if cmp --silent "$file.new" "$file"; then
    rm "$file.new"
  else
    touch "/run/$unit.changed"
    mv "$file.new" "$file"
  fi
}

start() {
  if [ -e "/run/$1.changed" ]; then systemctl restart "$1"; else systemctl start "$1"; fi
  rm -f "/run/$1.changed"
}

find_disk() { disk=$(data_disk); }

# Mounts the data disk as PostgreSQL's folder, so the data survives replacement of the VM. Formats only a disk without any content.
mount_data_disk() {
  local status=0
  eventually "the data disk is attached" find_disk
  blkid --probe "$disk" >/dev/null || status=$?
  case $status in
    0) ;;
    2) say "formatting the empty disk $disk" && mkfs.ext4 -q -L boutique-data "$disk" ;;
    *) say "cannot determine the content of $disk" && return 1 ;;
  esac
  # Mounts by label, because device names change. With nofail, the VM boots without the disk too, so an operator can investigate.
  if ! grep --quiet "^LABEL=boutique-data " /etc/fstab; then
    echo "LABEL=boutique-data $data ext4 defaults,nofail,nosuid,nodev,noexec,x-systemd.device-timeout=60s 0 2" >>/etc/fstab
    systemctl daemon-reload
  fi
  systemctl start "$data"
  resize2fs "$disk" # the disk may have grown

  # Keeps the configuration on the disk, next to the data. PostgreSQL's package does not create a cluster if it finds a
  # configuration, nor if it finds data without a configuration.
  # Creates the user before the package does, because on a disk from another VM, the files may belong to a different user id.
  id postgres >/dev/null 2>&1 ||
    useradd --system --user-group --home-dir "$data" --no-create-home --shell /bin/bash postgres
  mkdir -p "$data/etc"
  if [ ! -L /etc/postgresql ]; then
    [ ! -d /etc/postgresql ] || rmdir /etc/postgresql
    ln --symbolic "$data/etc" /etc/postgresql
  fi
  [ "$(stat --format %U "$data/etc")" = postgres ] || chown --recursive postgres:postgres "$data"
}

install_packages() {
  local packages=(openjdk-21-jre-headless curl)
  [ "$own_database" = no ] || packages+=(postgresql)
  [ -z "${role_settings:-}" ] || packages+=(postgresql-client)
  dpkg-query --show --showformat '${Status}\n' "${packages[@]}" 2>/dev/null |
    grep --count '^install ok installed$' | grep --quiet "^${#packages[@]}\$" && return
  # Completes an installation that was interrupted.
  dpkg --configure -a &&
    apt-get -o DPkg::Lock::Timeout=600 -qq update &&
    apt-get -o DPkg::Lock::Timeout=600 -qq install --yes --no-install-recommends "${packages[@]}"
}

# Starts the cluster of the distribution's PostgreSQL version, which the package creates on the disk if it does not exist. Creates the
# service's user and database.
prepare_database() {
  local version cluster
  version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -rn | head -1)
  for cluster in "$data"/*/main; do
    [ "$cluster" = "$data/$version/main" ] || [ ! -d "$cluster" ] ||
      { say "$cluster is not of PostgreSQL version $version: migrate its data with pg_upgrade, then run this script again"; return 1; }
  done
  update "/etc/postgresql/$version/main/conf.d/boutique.conf" 644 "postgresql@$version-main" <<'CONF'
# Sized for a VM with 1 GB.
listen_addresses = '127.0.0.1'
port = 5432
shared_buffers = 64MB
max_connections = 40
jit = off
CONF
  start "postgresql@$version-main"

  # The password never leaves the VM. Each run sets it, because the disk may come from another VM.
  [ -s "$settings/database-password" ] || (umask 077 && openssl rand -hex 32 >"$settings/database-password")
  local password
  password=$(cat "$settings/database-password")
  database_url="postgresql://boutique:$password@127.0.0.1:5432/boutique?sslmode=disable"
  runuser --user postgres -- psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname postgres <<SQL
SET password_encryption = 'scram-sha-256';
SELECT 'CREATE ROLE boutique' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'boutique') \gexec
ALTER ROLE boutique LOGIN PASSWORD '$password';
SELECT 'CREATE DATABASE boutique OWNER boutique ENCODING ''UTF8'' TEMPLATE template0'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'boutique') \gexec
SQL
}

fetch_release() {
  fetch_jar "$home/download.jar" && echo "$jar_sha256  $home/download.jar" | sha256sum --check --quiet
}

install_release() {
  [ ! -d "$release" ] || return 0
  mkdir -p "$home"
  # Roles of a new identity take minutes to take effect.
  eventually "the jar is downloaded and matches its checksum" fetch_release
  # An extracted jar starts faster, and Java can archive its classes.
  rm -rf "$release.new"
  java -Djarmode=tools -jar "$home/download.jar" extract --application-filename app.jar --destination "$release.new"
  mv "$release.new" "$release"
  rm "$home/download.jar"
}

read_secrets() { from_secrets=$(secret_environment); }

# Gives the service's role its settings, as that role, before the service's first connection. Passes the password in the environment,
# because every process can see command-line arguments.
set_role_settings() {
  local url line
  url=$(sed -n 's/^DATABASE_URL=//p' <<<"$from_secrets")
  for line in $role_settings; do
    echo "ALTER ROLE CURRENT_USER SET ${line%%=*} = '${line#*=}';"
  done | PGPASSWORD=$(sed -E 's|^[^:]*://[^:]*:([^@]*)@.*|\1|' <<<"$url") \
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname "$(sed -E 's|:[^:@/]*@|@|' <<<"$url")"
}

configure_service() {
  eventually "the secrets can be read" read_secrets
  [ -z "${role_settings:-}" ] || eventually "the database accepts the role's settings" set_role_settings
  # If a name occurs more than once, the last value takes effect.
  update "$settings/app.env" 600 app.service <<ENV
PORT=8080
LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
${database_url:+DATABASE_URL=$database_url}
$environment
$from_secrets
ENV
  update /etc/systemd/system/app.service 644 app.service <<UNIT
[Unit]
Description=Multicloud Boutique: $service
Wants=network-online.target
After=network-online.target postgresql.service
StartLimitIntervalSec=0

[Service]
EnvironmentFile=$settings/app.env
WorkingDirectory=$release
# Sized for a VM with 1 GB that also runs PostgreSQL. The class archive halves the CPU time of a start; burstable VMs have little
# CPU time.
ExecStart=/usr/bin/java -XX:+UseSerialGC -Xmx192m -XX:NewSize=32m -XX:+ExitOnOutOfMemoryError \\
  -Dio.netty.leakDetection.level=disabled -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/var/cache/app/$jar_sha256.jsa -jar app.jar
SuccessExitStatus=143
Restart=always
RestartSec=5
TimeoutStopSec=60
MemoryMax=512M
TasksMax=256

DynamicUser=yes
CacheDirectory=app
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
PrivateDevices=yes
PrivateTmp=yes
PrivateUsers=yes
PrivateMounts=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
ProtectSystem=strict
InaccessiblePaths=-$data
LockPersonality=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
IPAddressDeny=$denied_addresses

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
}

# Prints the number of requests since the service's start, the number of failed requests, and the seconds of all requests. Health checks
# do not count.
request_totals() {
  curl --fail --silent --max-time 5 http://127.0.0.1:9080/actuator/prometheus | awk '
    /^http_server_request_duration_seconds_(count|sum)[{]/ && !/operation="get(Health|Liveness|Readiness)"/ {
      if (/_sum[{]/) seconds += $NF
      else { requests += $NF; if (/outcome="server_error"/) failed += $NF }
    }
    END { printf "%.0f %.0f %.6f\n", requests, failed, seconds }'
}

# Publishes what has changed since the last call. The totals of a restarted service start at 0 again.
#   report_requests FILE   FILE has the totals of the last call
report_requests() {
  local totals changes
  totals=$(request_totals)
  changes=$(echo "$totals $(cat "$1" 2>/dev/null || echo 0 0 0)" |
    awk '{ if ($1 < $4) $4 = $5 = $6 = 0; if ($1 > $4) printf "%.0f %.0f %.6f\n", $1 - $4, $2 - $5, $3 - $6 }')
  echo "$totals" >"$1"
  # shellcheck disable=SC2086 # three arguments
  [ -z "$changes" ] || publish $changes
}

# Runs report_requests each minute. The clouds measure the requests of Cloud Run, but not those of a program on a VM.
configure_report() {
  update /usr/local/sbin/report-requests 755 report-requests.timer <<SCRIPT
#!/usr/bin/env bash
set -euo pipefail
$(declare -p "${published_with_variables[@]}")
$(declare -f "${published_with_functions[@]}" publish request_totals report_requests)
report_requests /run/request-totals
SCRIPT
  update /etc/systemd/system/report-requests.service 644 report-requests.timer <<UNIT
[Unit]
Description=Report the requests of $service to the cloud's metrics

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/report-requests
TimeoutStartSec=50
UNIT
  update /etc/systemd/system/report-requests.timer 644 report-requests.timer <<UNIT
[Unit]
Description=Report the requests of $service each minute

[Timer]
OnBootSec=60
OnUnitActiveSec=60
AccuracySec=1

[Install]
WantedBy=timers.target
UNIT
  systemctl daemon-reload
  systemctl enable --quiet report-requests.timer
  start report-requests.timer
}

serves() { curl --fail --silent --output /dev/null --max-time 5 http://127.0.0.1:8080/readyz; }

start_service() {
  systemctl enable --quiet app.service
  start app.service
  patience=300 eventually "$service is ready" serves
  find "$home" /var/cache/app/ -mindepth 1 -maxdepth 1 ! -name "$jar_sha256*" -exec rm -rf {} +
}

main() {
  # When the script changes, the new version starts while this run may still be waiting, possibly for a condition that only the change
  # fulfils. This run then stops waiting and releases the lock.
  echo $$ >"$latest"
  exec 9>/run/startup-script.lock
  flock 9
  say "setting up $service $jar_sha256"
  mkdir -p "$settings" && chmod 700 "$settings"
  [ "$own_database" = no ] || mount_data_disk
  eventually "the packages are installed" install_packages
  [ "$own_database" = no ] || prepare_database
  install_release
  configure_service
  start_service
  configure_report
  say "$service is ready, $(awk '{ print int($1) }' /proc/uptime) s after boot"
}

main > >(tee -a "$log") 2>&1
