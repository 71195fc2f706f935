# Analytics' database outside its VM, if var.database is set: a flexible server or, with nodes, an elastic cluster (Citus). Only the VM
# reaches it, through a private endpoint: Azure cannot place an elastic cluster inside a network.

locals {
  database_name  = "boutique"
  database_login = "boutique"
  has_replica    = try(var.database.replica, false)

  # The servers of the database, by the suffix of their names. Services use the first one that accepts writes.
  database_servers = var.database == null ? {} : merge(
    { "" = azurerm_postgresql_flexible_server.this[0] },
    { for replica in azurerm_postgresql_flexible_server.replica : "-replica" => replica },
  )

  database_hosts = join(",", [for suffix in sort(keys(local.database_servers)) : local.database_servers[suffix].fqdn]) # the primary first

  # The URL contains the password and the servers. Terraform cannot read a write-only password again, so a new replica needs a new
  # password too.
  password_version = try(var.database.password_version, 0) + (local.has_replica ? 1000 : 0)

  # In a cluster, the schema that the service creates gets a node of its own. The start-up script sets this, because Terraform has no
  # connection to the database.
  role_settings = try(var.database.nodes, null) == null ? {} : { "citus.enable_schema_based_sharding" = "on" }
}

ephemeral "random_password" "database" {
  count = var.database == null ? 0 : 1

  length      = 48
  special     = false # the password is part of a URL
  min_lower   = 1     # Azure requires three kinds of characters
  min_upper   = 1
  min_numeric = 1
}

resource "azurerm_postgresql_flexible_server" "this" {
  # checkov:skip=CKV_AZURE_136: the backups cover one region; a copy in another region must be chosen when the server is created
  count = var.database == null ? 0 : 1

  name                              = "boutique-${local.unique}"
  resource_group_name               = azurerm_resource_group.analytics.name
  location                          = azurerm_resource_group.analytics.location
  version                           = var.database.version
  sku_name                          = var.database.sku
  storage_mb                        = var.database.storage_gb * 1024
  auto_grow_enabled                 = false # a cluster cannot grow by itself, and Terraform would replace a server that has grown
  backup_retention_days             = 7
  administrator_login               = local.database_login
  administrator_password_wo         = ephemeral.random_password.database[0].result
  administrator_password_wo_version = local.password_version
  public_network_access_enabled     = false
  tags                              = local.tags

  dynamic "cluster" {
    for_each = var.database.nodes == null ? [] : [var.database.nodes]

    content {
      size                  = cluster.value
      default_database_name = local.database_name
    }
  }

  dynamic "high_availability" {
    for_each = var.database.high_availability ? ["ZoneRedundant"] : []

    content {
      mode = high_availability.value
    }
  }

  # Azure chooses the zones, and exchanges them when the standby takes over.
  lifecycle {
    ignore_changes = [zone, high_availability[0].standby_availability_zone]
  }
}

# A cluster creates its only database itself.
resource "azurerm_postgresql_flexible_server_database" "this" {
  count = var.database != null && try(var.database.nodes, null) == null ? 1 : 0

  name      = local.database_name
  server_id = azurerm_postgresql_flexible_server.this[0].id
  charset   = "UTF8"
  collation = "en_US.utf8"
}

resource "azurerm_postgresql_flexible_server" "replica" {
  # checkov:skip=CKV_AZURE_136: replicas have no backups
  count = local.has_replica ? 1 : 0

  name                          = "boutique-${local.unique}-replica"
  resource_group_name           = azurerm_resource_group.analytics.name
  location                      = azurerm_resource_group.analytics.location
  create_mode                   = "Replica"
  source_server_id              = azurerm_postgresql_flexible_server.this[0].id
  sku_name                      = var.database.sku
  storage_mb                    = var.database.storage_gb * 1024
  auto_grow_enabled             = false
  public_network_access_enabled = false
  tags                          = local.tags

  # A replica contains the database that exists when it is created.
  depends_on = [azurerm_postgresql_flexible_server_database.this]

  lifecycle {
    ignore_changes = [zone]
  }
}

resource "azurerm_private_dns_zone" "database" {
  count = var.database == null ? 0 : 1

  name                = "privatelink.postgres.database.azure.com" # Azure's name; other names are not resolved
  resource_group_name = azurerm_resource_group.analytics.name
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "database" {
  count = var.database == null ? 0 : 1

  name                = "analytics-vnet"
  private_dns_zone_id = azurerm_private_dns_zone.database[0].id
  virtual_network_id  = azurerm_virtual_network.analytics.id
  tags                = local.tags
}

resource "azurerm_private_endpoint" "database" {
  for_each = local.database_servers

  name                = "analytics-database${each.key}"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  subnet_id           = azurerm_subnet.database[0].id
  tags                = local.tags

  private_service_connection {
    name                           = "database"
    private_connection_resource_id = each.value.id
    subresource_names              = ["postgresqlServer"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "database"
    private_dns_zone_ids = [azurerm_private_dns_zone.database[0].id]
  }

  # The database must not be reachable before the security rules are in place.
  depends_on = [azurerm_subnet_network_security_group_association.database]
}

# Written in the same apply as the server's password. If an interrupted apply leaves the two out of sync, a new password_version sets
# both again.
resource "azurerm_key_vault_secret" "database_url" {
  # checkov:skip=CKV_AZURE_41: the password does not expire; an expired secret would make the service's next start fail
  count = var.database == null ? 0 : 1

  name         = "database-url"
  key_vault_id = azurerm_key_vault.analytics[0].id
  content_type = "text/plain"
  # checkov:skip=CKV_SECRET_4: this is a format string; the password is an ephemeral value
  value_wo = format("postgresql://%s:%s@%s/%s?sslmode=require",
    local.database_login,
    ephemeral.random_password.database[0].result,
    local.database_hosts,
    local.database_name,
  )
  value_wo_version = local.password_version
  tags             = local.tags

  # As for the jar, the role is in effect by the time the VM exists.
  depends_on = [azurerm_role_assignment.write_secrets, azurerm_linux_virtual_machine.analytics]
}
