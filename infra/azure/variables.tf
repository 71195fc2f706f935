variable "subscription_id" {
  description = "The id of the Azure subscription: az account show --query id --output tsv"
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", lower(var.subscription_id)))
    error_message = "subscription_id must be a UUID. Use the output of: az account show --query id --output tsv"
  }
}

variable "allowed_ranges" {
  description = "IPv4 ranges that may reach port 8080. There is no default, so that the service is not opened by accident; [\"0.0.0.0/0\"] allows everyone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.allowed_ranges) > 0
    error_message = "allowed_ranges is empty, so nobody could reach the service. Set at least one range, such as [\"198.51.100.0/24\"]."
  }

  validation {
    condition     = alltrue([for r in var.allowed_ranges : can(cidrnetmask(r)) ? cidrsubnet(r, 0, 0) == r : false])
    error_message = "Each entry of allowed_ranges must be an IPv4 range without host bits, such as 198.51.100.0/24 or 198.51.100.7/32. Names such as Internet or * are not allowed."
  }

  # pair[0] contains pair[1] if the address of pair[1], masked with the prefix length of pair[0], equals the address of pair[0].
  validation {
    condition = alltrue([
      for pair in setproduct(var.allowed_ranges, var.allowed_ranges) :
      pair[0] == pair[1] || try(cidrhost("${split("/", pair[1])[0]}/${split("/", pair[0])[1]}", 0) != cidrhost(pair[0], 0), true)
    ])
    error_message = "Azure rejects overlapping ranges. Remove from allowed_ranges each range that another range contains; 0.0.0.0/0 contains all others."
  }
}

variable "security" {
  description = "Authentication of callers. mode is none (everyone may call), api-key (see api_keys) or jwt (tokens of an OpenID Connect issuer). No default."
  type = object({
    mode = string
    jwt = optional(object({
      issuer   = string
      audience = string
      jwks     = optional(string)
    }))
  })
  nullable = false

  validation {
    condition     = contains(["none", "api-key", "jwt"], var.security.mode)
    error_message = "Set security.mode to none, api-key or jwt."
  }

  validation {
    condition     = (var.security.mode == "jwt") == (var.security.jwt != null)
    error_message = "Set security.jwt = { issuer, audience } with mode jwt, and remove it with any other mode."
  }

  # The values become lines of a systemd environment file, in which quotes and backslashes are special characters.
  validation {
    condition = alltrue([
      for url in compact([try(var.security.jwt.issuer, null), try(var.security.jwt.jwks, null)]) :
      can(regex("^https://[^[:space:]'\"\\\\]+$", url))
    ])
    error_message = "security.jwt.issuer and security.jwt.jwks must be https URLs without spaces or quotes."
  }

  validation {
    condition     = try(var.security.jwt.audience, null) == null || can(regex("^[^[:space:]'\"\\\\]+$", var.security.jwt.audience))
    error_message = "Set security.jwt.audience to the value of the tokens' aud claim. It must not contain spaces or quotes."
  }
}

variable "api_keys" {
  description = "A map of caller name to the SHA-256 of the caller's key, in hex. Stored in Key Vault, not in the state. Required with security.mode api-key, optional with jwt."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true

  validation {
    condition     = alltrue([for caller, hash in var.api_keys : can(regex("^[A-Za-z0-9._-]{1,64}$", caller)) && can(regex("^[0-9a-fA-F]{64}$", hash))])
    error_message = "Set api_keys to { caller = \"<64 hex digits>\" }. The name of a caller has 1 to 64 letters, digits, dots, hyphens and underscores. Compute the hash with: printf %s \"$key\" | sha256sum"
  }

  validation {
    condition     = !(var.security.mode == "api-key" && length(var.api_keys) == 0)
    error_message = "security.mode api-key requires at least one entry in api_keys."
  }

  validation {
    condition     = !(var.security.mode == "none" && length(var.api_keys) > 0)
    error_message = "With security.mode none, the service ignores api_keys. Set the mode to api-key, or remove the keys."
  }
}

