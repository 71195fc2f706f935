terraform {
  # 1.11 for write-only arguments: the hashes of the API keys stay out of state.
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription_id

  # The account with the jar takes no account keys, so Terraform uploads as whoever runs it.
  storage_use_azuread = true

  # Version 5 registers nothing by itself, and a new subscription knows none of these. A name that is not spelled as Azure
  # spells it is passed over without a word, and this one has no capitals: flow logs and the alert need it.
  resource_providers_to_register = [
    "microsoft.insights",
    "Microsoft.Compute",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.Storage",
  ]

  features {}
}

data "azurerm_client_config" "current" {}

locals {
  tags = merge(var.tags, {
    application = "multicloud-boutique"
    service     = "analytics"
    managed-by  = "terraform"
  })

  # Names of storage accounts and vaults are unique in all of Azure. This one is the same at each run, and needs no random resource.
  unique = substr(sha256("${var.subscription_id}/${var.resource_group_name}/${var.location}"), 0, 12)
}

resource "azurerm_resource_group" "analytics" {
  name     = var.resource_group_name
  location = var.location
  tags     = local.tags
}

# Azure's own guard, a management lock, would stop Terraform only after it has destroyed what comes before it. This fails first,
# since it depends on all that nothing else depends on, and before the disk is replaced.
resource "terraform_data" "deletion_protection" {
  input = var.deletion_protection ? "echo Set deletion_protection to false and apply, then destroy. && exit 1" : "exit 0"

  triggers_replace = azurerm_managed_disk.data.id

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
    azurerm_network_watcher_flow_log.analytics,
    azurerm_monitor_metric_alert.available,
    azurerm_bastion_host.analytics,
  ]
}
