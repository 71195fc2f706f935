terraform {
  # 1.11 supports write-only arguments, which keep the hashes of the API keys and the database's password out of the state.
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.7, < 4.0"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription_id

  # The jar's storage account does not accept account keys, so Terraform uploads with the operator's identity.
  storage_use_azuread = true

  # Version 5 of the provider registers no resource providers by default, and a new subscription has none of these registered.
  # The names are case-sensitive: the provider silently skips a name that differs from Azure's spelling. Azure writes
  # microsoft.insights, which the flow logs and the alerts need, in lower case.
  resource_providers_to_register = concat([
    "microsoft.insights",
    "Microsoft.Compute",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.Storage",
  ], var.database == null ? [] : ["Microsoft.DBforPostgreSQL"])

  features {}
}

data "azurerm_client_config" "current" {}

locals {
  tags = merge(var.tags, {
    application = "multicloud-boutique"
    service     = "analytics"
    managed-by  = "terraform"
  })

  # Names of storage accounts and vaults must be unique across Azure. This suffix is derived from the settings, so it is stable and
  # needs no random resource.
  unique = substr(sha256("${var.subscription_id}/${var.resource_group_name}/${var.location}"), 0, 12)
}

resource "azurerm_resource_group" "analytics" {
  name     = var.resource_group_name
  location = var.location
  tags     = local.tags
}

# Makes terraform destroy fail before it removes anything. An Azure management lock would stop Terraform only after it had destroyed
# other resources. Terraform destroys this resource first, because it depends on every resource that no other resource depends on.
# Replacing the data, on the VM's disk or on the database server, replaces this resource too, so that fails as well.
resource "terraform_data" "deletion_protection" {
  input = var.deletion_protection ? "echo Set deletion_protection to false and apply, then destroy. && exit 1" : "exit 0"

  triggers_replace = var.database == null ? azurerm_managed_disk.data[0].id : azurerm_postgresql_flexible_server.this[0].id

  provisioner "local-exec" {
    when    = destroy
    command = self.input
  }

  depends_on = [
    azurerm_virtual_machine_data_disk_attachment.data,
    azurerm_linux_virtual_machine.analytics,
    azurerm_public_ip.analytics,
    azurerm_network_security_rule.analytics,
    azurerm_subnet_network_security_group_association.analytics,
    azurerm_storage_blob.jar,
    azurerm_key_vault_secret.api_keys,
    azurerm_key_vault_secret.database_url,
    azurerm_private_endpoint.database,
    azurerm_private_dns_zone_virtual_network_link.database,
    azurerm_network_watcher_flow_log.analytics,
    azurerm_monitor_metric_alert.vm,
    azurerm_monitor_metric_alert.database,
    azurerm_role_assignment.publish_metrics,
    azurerm_bastion_host.analytics,
  ]
}
