# Tests of the plan. The mocks supply ids in the formats that the provider requires.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  subscription_id      = "00000000-0000-0000-0000-000000000001"
  admin_ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test"
  allowed_ranges       = ["198.51.100.0/24"]
  security             = { mode = "none" }
  artifacts_dir        = "./tests/artifacts"
}

run "vm_defaults" {
  command = plan

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.size == "Standard_B1s" && azurerm_resource_group.analytics.location == "westeurope"
    error_message = "The default must be Standard_B1s in West Europe."
  }

  assert {
    condition = azurerm_linux_virtual_machine.analytics.source_image_reference[0] == {
      publisher = "Canonical", offer = "ubuntu-24_04-lts", sku = "server", version = "latest"
    }
    error_message = "The default image must be Ubuntu 24.04, generation 2."
  }

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.disable_password_authentication && azurerm_linux_virtual_machine.analytics.admin_password == null
    error_message = "The VM must have no administrator password, in the state or elsewhere."
  }

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.secure_boot_enabled && azurerm_linux_virtual_machine.analytics.vtpm_enabled
    error_message = "Secure boot and vTPM must be enabled, so that the VM boots only signed code."
  }

  assert {
    condition     = azurerm_public_ip.analytics.sku == "Standard" && azurerm_public_ip.analytics.allocation_method == "Static"
    error_message = "The public address must be static and of the SKU Standard. Azure no longer offers other SKUs."
  }

  assert {
    condition     = azurerm_managed_disk.data[0].disk_size_gb == 16 && azurerm_managed_disk.data[0].network_access_policy == "DenyAll" && !azurerm_managed_disk.data[0].public_network_access_enabled
    error_message = "The data disk must have the default size and deny all network access."
  }

  assert {
    condition     = azurerm_virtual_machine_data_disk_attachment.data[0].lun == 0 && azurerm_virtual_machine_data_disk_attachment.data[0].caching == "None"
    error_message = "The data disk must be LUN 0, as the start-up script expects, without a host cache, which could lose the database's writes."
  }
}

run "network_rules" {
  command = plan

  assert {
    condition     = azurerm_virtual_network.analytics.address_space == toset(["10.4.0.0/24"]) && azurerm_subnet.analytics.address_prefixes == tolist(["10.4.0.0/26"])
    error_message = "The network must not overlap the networks on Google Cloud: 10.1, 10.2 and 10.3."
  }

  assert {
    condition     = !azurerm_subnet.analytics.default_outbound_access_enabled
    error_message = "Outbound traffic must use the VM's own address."
  }

  assert {
    condition = {
      for name, rule in azurerm_network_security_rule.analytics : name => rule if rule.direction == "Inbound" && rule.access == "Allow"
      }["in-service"].source_address_prefix == "198.51.100.0/24" && length([
        for rule in azurerm_network_security_rule.analytics : rule if rule.direction == "Inbound" && rule.access == "Allow"
    ]) == 1
    error_message = "Without Bastion, the only inbound rule must allow allowed_ranges to reach the service."
  }

  assert {
    condition     = azurerm_network_security_rule.analytics["in-service"].destination_port_range == "8080" && azurerm_network_security_rule.analytics["in-service"].protocol == "Tcp"
    error_message = "The rule for the service must allow only TCP port 8080."
  }

  assert {
    condition = alltrue([
      for rule in azurerm_network_security_rule.analytics : contains(["Deny"], rule.access) || !anytrue([
        for port in concat(compact([rule.destination_port_range]), tolist(coalesce(rule.destination_port_ranges, []))) :
        port == "*" || strcontains(port, "-") || contains(["22", "3389", "5432"], port)
      ]) if rule.direction == "Inbound"
    ])
    error_message = "No inbound rule may open a port for administrators or for the database."
  }

  assert {
    condition = alltrue([
      for direction in ["Inbound", "Outbound"] : anytrue([
        for rule in azurerm_network_security_rule.analytics :
        rule.direction == direction && rule.access == "Deny" && rule.priority == 4096 && rule.protocol == "*" && rule.destination_port_range == "*" && rule.source_address_prefix == "*" && rule.destination_address_prefix == "*"
      ])
    ])
    error_message = "In each direction, the last rule must deny everything, so that Azure's default rules never apply."
  }

  assert {
    condition = toset(flatten([
      for rule in azurerm_network_security_rule.analytics : concat(compact([rule.destination_port_range]), tolist(coalesce(rule.destination_port_ranges, [])))
      if rule.direction == "Outbound" && rule.access == "Allow"
    ])) == toset(["80", "443"])
    error_message = "Only outbound HTTP and HTTPS may be allowed."
  }

  assert {
    condition = length(distinct([for rule in azurerm_network_security_rule.analytics : "${rule.direction} ${rule.priority}"])) == length(azurerm_network_security_rule.analytics) && alltrue([
      for rule in azurerm_network_security_rule.analytics : rule.priority >= 100 && rule.priority <= 4096
    ])
    error_message = "Priorities must be unique in each direction and from 100 to 4096."
  }

  assert {
    condition     = length(azurerm_bastion_host.analytics) == 0 && length(azurerm_public_ip.bastion) == 0 && length(azurerm_subnet.bastion) == 0
    error_message = "Bastion costs more than all other resources together, so it must not be created by default."
  }
}

