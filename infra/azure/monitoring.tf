resource "azurerm_storage_account" "flow_logs" {
  # checkov:skip=CKV_AZURE_33: there are no queues
  # checkov:skip=CKV_AZURE_59: the firewall below admits only Azure's own services, which need the public endpoint
  # checkov:skip=CKV_AZURE_206: the logs cover one region and need no copy in another
  # checkov:skip=CKV2_AZURE_1: Azure's keys encrypt the account
  # checkov:skip=CKV2_AZURE_33: the firewall admits only Azure's own services
  # checkov:skip=CKV2_AZURE_40: the network watcher writes with the account's key, which the firewall makes useless from outside
  # checkov:skip=CKV2_AZURE_41: no signed links are issued
  name                            = "boutiqueflow${local.unique}"
  resource_group_name             = azurerm_resource_group.analytics.name
  location                        = azurerm_resource_group.analytics.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = true
  allow_nested_items_to_be_public = false
  local_user_enabled              = false
  tags                            = local.tags

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
  }

  blob_properties {
    delete_retention_policy {
      days = 7
    }
  }
}

resource "azurerm_network_watcher_flow_log" "analytics" {
  # By default, Azure creates a region's network watcher together with the region's first network.
  name                 = "analytics-flow-log"
  network_watcher_name = try(var.network_watcher.name, "NetworkWatcher_${var.location}")
  resource_group_name  = try(var.network_watcher.resource_group_name, "NetworkWatcherRG")
  location             = azurerm_resource_group.analytics.location
  target_resource_id   = azurerm_virtual_network.analytics.id
  storage_account_id   = azurerm_storage_account.flow_logs.id
  enabled              = true
  version              = 2
  tags                 = local.tags

  retention_policy {
    enabled = true
    days    = var.flow_log_days
  }
}

resource "azurerm_monitor_action_group" "operator" {
  count = var.alert_email == null ? 0 : 1

  name                = "analytics-operator"
  resource_group_name = azurerm_resource_group.analytics.name
  short_name          = "analytics"
  tags                = local.tags

  email_receiver {
    name                    = "operator"
    email_address           = var.alert_email
    use_common_alert_schema = true
  }
}

resource "azurerm_monitor_metric_alert" "available" {
  count = var.alert_email == null ? 0 : 1

  name                = "analytics-available"
  description         = "The analytics VM is unavailable."
  resource_group_name = azurerm_resource_group.analytics.name
  scopes              = [azurerm_linux_virtual_machine.analytics.id]
  severity            = 1
  frequency           = "PT1M"
  window_size         = "PT5M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.Compute/virtualMachines"
    metric_name      = "VmAvailabilityMetric"
    aggregation      = "Average"
    operator         = "LessThan"
    threshold        = 1
  }

  action {
    action_group_id = azurerm_monitor_action_group.operator[0].id
  }
}