variable "admin_ssh_public_key" {
  description = "The administrator's public SSH key. Azure requires a key even if no SSH port is open."
  type        = string

  validation {
    condition     = can(regex("^ssh-(ed25519|rsa) [A-Za-z0-9+/]+=* ?[^\\n]*$", var.admin_ssh_public_key))
    error_message = "Set admin_ssh_public_key to the content of a .pub file that starts with ssh-ed25519 or ssh-rsa. Azure accepts no other key types."
  }
}

variable "artifacts_dir" {
  description = "The folder that contains boutique-analytics-*-exec.jar, at any depth. Defaults to the location where the build creates the jar."
  type        = string
  default     = "../../implementations"
  nullable    = false

  validation {
    condition     = length(fileset(var.artifacts_dir, "**/boutique-analytics-*-exec.jar")) == 1
    error_message = "artifacts_dir must contain exactly one boutique-analytics-*-exec.jar. Build it in the repository's root: ./mvnw clean package -DskipTests"
  }
}

variable "resource_group_name" {
  description = "The name of the resource group, which this configuration creates."
  type        = string
  default     = "boutique-analytics"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_()-][A-Za-z0-9._()-]{0,88}[A-Za-z0-9_()-]$", var.resource_group_name))
    error_message = "resource_group_name must have 2 to 90 characters: letters, digits, _ ( ) - and dots. It must not start or end with a dot."
  }
}

variable "location" {
  description = "The region, in Azure's short form, such as westeurope."
  type        = string
  default     = "westeurope"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "location must be in Azure's short form, such as westeurope instead of West Europe. List the regions with: az account list-locations --query '[].name'"
  }
}

variable "zone" {
  description = "The availability zone of the VM and its disk. If null, Azure chooses. If a zone has no capacity for vm_size, another zone may have it."
  type        = string
  default     = null

  validation {
    condition     = var.zone == null ? true : contains(["1", "2", "3"], var.zone)
    error_message = "zone must be \"1\", \"2\", \"3\" or null."
  }
}

variable "vm_size" {
  description = "The VM's size. Version 1 of the B series is scarce in some regions and will be retired in 2028."
  type        = string
  default     = "Standard_B1s"
  nullable    = false

  validation {
    condition     = can(regex("^Standard_[A-Za-z0-9_]+$", var.vm_size))
    error_message = "vm_size must be the name of a VM size, such as Standard_B1s. List the sizes with: az vm list-skus --location westeurope --size Standard_B --output table"
  }
}

variable "image" {
  description = "The VM's image: generation 2, x86-64, Ubuntu or Debian, with packages for OpenJDK 21 and PostgreSQL 16 or newer."
  type = object({
    publisher = string
    offer     = string
    sku       = string
    version   = optional(string, "latest")
  })
  default = {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
  }
  nullable = false
}

variable "data_disk_gb" {
  description = "The size in GB of the disk of the VM's own PostgreSQL, which exists if database is null. The disk can grow but not shrink."
  type        = number
  default     = 16
  nullable    = false

  validation {
    condition     = var.data_disk_gb >= 4 && var.data_disk_gb <= 4095 && floor(var.data_disk_gb) == var.data_disk_gb
    error_message = "data_disk_gb must be a whole number from 4 to 4095."
  }
}

