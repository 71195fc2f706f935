# What the VM fetches when it starts: the jar, and the hashes of API keys where there are some.

locals {
  jar_path   = "${var.artifacts_dir}/${one(fileset(var.artifacts_dir, "**/boutique-analytics-*-exec.jar"))}"
  jar_sha256 = filesha256(local.jar_path)
  jar_name   = "analytics-${local.jar_sha256}.jar"

  # The names of callers are no secret and neither is how many there are.
  has_api_keys = nonsensitive(length(var.api_keys) > 0)
}

resource "azurerm_storage_account" "artifacts" {
  # checkov:skip=CKV_AZURE_33: there are no queues
  # checkov:skip=CKV_AZURE_59: whoever runs Terraform uploads from anywhere; nobody reads without a role
  # checkov:skip=CKV_AZURE_206: the build makes the jar again
  # checkov:skip=CKV2_AZURE_1: Azure's keys encrypt it; the jar is no secret
  # checkov:skip=CKV2_AZURE_21: reading a public build's jar need not be logged
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
  # checkov:skip=CKV2_AZURE_21: reading a public build's jar need not be logged
  name                  = "artifacts"
  storage_account_id    = azurerm_storage_account.artifacts.id
  container_access_type = "private"
}

# Owner of a subscription is not yet allowed to write blobs.
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

  # A role takes a minute or more until it holds, and so does making a VM, which waits for its jar. So no other wait is needed.
  # No create_before_destroy: it would hold for all that this depends on, and there are no two VMs of one name.
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
  # checkov:skip=CKV_AZURE_109: whoever runs Terraform writes from anywhere; nobody reads without a role
  # checkov:skip=CKV_AZURE_189: as above
  # checkov:skip=CKV2_AZURE_32: a private endpoint costs as much as the VM
  count = local.has_api_keys ? 1 : 0

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

resource "azurerm_role_assignment" "write_api_keys" {
  count = local.has_api_keys ? 1 : 0

  scope                = azurerm_key_vault.analytics[0].id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "azurerm_key_vault_secret" "api_keys" {
  # checkov:skip=CKV_AZURE_41: hashes do not expire; an expired secret would stop the service at its next start
  count = local.has_api_keys ? 1 : 0

  name         = "api-keys"
  key_vault_id = azurerm_key_vault.analytics[0].id
  content_type = "text/plain"
  value_wo     = join(",", [for caller, hash in var.api_keys : "${caller}=${hash}"])
  # What is written only is compared by this number, so it is made of the content: 28 bits of a hash of hashes.
  value_wo_version = nonsensitive(1 + parseint(substr(sha256(jsonencode(var.api_keys)), 0, 7), 16))
  tags             = local.tags

  # As with the jar: the role holds by the time that the VM exists.
  depends_on = [azurerm_role_assignment.write_api_keys, azurerm_linux_virtual_machine.analytics]
}

# On the vault rather than on the secret, which does not exist yet and is all that the vault holds.
resource "azurerm_role_assignment" "read_api_keys" {
  count = local.has_api_keys ? 1 : 0

  scope                = azurerm_key_vault.analytics[0].id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.analytics.principal_id
  principal_type       = "ServicePrincipal"
}
