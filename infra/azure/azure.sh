# What start.sh has to know of Azure. Parameters: identity (client id), jar_url, api_keys_url, data_disk_lun.
# shellcheck shell=bash disable=SC2034,SC2154

# The application has no business with Azure's metadata service: whoever makes it fetch a URL must not get the VM's identity.
denied_addresses="169.254.169.254 168.63.129.16"

# Prints the data disk's device once it is attached. Newer images have the first link, older ones the second.
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

# Prints a header with a token of the VM's identity for the given service.
authorization() {
  curl --fail --silent --show-error --noproxy '*' --get --header Metadata:true \
    --data-urlencode api-version=2018-02-01 --data-urlencode "client_id=$identity" --data-urlencode "resource=$1" \
    http://169.254.169.254/metadata/identity/oauth2/token |
    sed -nE 's/.*"access_token" *: *"([^"]+)".*/Authorization: Bearer \1/p'
}

# The headers come from a file, since arguments are visible to every process.
fetch_jar() {
  curl --fail --silent --show-error --header @<(authorization https://storage.azure.com/) \
    --header 'x-ms-version: 2023-11-03' --output "$1" "$jar_url"
}

# The callers' API keys are one secret, which has the form that the service reads.
secret_environment() {
  local keys
  [ -n "$api_keys_url" ] || return 0
  keys=$(curl --fail --silent --show-error --header @<(authorization https://vault.azure.net) "$api_keys_url?api-version=7.4" |
    sed -nE 's/.*"value" *: *"([^"]+)".*/\1/p' | grep .) || return
  echo "BOUTIQUE_SECURITY_APIKEYS=$keys"
}
