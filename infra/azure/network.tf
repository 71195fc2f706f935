locals {
  network_range  = "10.4.0.0/24" # does not overlap 10.1, 10.2 and 10.3 on Google Cloud, so the networks can be connected
  vm_range       = cidrsubnet(local.network_range, 2, 0)
  bastion_range  = cidrsubnet(local.network_range, 2, 1)
  database_range = cidrsubnet(local.network_range, 2, 2)

  # All allowed traffic. The last rule of each direction denies everything else, including traffic within the network, which
  # Azure's default rules would allow. These rules do not affect Azure's name server and metadata service.
  rules = merge(
    {
      "in-service" = {
        priority = 100, direction = "Inbound", access = "Allow", protocol = "Tcp", ports = ["8080"]
        sources  = var.allowed_ranges, destination = local.vm_range
      }
      "in-nothing-else" = {
        priority = 4096, direction = "Inbound", access = "Deny", protocol = "*", ports = ["*"]
        sources  = ["*"], destination = "*"
      }
      # For packages (port 80 for Ubuntu's mirrors, whose packages are signed), the jar's blob, Key Vault and the token issuer.
      "out-web" = {
        priority = 100, direction = "Outbound", access = "Allow", protocol = "Tcp", ports = ["80", "443"]
        sources  = [local.vm_range], destination = "Internet"
      }
      "out-nothing-else" = {
        priority = 4096, direction = "Outbound", access = "Deny", protocol = "*", ports = ["*"]
        sources  = ["*"], destination = "*"
      }
    },
    var.bastion_sku == null ? {} : {
      "in-bastion" = {
        priority = 110, direction = "Inbound", access = "Allow", protocol = "Tcp", ports = ["22"]
        sources  = [local.bastion_range], destination = local.vm_range
      }
    },
    var.database == null ? {} : {
      "in-database" = {
        priority = 120, direction = "Inbound", access = "Allow", protocol = "Tcp", ports = ["5432"]
        sources  = [local.vm_range], destination = local.database_range
      }
      "out-database" = {
        priority = 110, direction = "Outbound", access = "Allow", protocol = "Tcp", ports = ["5432"]
        sources  = [local.vm_range], destination = local.database_range
      }
    },
  )
}

resource "azurerm_virtual_network" "analytics" {
  name                = "analytics-vnet"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  address_space       = [local.network_range]
  tags                = local.tags
}

resource "azurerm_subnet" "analytics" {
  name                 = "analytics-subnet"
  resource_group_name  = azurerm_resource_group.analytics.name
  virtual_network_name = azurerm_virtual_network.analytics.name
  address_prefixes     = [local.vm_range]

  # Outbound traffic must use the VM's public address, not a default outbound address from Azure.
  default_outbound_access_enabled = false
}

resource "azurerm_network_security_group" "analytics" {
  name                = "analytics-nsg"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  tags                = local.tags
}

resource "azurerm_network_security_rule" "analytics" {
  for_each = local.rules

  name                        = each.key
  resource_group_name         = azurerm_resource_group.analytics.name
  network_security_group_name = azurerm_network_security_group.analytics.name
  priority                    = each.value.priority
  direction                   = each.value.direction
  access                      = each.value.access
  protocol                    = each.value.protocol
  source_port_range           = "*"
  destination_port_range      = length(each.value.ports) == 1 ? one(each.value.ports) : null
  destination_port_ranges     = length(each.value.ports) == 1 ? null : each.value.ports
  # Azure accepts * and 0.0.0.0/0 only in the singular argument.
  source_address_prefix      = length(each.value.sources) == 1 ? one(each.value.sources) : null
  source_address_prefixes    = length(each.value.sources) == 1 ? null : each.value.sources
  destination_address_prefix = each.value.destination
}

resource "azurerm_subnet_network_security_group_association" "analytics" {
  subnet_id                 = azurerm_subnet.analytics.id
  network_security_group_id = azurerm_network_security_group.analytics.id

  # All rules must be in place before the group is attached to the subnet.
  depends_on = [azurerm_network_security_rule.analytics]
}

resource "azurerm_subnet" "database" {
  count = var.database == null ? 0 : 1

  name                            = "analytics-database"
  resource_group_name             = azurerm_resource_group.analytics.name
  virtual_network_name            = azurerm_virtual_network.analytics.name
  address_prefixes                = [local.database_range]
  default_outbound_access_enabled = false
  # By default, Azure does not apply security rules to private endpoints.
  private_endpoint_network_policies = "NetworkSecurityGroupEnabled"
}

resource "azurerm_subnet_network_security_group_association" "database" {
  count = var.database == null ? 0 : 1

  subnet_id                 = azurerm_subnet.database[0].id
  network_security_group_id = azurerm_network_security_group.analytics.id

  depends_on = [azurerm_network_security_rule.analytics]
}

resource "azurerm_subnet" "bastion" {
  # checkov:skip=CKV2_AZURE_31: Azure operates and protects this subnet, and Bastion breaks with unexpected rules
  count = var.bastion_sku == null ? 0 : 1

  name                            = "AzureBastionSubnet"
  resource_group_name             = azurerm_resource_group.analytics.name
  virtual_network_name            = azurerm_virtual_network.analytics.name
  address_prefixes                = [local.bastion_range]
  default_outbound_access_enabled = false
}

resource "azurerm_public_ip" "bastion" {
  count = var.bastion_sku == null ? 0 : 1

  name                = "analytics-bastion-ip"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = local.tags
}

resource "azurerm_bastion_host" "analytics" {
  count = var.bastion_sku == null ? 0 : 1

  name                = "analytics-bastion"
  resource_group_name = azurerm_resource_group.analytics.name
  location            = azurerm_resource_group.analytics.location
  sku                 = var.bastion_sku
  tunneling_enabled   = var.bastion_sku == "Standard"
  tags                = local.tags

  ip_configuration {
    name                 = "bastion"
    subnet_id            = azurerm_subnet.bastion[0].id
    public_ip_address_id = azurerm_public_ip.bastion[0].id
  }
}