variable "database" {
  description = <<-EOT
    A managed PostgreSQL for analytics (Azure Database for PostgreSQL, flexible server), instead of PostgreSQL on the VM; existing data
    is not migrated. With nodes, it is an elastic cluster, which is Citus: see "Elastic cluster" in ../README.md. storage_gb is for each
    node. replica adds a read replica, and high_availability a standby in another zone. A new password_version changes the password.
    If null, PostgreSQL runs on the VM.
  EOT
  type = object({
    sku               = optional(string, "B_Standard_B1ms")
    version           = optional(string, "17")
    storage_gb        = optional(number, 32)
    nodes             = optional(number)
    high_availability = optional(bool, false)
    replica           = optional(bool, false)
    password_version  = optional(number, 1)
  })
  default = null

  validation {
    condition     = var.database == null ? true : can(regex("^(B_Standard_B(1ms|2s|[248]ms|1[26]ms|20ms)|GP_Standard_DC?[0-9]+a?d?s_v[3-6]|MO_Standard_EC?[0-9]+a?d?s_v[3-6])$", var.database.sku))
    error_message = "database.sku must be a tier and a size, such as B_Standard_B1ms, GP_Standard_D2ds_v5 or MO_Standard_E4ds_v5. List the sizes with: az postgres flexible-server list-skus --location westeurope --output table"
  }

  validation {
    condition     = var.database == null ? true : contains(["16", "17", "18"], var.database.version)
    error_message = "database.version must be 16, 17 or 18."
  }

  validation {
    condition     = var.database == null ? true : contains([32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32767], var.database.storage_gb)
    error_message = "database.storage_gb must be 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384 or 32767. It can grow but not shrink."
  }

  validation {
    condition     = try(var.database.nodes, null) == null ? true : var.database.nodes >= 1 && var.database.nodes <= 20 && floor(var.database.nodes) == var.database.nodes
    error_message = "database.nodes must be a whole number from 1 to 20, or null for a server that is no cluster. A cluster can grow but not shrink; to add nodes later, start with 1."
  }

  validation {
    condition     = try(var.database.nodes, null) == null ? true : var.database.version == "17"
    error_message = "Elastic clusters run PostgreSQL 17 and cannot be upgraded. Set database.version to \"17\", or remove database.nodes."
  }

  validation {
    condition     = try(var.database.nodes, null) == null ? true : !var.database.replica
    error_message = "The azurerm provider cannot create the replica of an elastic cluster. Remove database.replica, and create it with: az postgres flexible-server replica create"
  }

  validation {
    condition     = var.database == null ? true : !(startswith(var.database.sku, "B_") && (var.database.high_availability || var.database.replica))
    error_message = "Burstable servers have neither a standby nor replicas. Set database.sku to a GP_ or MO_ size, or remove database.high_availability and database.replica."
  }

  validation {
    condition     = var.database == null ? true : var.database.password_version >= 1 && var.database.password_version <= 999 && floor(var.database.password_version) == var.database.password_version
    error_message = "database.password_version must be a whole number from 1 to 999."
  }
}

variable "bastion_sku" {
  description = "Basic or Standard creates an Azure Bastion for SSH, which costs more than all other resources together. If null, there is no Bastion; use az vm run-command, which needs no open port."
  type        = string
  default     = null

  validation {
    condition     = var.bastion_sku == null ? true : contains(["Basic", "Standard"], var.bastion_sku)
    error_message = "bastion_sku must be Basic (SSH in the portal), Standard (also az network bastion ssh) or null."
  }
}

variable "alert_email" {
  description = "The e-mail address that is alerted when requests fail or are slow, or the VM is unavailable or saturated. If null, there are no alerts."
  type        = string
  default     = null

  validation {
    condition     = var.alert_email == null ? true : can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", var.alert_email))
    error_message = "alert_email must be a single e-mail address or null."
  }
}

variable "network_watcher" {
  description = "The network watcher that writes the flow logs. Defaults to the watcher that Azure creates with the region's first network."
  type = object({
    name                = string
    resource_group_name = string
  })
  default = null
}

variable "flow_log_days" {
  description = "How many days flow logs are retained."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.flow_log_days >= 1 && var.flow_log_days <= 365 && floor(var.flow_log_days) == var.flow_log_days
    error_message = "flow_log_days must be a whole number from 1 to 365."
  }
}

variable "deletion_protection" {
  description = "While true, terraform destroy fails before it removes anything. Applying a plan that replaces the data disk fails too."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Additional tags for all resources that support tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