run "several_ranges" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.0/25", "198.51.100.128/25", "203.0.113.7/32"]
  }

  assert {
    condition     = azurerm_network_security_rule.analytics["in-service"].source_address_prefixes == toset(["198.51.100.0/25", "198.51.100.128/25", "203.0.113.7/32"]) && azurerm_network_security_rule.analytics["in-service"].source_address_prefix == null
    error_message = "Several ranges must use the plural argument, which excludes the singular argument."
  }
}

run "ranges_that_allow_everyone" {
  command = plan

  variables {
    allowed_ranges = ["0.0.0.0/0"]
  }

  assert {
    condition     = azurerm_network_security_rule.analytics["in-service"].source_address_prefix == "0.0.0.0/0" && azurerm_network_security_rule.analytics["in-service"].source_address_prefixes == null
    error_message = "0.0.0.0/0 must use the singular argument, because Azure does not accept it in the plural argument."
  }

  # The run bastion repeats this check. Azure's names for any source count as everyone, too.
  assert {
    condition = alltrue([
      for rule in azurerm_network_security_rule.analytics :
      rule.access == "Deny" || rule.direction == "Outbound" || rule.destination_port_range == "8080" || length(setintersection(
        ["*", "Internet", "0.0.0.0/0", "::/0", "Any"],
        toset(concat(compact([rule.source_address_prefix]), tolist(coalesce(rule.source_address_prefixes, []))))
      )) == 0
    ])
    error_message = "Opening the service to everyone must not open another port to everyone."
  }
}

run "bastion_standard" {
  command = plan

  variables {
    bastion_sku    = "Standard"
    allowed_ranges = ["0.0.0.0/0"]
  }

  assert {
    condition     = azurerm_bastion_host.analytics[0].sku == "Standard" && azurerm_bastion_host.analytics[0].tunneling_enabled
    error_message = "A Standard Bastion must have tunneling enabled, for az network bastion ssh."
  }

  assert {
    condition     = azurerm_subnet.bastion[0].name == "AzureBastionSubnet" && azurerm_subnet.bastion[0].address_prefixes == tolist(["10.4.0.64/26"])
    error_message = "Azure requires the name AzureBastionSubnet and a subnet of at least /26, separate from the VM's subnet."
  }

  assert {
    condition     = azurerm_network_security_rule.analytics["in-bastion"].destination_port_range == "22" && azurerm_network_security_rule.analytics["in-bastion"].source_address_prefix == "10.4.0.64/26"
    error_message = "SSH must be allowed from Bastion's subnet only."
  }

  assert {
    condition = alltrue([
      for rule in azurerm_network_security_rule.analytics :
      rule.access == "Deny" || rule.direction == "Outbound" || rule.destination_port_range == "8080" || length(setintersection(
        ["*", "Internet", "0.0.0.0/0", "::/0", "Any"],
        toset(concat(compact([rule.source_address_prefix]), tolist(coalesce(rule.source_address_prefixes, []))))
      )) == 0
    ])
    error_message = "No port for administrators may be open to everyone."
  }
}

