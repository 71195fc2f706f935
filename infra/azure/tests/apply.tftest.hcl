# Applies the whole root module. Checks the outputs and all values that are known only after apply.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  subscription_id      = "00000000-0000-0000-0000-000000000001"
  admin_ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test"
  allowed_ranges       = ["198.51.100.0/24"]
  artifacts_dir        = "./tests/artifacts"
  # Lets the test destroy its resources.
  deletion_protection = false
}

run "open_demonstration" {
  command = apply

  variables {
    allowed_ranges = ["0.0.0.0/0"]
    security       = { mode = "none" }
  }

  assert {
    condition     = output.public_ip == "192.0.2.10"
    error_message = "public_ip must be the VM's public address."
  }

  assert {
    condition     = output.application_url == "http://192.0.2.10:8080/metrics"
    error_message = "application_url must be the URL of the metrics."
  }

  assert {
    condition     = azurerm_network_interface.analytics.ip_configuration[0].public_ip_address_id == azurerm_public_ip.analytics.id
    error_message = "The VM's network interface must have the public address."
  }

  assert {
    condition     = base64decode(azurerm_linux_virtual_machine.analytics.custom_data) == file("cloud-init.yaml") && startswith(base64decode(azurerm_linux_virtual_machine.analytics.custom_data), "#cloud-config\n")
    error_message = "custom_data must be the content of cloud-init.yaml and start with #cloud-config."
  }

  assert {
    condition = alltrue([
      for line in [
        "service='analytics'",
        "jar_sha256='${filesha256("./tests/artifacts/boutique-analytics-0-exec.jar")}'",
        "jar_url='https://storacct.blob.core.windows.net/artifacts/analytics-${filesha256("./tests/artifacts/boutique-analytics-0-exec.jar")}.jar'",
        "identity='00000000-0000-0000-0000-000000000003'",
        "secrets=''",
        "environment='BOUTIQUE_SECURITY_MODE=none'",
        "own_database='yes'",
        "role_settings=''",
        "data_disk_lun='0'",
      ] : contains(split("\n", base64decode(azurerm_linux_virtual_machine.analytics.user_data)), line)
    ])
    error_message = "The start-up script must contain its parameters."
  }

  assert {
    condition     = startswith(base64decode(azurerm_linux_virtual_machine.analytics.user_data), "#!/usr/bin/env bash\n") && strcontains(base64decode(azurerm_linux_virtual_machine.analytics.user_data), file("azure.sh")) && endswith(base64decode(azurerm_linux_virtual_machine.analytics.user_data), file("../vm/start.sh"))
    error_message = "The start-up script must consist of the parameters, azure.sh and start.sh, in this order."
  }

  assert {
    condition     = length(azurerm_linux_virtual_machine.analytics.user_data) <= 65536
    error_message = "user_data must not exceed Azure's limit of 64 KiB."
  }

  assert {
    condition     = azurerm_role_assignment.fetch_jar.scope == azurerm_storage_container.artifacts.id && azurerm_role_assignment.fetch_jar.principal_id == azurerm_user_assigned_identity.analytics.principal_id
    error_message = "The role that fetches the jar must be assigned to the VM's identity, on this container only."
  }

  assert {
    condition     = azurerm_role_assignment.publish_metrics.scope == azurerm_linux_virtual_machine.analytics.id && azurerm_role_assignment.publish_metrics.principal_id == azurerm_user_assigned_identity.analytics.principal_id
    error_message = "The role that publishes metrics must be assigned to the VM's identity, on this VM only."
  }

  assert {
    condition     = azurerm_linux_virtual_machine.analytics.identity[0].type == "UserAssigned" && azurerm_linux_virtual_machine.analytics.identity[0].identity_ids == toset([azurerm_user_assigned_identity.analytics.id])
    error_message = "The VM must have its own identity and no other."
  }

  assert {
    condition     = azurerm_subnet_network_security_group_association.analytics.network_security_group_id == azurerm_network_security_group.analytics.id && azurerm_subnet_network_security_group_association.analytics.subnet_id == azurerm_subnet.analytics.id
    error_message = "The security rules must apply to the VM's subnet."
  }

  assert {
    condition     = azurerm_network_watcher_flow_log.analytics.target_resource_id == azurerm_virtual_network.analytics.id
    error_message = "The flow log must cover the whole virtual network."
  }

  assert {
    condition     = terraform_data.deletion_protection.input == "exit 0"
    error_message = "Without deletion protection, terraform destroy must not be blocked."
  }
}

