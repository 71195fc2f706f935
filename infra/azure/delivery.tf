# Everything that the VM fetches when it starts: the jar and, if set, the hashes of API keys and the URL of the database (database.tf).

locals {
  jar_path   = "${var.artifacts_dir}/${one(fileset(var.artifacts_dir, "**/boutique-analytics-*-exec.jar"))}"
  jar_sha256 = filesha256(local.jar_path)
  jar_name   = "analytics-${local.jar_sha256}.jar"

  # Neither the names of callers nor their number are secret.
  has_api_keys = nonsensitive(length(var.api_keys) > 0)
  has_vault    = local.has_api_keys || var.database != null
}

resource "azurerm_storage_account" "artifacts" {
  # checkov:skip=CKV_AZURE_33: there are no queues
  # checkov:skip=CKV_AZURE_59: operators upload from any network; reading requires a role
  # checkov:skip=CKV_AZURE_206: the build can recreate the jar
  # checkov:skip=CKV2_AZURE_1: Azure's keys encrypt the account, and the jar is not secret
  # checkov:skip=CKV2_AZURE_21: the jar is not secret, so reads need no log
  # checkov:skip=CKV2_AZURE_33: a private endpoint costs as much as the VM
  name                            = "boutiquejars${local.unique}"
  resource_group_name             = azurerm_resource_group.analytics.name
  location                        = azurerm_resource_group.analytics.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  allow_nested_items_to_be_public = false
  local_user_enabled              = false
  tags                            = local.tags

  blob_properties {
    delete_retention_policy {
      days = 7
    }
  }
}

resource "azurerm_storage_container" "artifacts" {
  # checkov:skip=CKV2_AZURE_21: the jar is not secret, so reads need no log
  name                  = "artifacts"
  storage_account_id    = azurerm_storage_account.artifacts.id
  container_access_type = "private"
}

# The role Owner does not include permission to write blobs.
resource "azurerm_role_assignment" "upload" {
  scope                = azurerm_storage_container.artifacts.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "azurerm_storage_blob" "jar" {
  name                 = local.jar_name
  storage_container_id = azurerm_storage_container.artifacts.id
  type                 = "Block"
  source               = local.jar_path
  content_type         = "application/java-archive"
  content_md5          = filemd5(local.jar_path)

  # A role assignment takes a minute or more to take effect. Creating the VM takes as long, and the VM waits for its jar, so
  # uploading after the VM exists needs no other delay.
  # create_before_destroy is not set: it would propagate to all dependencies, and two VMs cannot have the same name.
  depends_on = [azurerm_role_assignment.upload, azurerm_linux_virtual_machine.analytics]
}

resource "azurerm_user_assigned_identity" "analytics" {
  name                = "analytics"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "fetch_jar" {
  scope                = azurerm_storage_container.artifacts.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.analytics.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_key_vault" "analytics" {
  # checkov:skip=CKV_AZURE_109: operators write from any network; reading requires a role
  # checkov:skip=CKV_AZURE_189: as above
  # checkov:skip=CKV2_AZURE_32: a private endpoint costs as much as the VM
  count = local.has_vault ? 1 : 0

  name                       = "boutique-${local.unique}"
  resource_group_name        = azurerm_resource_group.analytics.name
  location                   = azurerm_resource_group.analytics.location
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 7
  tags                       = local.tags
}

resource "azurerm_role_assignment" "write_secrets" {
  count = local.has_vault ? 1 : 0

  scope                = azurerm_key_vault.analytics[0].id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "azurerm_key_vault_secret" "api_keys" {
  # checkov:skip=CKV_AZURE_41: hashes do not expire; an expired secret would make the service's next start fail
  count = local.has_api_keys ? 1 : 0

  name         = "api-keys"
  key_vault_id = azurerm_key_vault.analytics[0].id
  content_type = "text/plain"
  value_wo     = join(",", [for caller, hash in var.api_keys : "${caller}=${hash}"])
  # Terraform cannot compare write-only values. It compares this version instead, which is derived from the content: 28 bits of
  # a hash of the hashes.
  value_wo_version = nonsensitive(1 + parseint(substr(sha256(jsonencode(var.api_keys)), 0, 7), 16))
  tags             = local.tags

  # As for the jar, the role is in effect by the time the VM exists.
  depends_on = [azurerm_role_assignment.write_secrets, azurerm_linux_virtual_machine.analytics]
}

# The role is assigned on the vault because the secrets do not exist yet. The vault contains no secrets of others.
resource "azurerm_role_assignment" "read_secrets" {
  count = local.has_vault ? 1 : 0

  scope                = azurerm_key_vault.analytics[0].id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.analytics.principal_id
  principal_type       = "ServicePrincipal"
}

moved {
  from = azurerm_role_assignment.write_api_keys
  to   = azurerm_role_assignment.write_secrets
}

moved {
  from = azurerm_role_assignment.read_api_keys
  to   = azurerm_role_assignment.read_secrets
}