run "bastion_basic" {
  command = plan

  variables {
    bastion_sku = "Basic"
  }

  assert {
    condition     = azurerm_bastion_host.analytics[0].sku == "Basic" && !azurerm_bastion_host.analytics[0].tunneling_enabled
    error_message = "A Basic Bastion must not have tunneling enabled, because Azure rejects that."
  }
}

run "jar_delivery" {
  command = plan

  assert {
    condition     = azurerm_storage_blob.jar.name == "analytics-${filesha256("./tests/artifacts/boutique-analytics-0-exec.jar")}.jar" && azurerm_storage_blob.jar.type == "Block" && azurerm_storage_blob.jar.content_md5 == filemd5("./tests/artifacts/boutique-analytics-0-exec.jar")
    error_message = "The blob's name must contain the jar's checksum, so that each jar has its own blob."
  }

  assert {
    condition     = azurerm_storage_container.artifacts.container_access_type == "private" && !azurerm_storage_account.artifacts.allow_nested_items_to_be_public && !azurerm_storage_account.artifacts.shared_access_key_enabled
    error_message = "Reading the jar must require a role."
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.artifacts.name)) && can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.flow_logs.name))
    error_message = "Names of storage accounts must have 3 to 24 lower-case letters and digits."
  }

  assert {
    condition     = azurerm_role_assignment.fetch_jar.role_definition_name == "Storage Blob Data Reader"
    error_message = "The VM must be able to read blobs but not write them."
  }

  assert {
    condition     = azurerm_role_assignment.publish_metrics.role_definition_name == "Monitoring Metrics Publisher"
    error_message = "The VM must be able to publish metrics but not read them."
  }
}

run "no_vault_without_secrets" {
  command = plan

  assert {
    condition     = length(azurerm_key_vault.analytics) == 0 && length(azurerm_key_vault_secret.api_keys) == 0 && length(azurerm_role_assignment.read_secrets) == 0
    error_message = "Without API keys and without a managed database, no vault may be created."
  }
}

run "api_keys" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { checkout = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  assert {
    condition     = azurerm_key_vault.analytics[0].rbac_authorization_enabled && azurerm_key_vault.analytics[0].purge_protection_enabled && can(regex("^[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$", azurerm_key_vault.analytics[0].name))
    error_message = "The vault must use role-based access and purge protection, and must have a name that Azure accepts."
  }

  assert {
    condition     = azurerm_role_assignment.read_secrets[0].role_definition_name == "Key Vault Secrets User" && azurerm_role_assignment.write_secrets[0].role_definition_name == "Key Vault Secrets Officer"
    error_message = "The VM must be able to read secrets but not write them."
  }

  assert {
    condition     = azurerm_key_vault_secret.api_keys[0].value == null && azurerm_key_vault_secret.api_keys[0].value_wo_version == 78057950
    error_message = "The hashes must be write-only, so that they never reach the state."
  }
}

run "changed_api_keys_change_the_version" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { checkout = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  assert {
    condition     = azurerm_key_vault_secret.api_keys[0].value_wo_version == 187111662
    error_message = "Changed hashes must change value_wo_version; otherwise the vault keeps the old hashes."
  }
}

run "flow_logs" {
  command = plan

  assert {
    condition     = azurerm_network_watcher_flow_log.analytics.enabled && azurerm_network_watcher_flow_log.analytics.version == 2 && azurerm_network_watcher_flow_log.analytics.retention_policy[0].days == 90
    error_message = "The network's flows must be logged and retained for 90 days."
  }

  assert {
    condition     = azurerm_network_watcher_flow_log.analytics.network_watcher_name == "NetworkWatcher_westeurope" && azurerm_network_watcher_flow_log.analytics.resource_group_name == "NetworkWatcherRG"
    error_message = "The default network watcher must be the one that Azure creates."
  }

  assert {
    condition     = azurerm_storage_account.flow_logs.network_rules[0].default_action == "Deny" && azurerm_storage_account.flow_logs.network_rules[0].bypass == toset(["AzureServices"])
    error_message = "Only Azure's own services may reach the flow logs."
  }
}

