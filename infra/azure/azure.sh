# The part of the start-up script that is specific to Azure. It defines the variables and functions that start.sh expects.
# Parameters:
#   identity       the client id of the VM's identity
#   jar_url
#   secrets        settings with secret values, one NAME=https://<vault>/secrets/<name> per line
#   data_disk_lun
# shellcheck shell=bash disable=SC2034,SC2154

# The service never needs Azure's metadata service. Blocking it protects the VM's identity from attackers who make the service
# fetch a URL (SSRF).
denied_addresses="169.254.169.254 168.63.129.16"

# Prints the device of the attached data disk; fails if no disk is attached. Newer images have the first link, older images the second.
data_disk() {
  local link
  for link in "/dev/disk/azure/data/by-lun/$data_disk_lun" "/dev/disk/azure/scsi1/lun$data_disk_lun"; do
    if [ -b "$link" ]; then
      readlink -f "$link"
      return
    fi
  done
  return 1
}

# Prints an Authorization header with a token of the VM's identity for the given resource.
authorization() {
  curl --fail --silent --show-error --noproxy '*' --get --header Metadata:true \
    --data-urlencode api-version=2018-02-01 --data-urlencode "client_id=$identity" --data-urlencode "resource=$1" \
    http://169.254.169.254/metadata/identity/oauth2/token |
    sed -nE 's/.*"access_token" *: *"([^"]+)".*/Authorization: Bearer \1/p'
}

# Passes the header in a file, because every process can see command-line arguments.
fetch_jar() {
  curl --fail --silent --show-error --header @<(authorization https://storage.azure.com/) \
    --header 'x-ms-version: 2023-11-03' --output "$1" "$jar_url"
}

# Prints the settings with secret values. The secret api-keys has the hashes of all callers' API keys, in the format of the setting.
secret_environment() {
  local line value
  for line in $secrets; do
    value=$(curl --fail --silent --show-error --header @<(authorization https://vault.azure.net) "${line#*=}?api-version=7.4" |
      sed -nE 's/.*"value" *: *"([^"]+)".*/\1/p' | grep .) || return
    echo "${line%%=*}=$value"
  done
}

# The alerts in monitoring.tf use these metrics. Azure computes an average as sum / count.
published_with_variables=(identity)
published_with_functions=(authorization instance publish_metric)

instance() {
  curl --fail --silent --show-error --noproxy '*' --header Metadata:true \
    "http://169.254.169.254/metadata/instance/compute/$1?api-version=2021-02-01&format=text"
}

#   publish_metric NAME LOWEST HIGHEST SUM COUNT
publish_metric() {
  curl --fail --silent --show-error --header @<(authorization https://monitoring.azure.com/) --header 'Content-Type: application/json' \
    --data "{\"time\":\"$(date --utc +%FT%TZ)\",\"data\":{\"baseData\":{\"metric\":\"$1\",\"namespace\":\"Multicloud Boutique\",
      \"series\":[{\"min\":$2,\"max\":$3,\"sum\":$4,\"count\":$5}]}}}" \
    "https://$(instance location).monitoring.azure.com$(instance resourceId)/metrics"
}

publish() {
  local mean
  mean=$(awk "BEGIN { print $3 / $1 }")
  publish_metric 'Failed requests' 0 1 "$2" "$1"
  publish_metric 'Request duration' "$mean" "$mean" "$3" "$1"
}
