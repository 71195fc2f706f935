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

# The VM publishes the metrics of its requests in a namespace of its own (report_requests in ../vm/start.sh). Azure measures the others
# without an agent. Only a VM of the B series has credits: without them, it falls back to a fraction of its CPU.
locals {
  alerts = merge({
    errors = {
      namespace   = "Multicloud Boutique"
      metric      = "Failed requests"
      below       = false
      threshold   = 0.05
      severity    = 1
      minutes     = 5
      description = "More than 5 % of the requests fail. Read the service's log for the failed requests' code. unavailable (503): PostgreSQL does not answer, or the VM is overloaded, so look at the other alerts and, if PostgreSQL runs on the VM, at df /var/lib/postgresql. internal (500): a defect, so roll back the last release."
    }
    latency = {
      namespace   = "Multicloud Boutique"
      metric      = "Request duration"
      below       = false
      threshold   = 0.5
      severity    = 2
      minutes     = 15
      description = "The requests take longer than half a second on average. Compare with the alerts of CPU, credits and disk. The access lines of the log show the slowest operations."
    }
    available = {
      namespace   = "Microsoft.Compute/virtualMachines"
      metric      = "VmAvailabilityMetric"
      below       = true
      threshold   = 1
      severity    = 1
      minutes     = 5
      description = "The VM is unavailable. Read the boot log (az vm boot-diagnostics get-boot-log), then restart the VM, or replace it with terraform apply -replace: its data is on a disk of its own."
    }
    cpu = {
      namespace   = "Microsoft.Compute/virtualMachines"
      metric      = "Percentage CPU"
      below       = false
      threshold   = 90
      severity    = 2
      minutes     = 15
      description = "The VM uses more than 90 % of its CPU. Look at top with az vm run-command, and set a larger vm_size. Limit one noisy caller with BOUTIQUE_RATELIMIT_REQUESTSPERSECOND."
    }
    memory = {
      namespace   = "Microsoft.Compute/virtualMachines"
      metric      = "Available Memory Percentage"
      below       = true
      threshold   = 5
      severity    = 2
      minutes     = 15
      description = "Less than 5 % of the VM's memory is available. Look for restarts in the service's log (the service may use 512 MB), and set a larger vm_size."
    }
    }, var.database != null ? {} : {
    disk = {
      namespace   = "Microsoft.Compute/virtualMachines"
      metric      = "Data Disk IOPS Consumed Percentage"
      below       = false
      threshold   = 95
      severity    = 2
      minutes     = 15
      description = "The database's disk has reached its limit of operations, so writes wait. A larger data_disk_gb has a higher limit only from the next size class on; otherwise change its storage_account_type in analytics.tf."
    }
    }, startswith(var.vm_size, "Standard_B") ? {
    credits = {
      namespace   = "Microsoft.Compute/virtualMachines"
      metric      = "CPU Credits Remaining"
      below       = true
      threshold   = 10
      severity    = 2
      minutes     = 15
      description = "The VM has almost no CPU credits left, and will be slow without them. Set a larger vm_size if the load stays."
    }
  } : {})
}

# Azure measures the managed database, too. The lag in seconds would grow while nothing is written, so the alert watches bytes.
locals {
  database_alerts = var.database == null ? {} : merge({
    alive = {
      metric      = "is_db_alive"
      aggregation = "Maximum"
      below       = true
      threshold   = 1
      severity    = 1
      minutes     = 5
      description = "The database does not answer. Look at the server's resource health in the portal. Without high_availability, Azure starts it again after minutes. If it does not come back, promote the replica or restore a backup."
    }
    cpu = {
      metric      = "cpu_percent"
      aggregation = "Average"
      below       = false
      threshold   = 90
      severity    = 2
      minutes     = 15
      description = "The database uses more than 90 % of its CPU. Set a larger database.sku: the change restarts the server. In a cluster, look for the node that is busy, and add nodes or move a schema."
    }
    storage = {
      metric      = "storage_percent"
      aggregation = "Maximum"
      below       = false
      threshold   = 80
      severity    = 1
      minutes     = 15
      description = "The database's storage is more than 80 % full. At 95 %, Azure makes the server read-only. Set a larger database.storage_gb, or set retention periods for metrics."
    }
    }, local.has_replica ? {
    lag = {
      metric      = "physical_replication_delay_in_bytes"
      aggregation = "Average"
      below       = false
      threshold   = 1073741824
      severity    = 2
      minutes     = 15
      description = "The replica lags behind by more than 1 GiB. The primary keeps its log until the replica has read it, so its storage fills. If the lag stays, replace the replica: terraform apply -replace='azurerm_postgresql_flexible_server.replica[0]'."
    }
  } : {})
}

resource "azurerm_monitor_metric_alert" "database" {
  for_each = var.alert_email == null ? {} : local.database_alerts

  name                = "analytics-database-${each.key}"
  description         = each.value.description
  resource_group_name = azurerm_resource_group.analytics.name
  scopes              = [azurerm_postgresql_flexible_server.this[0].id]
  severity            = each.value.severity
  frequency           = "PT1M"
  window_size         = "PT${each.value.minutes}M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.DBforPostgreSQL/flexibleServers"
    metric_name      = each.value.metric
    aggregation      = each.value.aggregation
    operator         = each.value.below ? "LessThan" : "GreaterThan"
    threshold        = each.value.threshold
  }

  action {
    action_group_id = azurerm_monitor_action_group.operator[0].id
  }
}

resource "azurerm_role_assignment" "publish_metrics" {
  scope                = azurerm_linux_virtual_machine.analytics.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.analytics.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_monitor_metric_alert" "vm" {
  for_each = var.alert_email == null ? {} : local.alerts

  name                = "analytics-${each.key}"
  description         = each.value.description
  resource_group_name = azurerm_resource_group.analytics.name
  scopes              = [azurerm_linux_virtual_machine.analytics.id]
  severity            = each.value.severity
  frequency           = "PT1M"
  window_size         = "PT${each.value.minutes}M"
  tags                = local.tags

  criteria {
    metric_namespace = each.value.namespace
    metric_name      = each.value.metric
    aggregation      = "Average"
    operator         = each.value.below ? "LessThan" : "GreaterThan"
    threshold        = each.value.threshold
    # Azure does not know a metric before its first value.
    skip_metric_validation = each.value.namespace == "Multicloud Boutique"
  }

  action {
    action_group_id = azurerm_monitor_action_group.operator[0].id
  }
}

moved {
  from = azurerm_monitor_metric_alert.available[0]
  to   = azurerm_monitor_metric_alert.vm["available"]
}