run "all_options_together" {
  command = apply

  variables {
    security = {
      mode = "jwt"
      jwt = {
        issuer   = "https://login.example/realms/shop"
        audience = "boutique"
        jwks     = "https://login.example/keys"
      }
    }
    api_keys    = { accounting = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
    bastion_sku = "Basic"
    alert_email = "operator@example.com"
    tags        = { team = "shop", application = "other" }
  }

  # The provider requires this subnet name in the id.
  override_resource {
    target = azurerm_subnet.bastion
    values = {
      id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/AzureBastionSubnet"
    }
  }

  assert {
    condition = strcontains(base64decode(azurerm_linux_virtual_machine.analytics.user_data), join("\n", [
      "environment='BOUTIQUE_SECURITY_MODE=jwt",
      "BOUTIQUE_SECURITY_JWT_ISSUER=https://login.example/realms/shop",
      "BOUTIQUE_SECURITY_JWT_AUDIENCE=boutique",
      "BOUTIQUE_SECURITY_JWT_JWKS=https://login.example/keys'",
    ]))
    error_message = "The start-up script must contain the settings of the mode jwt."
  }

  assert {
    condition     = contains(split("\n", base64decode(azurerm_linux_virtual_machine.analytics.user_data)), "secrets='BOUTIQUE_SECURITY_APIKEYS=https://kv.vault.azure.net/secrets/api-keys'") && !strcontains(base64decode(azurerm_linux_virtual_machine.analytics.user_data), "0123456789abcdef")
    error_message = "The start-up script must contain the URL of the hashes, not the hashes."
  }

  assert {
    condition     = azurerm_key_vault_secret.api_keys[0].name == "api-keys" && azurerm_key_vault_secret.api_keys[0].value == null
    error_message = "The state must not contain the hashes of API keys."
  }

  assert {
    condition     = azurerm_role_assignment.read_secrets[0].scope == azurerm_key_vault.analytics[0].id && azurerm_role_assignment.read_secrets[0].principal_id == azurerm_user_assigned_identity.analytics.principal_id
    error_message = "The role that reads the hashes must be assigned to the VM's identity, on this vault only."
  }

  assert {
    condition     = alltrue([for alert in azurerm_monitor_metric_alert.vm : alert.scopes == toset([azurerm_linux_virtual_machine.analytics.id]) && one(alert.action).action_group_id == azurerm_monitor_action_group.operator[0].id])
    error_message = "Each alert must watch this VM and notify the operator's action group."
  }

  assert {
    condition = alltrue([
      for tags in [
        azurerm_resource_group.analytics.tags, azurerm_virtual_network.analytics.tags, azurerm_network_security_group.analytics.tags,
        azurerm_public_ip.analytics.tags, azurerm_network_interface.analytics.tags, azurerm_linux_virtual_machine.analytics.tags,
        azurerm_managed_disk.data[0].tags, azurerm_user_assigned_identity.analytics.tags, azurerm_storage_account.artifacts.tags,
        azurerm_storage_account.flow_logs.tags, azurerm_network_watcher_flow_log.analytics.tags,
        azurerm_key_vault.analytics[0].tags, azurerm_key_vault_secret.api_keys[0].tags,
        azurerm_public_ip.bastion[0].tags, azurerm_bastion_host.analytics[0].tags,
        azurerm_monitor_action_group.operator[0].tags, azurerm_monitor_metric_alert.vm["cpu"].tags,
      ] : tags == tomap({ application = "multicloud-boutique", service = "analytics", managed-by = "terraform", team = "shop" })
    ])
    error_message = "All resources that support tags must have the default tags and the operator's tags; the default tags take precedence."
  }
}

run "database_with_standby_and_replica" {
  command = apply

  variables {
    security    = { mode = "api-key" }
    api_keys    = { accounting = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
    alert_email = "operator@example.com"
    database    = { sku = "GP_Standard_D2ds_v5", high_availability = true, replica = true }
  }

  override_resource {
    target = azurerm_postgresql_flexible_server.replica
    values = {
      id   = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/replica"
      fqdn = "replica.postgres.database.azure.com"
    }
  }

  assert {
    condition     = output.database_host == "pg.postgres.database.azure.com" && output.database_replica_host == "replica.postgres.database.azure.com"
    error_message = "The outputs must be the names of the primary and of the replica."
  }

  assert {
    condition     = local.database_hosts == "pg.postgres.database.azure.com,replica.postgres.database.azure.com"
    error_message = "The service must try the primary first, and find the replica after its promotion."
  }

  assert {
    condition = alltrue([
      for line in [
        "secrets='BOUTIQUE_SECURITY_APIKEYS=https://kv.vault.azure.net/secrets/api-keys",
        "DATABASE_URL=https://kv.vault.azure.net/secrets/database-url'",
        "own_database='no'",
        "role_settings=''",
      ] : contains(split("\n", base64decode(azurerm_linux_virtual_machine.analytics.user_data)), line)
    ])
    error_message = "The VM must read the URL of the database from the vault, and must not run PostgreSQL."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.replica[0].source_server_id == azurerm_postgresql_flexible_server.this[0].id && azurerm_postgresql_flexible_server_database.this[0].server_id == azurerm_postgresql_flexible_server.this[0].id
    error_message = "The database must be on the primary, and the replica must follow it."
  }

  assert {
    condition = {
      for name, endpoint in azurerm_private_endpoint.database : name => endpoint.private_service_connection[0].private_connection_resource_id
      } == {
      ""         = azurerm_postgresql_flexible_server.this[0].id
      "-replica" = azurerm_postgresql_flexible_server.replica[0].id
    }
    error_message = "Each server must have a private endpoint."
  }

  assert {
    condition     = alltrue([for endpoint in azurerm_private_endpoint.database : endpoint.subnet_id == azurerm_subnet.database[0].id && endpoint.private_dns_zone_group[0].private_dns_zone_ids == tolist([azurerm_private_dns_zone.database[0].id])]) && azurerm_private_dns_zone_virtual_network_link.database[0].virtual_network_id == azurerm_virtual_network.analytics.id
    error_message = "The VM's network must resolve the servers' names to the private endpoints."
  }

  assert {
    condition     = azurerm_subnet_network_security_group_association.database[0].network_security_group_id == azurerm_network_security_group.analytics.id
    error_message = "The security rules must apply to the database's subnet."
  }

  assert {
    condition     = alltrue([for alert in azurerm_monitor_metric_alert.database : alert.scopes == toset([azurerm_postgresql_flexible_server.this[0].id]) && one(alert.action).action_group_id == azurerm_monitor_action_group.operator[0].id])
    error_message = "The database's alerts must watch the server and notify the operator."
  }
}

run "elastic_cluster" {
  command = apply

  variables {
    security = { mode = "none" }
    database = { sku = "GP_Standard_D2ds_v5", nodes = 3 }
  }

  assert {
    condition     = output.database_host == "pg.postgres.database.azure.com" && output.database_replica_host == null && local.database_hosts == output.database_host
    error_message = "The service must connect to the coordinator."
  }

  assert {
    condition = alltrue([
      for line in ["own_database='no'", "role_settings='citus.enable_schema_based_sharding=on'"] :
      contains(split("\n", base64decode(azurerm_linux_virtual_machine.analytics.user_data)), line)
    ])
    error_message = "The VM must give the service's role the setting that a cluster needs, before the service creates its schema."
  }
}
