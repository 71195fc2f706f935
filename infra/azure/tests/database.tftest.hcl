# Plans of the managed database.

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

run "postgresql_on_the_vm_by_default" {
  command = plan

  assert {
    condition     = length(azurerm_managed_disk.data) == 1 && length(azurerm_virtual_machine_data_disk_attachment.data) == 1
    error_message = "Without a managed database, the VM must have a disk for its own PostgreSQL."
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server.this) + length(azurerm_postgresql_flexible_server.replica) + length(azurerm_private_endpoint.database) + length(azurerm_private_dns_zone.database) + length(azurerm_subnet.database) + length(azurerm_key_vault_secret.database_url) == 0
    error_message = "By default, no managed database may be created: it costs more than the VM."
  }
}

run "single_server" {
  command = plan

  variables {
    database = {}
  }

  assert {
    condition = (
      azurerm_postgresql_flexible_server.this[0].sku_name == "B_Standard_B1ms" &&
      azurerm_postgresql_flexible_server.this[0].version == "17" &&
      azurerm_postgresql_flexible_server.this[0].storage_mb == 32768 &&
      length(azurerm_postgresql_flexible_server.this[0].cluster) == 0 &&
      length(azurerm_postgresql_flexible_server.this[0].high_availability) == 0
    )
    error_message = "The default must be the smallest single server."
  }

  assert {
    condition     = !azurerm_postgresql_flexible_server.this[0].public_network_access_enabled && azurerm_private_endpoint.database[""].private_service_connection[0].subresource_names == tolist(["postgresqlServer"]) && azurerm_private_dns_zone.database[0].name == "privatelink.postgres.database.azure.com"
    error_message = "The server must be reachable only through its private endpoint."
  }

  assert {
    condition     = !azurerm_postgresql_flexible_server.this[0].auto_grow_enabled
    error_message = "The storage must not grow by itself, because Terraform would then replace the server."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this[0].administrator_password == null && azurerm_postgresql_flexible_server.this[0].administrator_password_wo_version == 1 && azurerm_key_vault_secret.database_url[0].value == null && azurerm_key_vault_secret.database_url[0].value_wo_version == 1
    error_message = "The password must be write-only, so that it never reaches the state, and password_version must set its version."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server_database.this[0].name == "boutique" && azurerm_postgresql_flexible_server_database.this[0].charset == "UTF8"
    error_message = "The server must have a database in UTF-8."
  }

  assert {
    condition     = length(azurerm_managed_disk.data) == 0 && length(azurerm_virtual_machine_data_disk_attachment.data) == 0
    error_message = "A VM without its own PostgreSQL must not have a disk for it."
  }

  assert {
    condition     = azurerm_role_assignment.read_secrets[0].role_definition_name == "Key Vault Secrets User" && length(azurerm_key_vault_secret.api_keys) == 0
    error_message = "The VM must be able to read the URL of the database."
  }

  assert {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$", azurerm_postgresql_flexible_server.this[0].name))
    error_message = "The server's name must have 3 to 63 lower-case letters, digits and hyphens."
  }
}

run "only_the_vm_reaches_the_database" {
  command = plan

  variables {
    database = {}
  }

  assert {
    condition = [
      for rule in azurerm_network_security_rule.analytics : "${rule.direction} ${rule.source_address_prefix} ${rule.destination_address_prefix}"
      if rule.access == "Allow" && rule.destination_port_range == "5432"
      ] == [
      "Inbound 10.4.0.0/26 10.4.0.128/26",
      "Outbound 10.4.0.0/26 10.4.0.128/26",
    ]
    error_message = "Only the VM's subnet may connect to the database's subnet."
  }

  assert {
    condition     = azurerm_subnet.database[0].address_prefixes == tolist(["10.4.0.128/26"]) && azurerm_subnet.database[0].private_endpoint_network_policies == "NetworkSecurityGroupEnabled"
    error_message = "The security rules must apply to private endpoints, which Azure exempts by default."
  }

  assert {
    condition     = length(distinct([for rule in azurerm_network_security_rule.analytics : "${rule.direction} ${rule.priority}"])) == length(azurerm_network_security_rule.analytics)
    error_message = "Priorities must be unique in each direction."
  }
}

run "elastic_cluster" {
  command = plan

  variables {
    alert_email = "operator@example.com"
    database    = { sku = "GP_Standard_D4ds_v5", storage_gb = 128, nodes = 4, high_availability = true, password_version = 3 }
  }

  assert {
    condition = (
      azurerm_postgresql_flexible_server.this[0].cluster[0].size == 4 &&
      azurerm_postgresql_flexible_server.this[0].cluster[0].default_database_name == "boutique" &&
      azurerm_postgresql_flexible_server.this[0].version == "17" &&
      azurerm_postgresql_flexible_server.this[0].sku_name == "GP_Standard_D4ds_v5" &&
      azurerm_postgresql_flexible_server.this[0].storage_mb == 131072 &&
      azurerm_postgresql_flexible_server.this[0].high_availability[0].mode == "ZoneRedundant"
    )
    error_message = "The cluster must have the configured nodes, and its only database must be the service's."
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server_database.this) == 0
    error_message = "A cluster must not get a second database, because Azure rejects that."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this[0].administrator_password_wo_version == 3 && azurerm_key_vault_secret.database_url[0].value_wo_version == 3
    error_message = "A new password_version must change the password and the secret that contains it."
  }

  assert {
    condition     = keys(azurerm_monitor_metric_alert.database) == ["alive", "cpu", "storage"]
    error_message = "A cluster without a replica has no lag to watch."
  }
}

run "a_new_replica_changes_the_password" {
  command = plan

  variables {
    database = { sku = "MO_Standard_E2ds_v5", replica = true }
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.replica[0].create_mode == "Replica" && azurerm_postgresql_flexible_server.replica[0].sku_name == "MO_Standard_E2ds_v5" && azurerm_postgresql_flexible_server.replica[0].storage_mb == 32768 && !azurerm_postgresql_flexible_server.replica[0].public_network_access_enabled
    error_message = "The replica must be as large as the primary, so that it can take over, and must not have a public address."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this[0].administrator_password_wo_version == 1001 && azurerm_key_vault_secret.database_url[0].value_wo_version == 1001
    error_message = "A new replica must rewrite the URL, which contains its name, together with the password."
  }
}

run "alerts" {
  command = plan

  variables {
    alert_email = "operator@example.com"
    database    = { sku = "GP_Standard_D2ds_v5", replica = true }
  }

  assert {
    condition = { for name, alert in azurerm_monitor_metric_alert.database : name => "${alert.criteria[0].metric_name} ${alert.criteria[0].aggregation} ${alert.criteria[0].operator} ${alert.criteria[0].threshold}, ${alert.window_size}" } == {
      alive   = "is_db_alive Maximum LessThan 1, PT5M"
      cpu     = "cpu_percent Average GreaterThan 90, PT15M"
      lag     = "physical_replication_delay_in_bytes Average GreaterThan 1073741824, PT15M"
      storage = "storage_percent Maximum GreaterThan 80, PT15M"
    }
    error_message = "The alerts must watch the database's availability, CPU, storage and replica."
  }

  assert {
    condition     = !contains(keys(azurerm_monitor_metric_alert.vm), "disk")
    error_message = "A VM without a data disk has no disk to watch."
  }
}
