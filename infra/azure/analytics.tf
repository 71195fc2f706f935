# Analytics: one VM with a public address. PostgreSQL runs on the VM, with its data on a separate disk, which survives replacement of
# the VM; or outside it, see database.tf.

locals {
  environment = join("\n", compact([
    "BOUTIQUE_SECURITY_MODE=${var.security.mode}",
    var.security.jwt == null ? "" : "BOUTIQUE_SECURITY_JWT_ISSUER=${var.security.jwt.issuer}",
    var.security.jwt == null ? "" : "BOUTIQUE_SECURITY_JWT_AUDIENCE=${var.security.jwt.audience}",
    try(var.security.jwt.jwks, null) == null ? "" : "BOUTIQUE_SECURITY_JWT_JWKS=${var.security.jwt.jwks}",
  ]))

  # The start-up script has three parts: these parameters, Azure's part (azure.sh) and the common part (start.sh).
  parameters = {
    service    = "analytics"
    jar_sha256 = local.jar_sha256
    jar_url    = "${azurerm_storage_account.artifacts.primary_blob_endpoint}${azurerm_storage_container.artifacts.name}/${local.jar_name}"
    identity   = azurerm_user_assigned_identity.analytics.client_id
    secrets = join("\n", [for name, secret in merge(
      local.has_api_keys ? { BOUTIQUE_SECURITY_APIKEYS = "api-keys" } : {},
      var.database == null ? {} : { DATABASE_URL = "database-url" },
    ) : "${name}=${azurerm_key_vault.analytics[0].vault_uri}secrets/${secret}"])
    environment   = local.environment
    own_database  = var.database == null ? "yes" : "no"
    role_settings = join("\n", [for name, value in local.role_settings : "${name}=${value}"])
    data_disk_lun = "0"
  }
  start = join("\n", concat(
    ["#!/usr/bin/env bash"],
    [for name, value in local.parameters : "${name}='${replace(value, "'", "'\\''")}'"],
    [file("${path.module}/azure.sh"), file("${path.module}/../vm/start.sh")],
  ))
}

resource "azurerm_public_ip" "analytics" {
  name                = "analytics-ip"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = local.tags
}

resource "azurerm_network_interface" "analytics" {
  # checkov:skip=CKV_AZURE_119: analytics is a public service, and the VM downloads its packages through this address
  name                = "analytics-nic"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  tags                = local.tags

  ip_configuration {
    name                          = "public"
    subnet_id                     = azurerm_subnet.analytics.id
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.analytics.id
  }

  # The VM must not be reachable before the security rules are in place.
  depends_on = [azurerm_subnet_network_security_group_association.analytics]
}

resource "azurerm_managed_disk" "data" {
  # checkov:skip=CKV_AZURE_93: Azure's keys encrypt the disk; a customer-managed key needs a vault and a disk encryption set
  count = var.database == null ? 1 : 0

  name                          = "analytics-data"
  resource_group_name           = azurerm_resource_group.analytics.name
  location                      = azurerm_resource_group.analytics.location
  zone                          = var.zone
  storage_account_type          = "StandardSSD_LRS"
  create_option                 = "Empty"
  disk_size_gb                  = var.data_disk_gb
  network_access_policy         = "DenyAll"
  public_network_access_enabled = false
  tags                          = local.tags
}

resource "azurerm_linux_virtual_machine" "analytics" {
  # checkov:skip=CKV_AZURE_50: az vm run-command, which gives access without an open port, is an extension
  # checkov:skip=CKV_AZURE_97: encryption at host must first be enabled for the subscription
  name                            = "analytics-vm"
  resource_group_name             = azurerm_resource_group.analytics.name
  location                        = azurerm_resource_group.analytics.location
  zone                            = var.zone
  size                            = var.vm_size
  network_interface_ids           = [azurerm_network_interface.analytics.id]
  admin_username                  = "boutique"
  disable_password_authentication = true
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  tags                            = local.tags

  # A change of custom data replaces the VM, so custom data contains only the loader, which does not change. The start-up script
  # changes with each release, so it is user data: Azure updates user data in place, and the VM reads it at each boot.
  custom_data = filebase64("${path.module}/cloud-init.yaml")
  user_data   = base64encode(local.start)

  admin_ssh_key {
    username   = "boutique"
    public_key = trimspace(var.admin_ssh_public_key)
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.analytics.id]
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
  }

  source_image_reference {
    publisher = var.image.publisher
    offer     = var.image.offer
    sku       = var.image.sku
    version   = var.image.version
  }

  # Keeps the serial log, which shows why a boot failed, in storage that Azure manages.
  boot_diagnostics {}

  # Assign the roles first, so that they are in effect when the VM fetches the jar and the secrets.
  depends_on = [azurerm_role_assignment.fetch_jar, azurerm_role_assignment.read_secrets]
}

resource "azurerm_virtual_machine_data_disk_attachment" "data" {
  count = var.database == null ? 1 : 0

  managed_disk_id    = azurerm_managed_disk.data[0].id
  virtual_machine_id = azurerm_linux_virtual_machine.analytics.id
  lun                = 0
  # Without a host cache, the database's writes go directly to the disk.
  caching = "None"
}
