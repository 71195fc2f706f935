locals {
  network_range = "10.4.0.0/24" # beside 10.1, 10.2 and 10.3 on Google Cloud, so that the two may be joined
  vm_range      = cidrsubnet(local.network_range, 2, 0)
  bastion_range = cidrsubnet(local.network_range, 2, 1)

  # Everything that may come in or go out. What is not here is denied in both directions, also from inside the network, where
  # Azure's own rules would let it pass. Azure's name server and its metadata service are beyond these rules.
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
      # Packages (80 for Ubuntu's mirrors, which sign what they serve), the blob, Key Vault, and the issuer of tokens.
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

  # What goes out goes through the VM's public address, not through one that Azure lends.
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
  # Azure takes * and 0.0.0.0/0 only in the singular.
  source_address_prefix      = length(each.value.sources) == 1 ? one(each.value.sources) : null
  source_address_prefixes    = length(each.value.sources) == 1 ? null : each.value.sources
  destination_address_prefix = each.value.destination
}

resource "azurerm_subnet_network_security_group_association" "analytics" {
  subnet_id                 = azurerm_subnet.analytics.id
  network_security_group_id = azurerm_network_security_group.analytics.id

  # From the first packet on with all rules.
  depends_on = [azurerm_network_security_rule.analytics]
}

resource "azurerm_subnet" "bastion" {
  # checkov:skip=CKV2_AZURE_31: Azure runs and protects what is in this subnet, and breaks with rules that it does not expect
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
