# The part of the start-up script that is specific to Google Cloud. It defines the variables and functions that start.sh expects.
# Parameters:
#   jar_url
#   secrets         settings with secret values, one NAME=projects/…/secrets/…/versions/… per line
#   caller_secrets  callers' API keys, one caller=projects/…/secrets/…/versions/… per line
# shellcheck shell=bash disable=SC2034,SC2154
set -euo pipefail

# Google Cloud's metadata service cannot be blocked, because it is also the DNS server.
denied_addresses=
metadata=http://metadata.google.internal/computeMetadata/v1/instance

# Prints the device of the attached data disk; fails if no disk is attached.
data_disk() { readlink --canonicalize-existing /dev/disk/by-id/google-data; }

# Prints an Authorization header with a token of the VM's identity.
authorization() {
  curl --fail --silent --show-error --noproxy '*' --header 'Metadata-Flavor: Google' "$metadata/service-accounts/default/token" |
    sed -nE 's/.*"access_token" *: *"([^"]+)".*/Authorization: Bearer \1/p'
}

# Passes the header in a file, because every process can see command-line arguments.
fetch_jar() { curl --fail --silent --show-error --header @<(authorization) --output "$1" "$jar_url"; }

secret() {
  curl --fail --silent --show-error --header @<(authorization) "https://secretmanager.googleapis.com/v1/$1:access" |
    sed -nE 's/.*"data" *: *"([^"]+)".*/\1/p' | base64 --decode | grep .
}

# A service gets only the hashes of its callers' keys. Adds the hashes of the keys in caller_secrets to the hashes in the settings.
secret_environment() {
  local line value keys
  keys=$(sed -n 's/^BOUTIQUE_SECURITY_APIKEYS=//p' <<<"$environment")
  for line in $secrets; do
    value=$(secret "${line#*=}") || return
    echo "${line%%=*}=$value"
  done
  for line in $caller_secrets; do
    value=$(secret "${line#*=}") || return
    keys+=,${line%%=*}=$(printf %s "$value" | sha256sum | cut --delimiter ' ' --fields 1)
  done
  [ -z "$keys" ] || echo "BOUTIQUE_SECURITY_APIKEYS=${keys#,}"
}

# The alerts in alerts.yaml use these metrics.
published_with_variables=(metadata service)
published_with_functions=(authorization instance point)

instance() { curl --fail --silent --show-error --noproxy '*' --header 'Metadata-Flavor: Google' "$metadata/$1"; }

#   point METRIC VALUE
point() {
  printf '{"metric": {"type": "custom.googleapis.com/boutique/%s", "labels": {"service": "%s"}},
    "resource": {"type": "gce_instance", "labels": {"instance_id": "%s", "zone": "%s"}}, "metricKind": "GAUGE", "valueType": "DOUBLE",
    "points": [{"interval": {"endTime": "%s"}, "value": {"doubleValue": %s}}]}' \
    "$1" "$service" "$(instance id)" "$(basename "$(instance zone)")" "$(date --utc +%FT%TZ)" "$2"
}

publish() {
  local project
  project=$(curl --fail --silent --show-error --noproxy '*' --header 'Metadata-Flavor: Google' "${metadata%/instance}/project/project-id")
  curl --fail --silent --show-error --header @<(authorization) --header 'Content-Type: application/json' --output /dev/null \
    --data "{\"timeSeries\": [$(point failed_requests "$(awk "BEGIN { print $2 / $1 }")"), $(point request_duration "$(awk "BEGIN { print $3 / $1 }")")]}" \
    "https://monitoring.googleapis.com/v3/projects/$project/timeSeries"
}

# A new jar or setting changes the start-up script in the VM's metadata. This unit watches the metadata and runs the script again
# immediately, without a restart of the VM.
curl --fail --silent --show-error --noproxy '*' --header 'Metadata-Flavor: Google' --dump-header - --output /dev/null \
  "$metadata/attributes/startup-script" | tr -d '\r' | sed -n 's/^etag: //Ip' >/run/startup-script.etag
cat >/etc/systemd/system/startup-script-update.service <<UNIT
[Unit]
Description=Run the start-up script again when it changes

[Service]
ExecStart=/bin/sh -c 'curl -sf -o /dev/null -H "Metadata-Flavor: Google" "$metadata/attributes/startup-script?wait_for_change=true&last_etag=\$\$(cat /run/startup-script.etag)" && systemd-run --quiet --collect google_metadata_script_runner startup'
Restart=always
RestartSec=10
UNIT
systemctl daemon-reload
systemctl start startup-script-update.service