run "custom_network_watcher" {
  command = plan

  variables {
    network_watcher = { name = "watcher", resource_group_name = "watchers" }
    flow_log_days   = 365
  }

  assert {
    condition     = azurerm_network_watcher_flow_log.analytics.network_watcher_name == "watcher" && azurerm_network_watcher_flow_log.analytics.resource_group_name == "watchers" && azurerm_network_watcher_flow_log.analytics.retention_policy[0].days == 365
    error_message = "The flow logs must use the network watcher and the retention that the operator sets."
  }
}

run "no_alerts_by_default" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_metric_alert.vm) == 0 && length(azurerm_monitor_action_group.operator) == 0
    error_message = "Without alert_email, no alert may be created."
  }
}

run "alerts" {
  command = plan

  variables {
    alert_email = "operator@example.com"
  }

  assert {
    condition     = azurerm_monitor_action_group.operator[0].email_receiver[0].email_address == "operator@example.com" && length(azurerm_monitor_action_group.operator[0].short_name) <= 12
    error_message = "The alerts must go to alert_email, and the action group's short name must have at most 12 characters."
  }

  assert {
    condition = { for name, alert in azurerm_monitor_metric_alert.vm : name => "${alert.criteria[0].metric_namespace} ${alert.criteria[0].metric_name} ${alert.criteria[0].operator} ${alert.criteria[0].threshold}, ${alert.window_size}" } == {
      available = "Microsoft.Compute/virtualMachines VmAvailabilityMetric LessThan 1, PT5M"
      cpu       = "Microsoft.Compute/virtualMachines Percentage CPU GreaterThan 90, PT15M"
      credits   = "Microsoft.Compute/virtualMachines CPU Credits Remaining LessThan 10, PT15M"
      errors    = "Multicloud Boutique Failed requests GreaterThan 0.05, PT5M"
      latency   = "Multicloud Boutique Request duration GreaterThan 0.5, PT15M"
      disk      = "Microsoft.Compute/virtualMachines Data Disk IOPS Consumed Percentage GreaterThan 95, PT15M"
      memory    = "Microsoft.Compute/virtualMachines Available Memory Percentage LessThan 5, PT15M"
    }
    error_message = "The alerts must watch failed and slow requests, and the VM's availability and saturation."
  }

  assert {
    condition     = alltrue([for name, alert in azurerm_monitor_metric_alert.vm : alert.criteria[0].skip_metric_validation == contains(["errors", "latency"], name)])
    error_message = "Azure must accept the alerts of the VM's own metrics before the VM has published them."
  }
}

run "only_the_b_series_has_credits" {
  command = plan

  variables {
    alert_email = "operator@example.com"
    vm_size     = "Standard_D2s_v5"
  }

  assert {
    condition     = keys(azurerm_monitor_metric_alert.vm) == ["available", "cpu", "disk", "errors", "latency", "memory"]
    error_message = "A VM outside the B series has no CPU credits to watch."
  }
}

run "custom_settings" {
  command = plan

  variables {
    resource_group_name = "shop"
    location            = "northeurope"
    zone                = "2"
    vm_size             = "Standard_B2ats_v2"
    data_disk_gb        = 64
    image               = { publisher = "Debian", offer = "debian-13", sku = "13-gen2" }
  }

  assert {
    condition     = azurerm_resource_group.analytics.name == "shop" && azurerm_resource_group.analytics.location == "northeurope"
    error_message = "The resource group must use resource_group_name and location."
  }

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.zone == "2" && azurerm_managed_disk.data[0].zone == "2"
    error_message = "The VM and its disk must be in the same zone."
  }

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.size == "Standard_B2ats_v2" && azurerm_managed_disk.data[0].disk_size_gb == 64
    error_message = "The VM and its disk must use vm_size and data_disk_gb."
  }

  assert {
    condition = azurerm_linux_virtual_machine.analytics.source_image_reference[0] == {
      publisher = "Debian", offer = "debian-13", sku = "13-gen2", version = "latest"
    }
    error_message = "The VM must use the image that the operator sets."
  }

  assert {
    condition     = azurerm_network_watcher_flow_log.analytics.network_watcher_name == "NetworkWatcher_northeurope"
    error_message = "The default network watcher must be the watcher of the configured region."
  }
}

run "deletion_protection_by_default" {
  command = plan

  assert {
    condition     = strcontains(terraform_data.deletion_protection.input, "exit 1")
    error_message = "By default, terraform destroy must fail."
  }
}
