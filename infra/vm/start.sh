# Makes a VM of Debian or Ubuntu run one service. It runs at each boot and may run at any time: it changes what differs from what
# it is told, and restarts the service only then.
#
# Each cloud puts its own part in front, which sets
#   service           such as analytics
#   jar_sha256        the release
#   environment       lines NAME=value for the service, see Configuration in the repository's README
#   own_database      yes: PostgreSQL on this VM, on a disk of its own; no: secret_environment prints a DATABASE_URL
#   denied_addresses  addresses that the service must not reach, such as a metadata service
# and defines
#   data_disk           prints the device of the database's disk, fails while there is none
#   fetch_jar FILE      fetches the jar
#   secret_environment  prints lines NAME=value for the service whose values are secrets
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

# Disks, networks and permissions of clouds come up at their own pace.
eventually() {
  local what=$1 until=$((SECONDS + ${patience:-900}))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || { say "gave up: $what"; return 1; }
    [ "$(cat "$latest")" = $$ ] || { say "left to a newer run: $what"; return 1; }
    say "waiting: $what"
    sleep 10
  done
}

# Writes standard input to a file unless it is there already. That the unit has to start again is noted in a file, too: a run that
# ends early leaves it to the next one.
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

# PostgreSQL's folder is the disk itself, so that it survives the VM. Nothing but a disk without any content is ever formatted.
mount_data_disk() {
  local status=0
  eventually "the data disk is attached" find_disk
  blkid --probe "$disk" >/dev/null || status=$?
  case $status in
    0) ;;
    2) say "formatting $disk, which is empty" && mkfs.ext4 -q -L boutique-data "$disk" ;;
    *) say "cannot tell what is on $disk" && return 1 ;;
  esac
  # By its label, since device names change. A boot without the disk goes on, so that someone can look.
  if ! grep --quiet "^LABEL=boutique-data " /etc/fstab; then
    echo "LABEL=boutique-data $data ext4 defaults,nofail,nosuid,nodev,noexec,x-systemd.device-timeout=60s 0 2" >>/etc/fstab
    systemctl daemon-reload
  fi
  systemctl start "$data"
  resize2fs "$disk" # it may have grown

  # The package makes no cluster where it finds a configuration, and none where it finds data without one. So both are on the disk.
  # The user comes first, since the disk may come from a VM whose postgres had another id.
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
  dpkg-query --show --showformat '${Status}\n' "${packages[@]}" 2>/dev/null |
    grep --count '^install ok installed$' | grep --quiet "^${#packages[@]}\$" && return
  # What an interrupted run left half done.
  dpkg --configure -a &&
    apt-get -o DPkg::Lock::Timeout=600 -qq update &&
    apt-get -o DPkg::Lock::Timeout=600 -qq install --yes --no-install-recommends "${packages[@]}"
}

# The database of the distribution's version, which the package makes on the disk unless it is there already.
prepare_database() {
  local version cluster
  version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -rn | head -1)
  for cluster in "$data"/*/main; do
    [ "$cluster" = "$data/$version/main" ] || [ ! -d "$cluster" ] ||
      { say "$cluster is not of version $version: move its data with pg_upgrade, then start again"; return 1; }
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

  # The password never leaves the VM. It is set each time, since the disk may come from another VM.
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
  # Roles of a new identity take minutes until they hold.
  eventually "the jar can be fetched and has its checksum" fetch_release
  # Extracted it starts faster, and Java can keep its classes in an archive.
  rm -rf "$release.new"
  java -Djarmode=tools -jar "$home/download.jar" extract --application-filename app.jar --destination "$release.new"
  mv "$release.new" "$release"
  rm "$home/download.jar"
}

read_secrets() { from_secrets=$(secret_environment); }

configure_service() {
  eventually "the secrets can be read" read_secrets
  # The last value of a name counts.
  update "$settings/app.env" 600 app.service <<ENV
PORT=8080
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
# Sized for 1 GB beside PostgreSQL. The archive of classes halves the CPU time of a start, which a burstable VM is short of.
ExecStart=/usr/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx192m -XX:+ExitOnOutOfMemoryError \\
  -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/var/cache/app/$jar_sha256.jsa -jar app.jar
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

serves() { curl --fail --silent --output /dev/null --max-time 5 http://127.0.0.1:8080/readyz; }

start_service() {
  systemctl enable --quiet app.service
  start app.service
  patience=300 eventually "$service is ready" serves
  find "$home" /var/cache/app/ -mindepth 1 -maxdepth 1 ! -name "$jar_sha256*" -exec rm -rf {} +
}

main() {
  # A change of the script runs it again while this run may still wait for something, even for what the change is about.
  echo $$ >"$latest"
  exec 9>/run/startup-script.lock
  flock 9
  say "starting $service $jar_sha256"
  mkdir -p "$settings" && chmod 700 "$settings"
  [ "$own_database" = no ] || mount_data_disk
  eventually "packages can be installed" install_packages
  [ "$own_database" = no ] || prepare_database
  install_release
  configure_service
  start_service
  say "$service is up, $(awk '{ print int($1) }' /proc/uptime) s after the boot"
}

main > >(tee -a "$log") 2>&1
