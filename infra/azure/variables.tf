variable "subscription_id" {
  description = "The Azure subscription: az account show --query id --output tsv"
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", lower(var.subscription_id)))
    error_message = "subscription_id is a UUID. Take the output of: az account show --query id --output tsv"
  }
}

variable "allowed_ranges" {
  description = "IPv4 ranges that may reach port 8080. No default, so that nobody opens the service by accident; [\"0.0.0.0/0\"] is everyone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.allowed_ranges) > 0
    error_message = "allowed_ranges is empty, so nobody could reach the service. Name at least one range, such as [\"198.51.100.0/24\"]."
  }

  validation {
    condition     = alltrue([for r in var.allowed_ranges : can(cidrnetmask(r)) ? cidrsubnet(r, 0, 0) == r : false])
    error_message = "Write each of allowed_ranges as an IPv4 range without host bits, such as 198.51.100.0/24 or 198.51.100.7/32; names such as Internet or * are refused."
  }

  # One range contains another if the other's address, cut to the one's length, is the one's.
  validation {
    condition = alltrue([
      for pair in setproduct(var.allowed_ranges, var.allowed_ranges) :
      pair[0] == pair[1] || try(cidrhost("${split("/", pair[1])[0]}/${split("/", pair[0])[1]}", 0) != cidrhost(pair[0], 0), true)
    ])
    error_message = "Azure refuses ranges that overlap. Remove from allowed_ranges what is part of another one; 0.0.0.0/0 contains all others."
  }
}

variable "security" {
  description = "Who may call: mode is none (everyone), api-key (see api_keys) or jwt (tokens of an OpenID Connect issuer). No default."
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

  # They become lines of a systemd environment file, where quotes and backslashes mean something.
  validation {
    condition = alltrue([
      for url in compact([try(var.security.jwt.issuer, null), try(var.security.jwt.jwks, null)]) :
      can(regex("^https://[^[:space:]'\"\\\\]+$", url))
    ])
    error_message = "security.jwt.issuer and security.jwt.jwks are https URLs without spaces or quotes."
  }

  validation {
    condition     = try(var.security.jwt.audience, null) == null || can(regex("^[^[:space:]'\"\\\\]+$", var.security.jwt.audience))
    error_message = "Set security.jwt.audience to what tokens have in aud, without spaces or quotes."
  }
}

variable "api_keys" {
  description = "Caller = SHA-256 of its key in hex. Kept in Key Vault, not in state. Needed with security.mode api-key, possible with jwt."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true

  validation {
    condition     = alltrue([for caller, hash in var.api_keys : can(regex("^[A-Za-z0-9._-]{1,64}$", caller)) && can(regex("^[0-9a-fA-F]{64}$", hash))])
    error_message = "Write api_keys as { caller = \"<64 hex digits>\" }: printf %s \"$key\" | sha256sum"
  }

  validation {
    condition     = !(var.security.mode == "api-key" && length(var.api_keys) == 0)
    error_message = "security.mode api-key needs at least one entry in api_keys."
  }

  validation {
    condition     = !(var.security.mode == "none" && length(var.api_keys) > 0)
    error_message = "With security.mode none nobody checks api_keys. Set the mode to api-key, or remove the keys."
  }
}

variable "admin_ssh_public_key" {
  description = "The administrator's public key. Azure wants one even if no SSH port is open."
  type        = string

  validation {
    condition     = can(regex("^ssh-(ed25519|rsa) [A-Za-z0-9+/]+=* ?[^\\n]*$", var.admin_ssh_public_key))
    error_message = "Set admin_ssh_public_key to the content of a .pub file that starts with ssh-ed25519 or ssh-rsa; Azure takes no other kinds."
  }
}

variable "artifacts_dir" {
  description = "The folder below which the build left boutique-analytics-*-exec.jar."
  type        = string
  default     = "../../implementations"
  nullable    = false

  validation {
    condition     = length(fileset(var.artifacts_dir, "**/boutique-analytics-*-exec.jar")) == 1
    error_message = "artifacts_dir has to hold exactly one boutique-analytics-*-exec.jar. Build it in the repository's root: ./mvnw clean package -DskipTests"
  }
}

variable "resource_group_name" {
  description = "The resource group, made by this configuration."
  type        = string
  default     = "boutique-analytics"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_()-][A-Za-z0-9._()-]{0,88}[A-Za-z0-9_()-]$", var.resource_group_name))
    error_message = "resource_group_name has 2 to 90 letters, digits, _ ( ) - or dots, and no dot at its end."
  }
}

variable "location" {
  description = "The region, in Azure's short form."
  type        = string
  default     = "westeurope"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "Write location in the short form, westeurope rather than West Europe: az account list-locations --query '[].name'"
  }
}

variable "zone" {
  description = "The availability zone of VM and disk; null lets Azure choose. Another zone may have the size that this one lacks."
  type        = string
  default     = null

  validation {
    condition     = var.zone == null ? true : contains(["1", "2", "3"], var.zone)
    error_message = "zone is \"1\", \"2\", \"3\" or null."
  }
}

variable "vm_size" {
  description = "The VM's size. The B series of version 1 is scarce in some regions and ends in 2028."
  type        = string
  default     = "Standard_B1s"
  nullable    = false

  validation {
    condition     = can(regex("^Standard_[A-Za-z0-9_]+$", var.vm_size))
    error_message = "vm_size looks like Standard_B1s: az vm list-skus --location westeurope --size Standard_B --output table"
  }
}

variable "image" {
  description = "The VM's image: Ubuntu or Debian with OpenJDK 21 and PostgreSQL 16 or newer among its packages, generation 2, x86-64."
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
  description = "The size of the database's disk. Azure lets it grow, never shrink."
  type        = number
  default     = 16
  nullable    = false

  validation {
    condition     = var.data_disk_gb >= 4 && var.data_disk_gb <= 4095 && floor(var.data_disk_gb) == var.data_disk_gb
    error_message = "data_disk_gb is a whole number from 4 to 4095."
  }
}

variable "bastion_sku" {
  description = "Basic or Standard makes an Azure Bastion for SSH, which costs more than all the rest. Null: none; az vm run-command needs no open port."
  type        = string
  default     = null

  validation {
    condition     = var.bastion_sku == null ? true : contains(["Basic", "Standard"], var.bastion_sku)
    error_message = "bastion_sku is Basic (SSH in the portal), Standard (also az network bastion ssh) or null."
  }
}

variable "alert_email" {
  description = "Who is told when the VM is not available. Null: nobody."
  type        = string
  default     = null

  validation {
    condition     = var.alert_email == null ? true : can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", var.alert_email))
    error_message = "alert_email is one e-mail address, or null."
  }
}

variable "network_watcher" {
  description = "The region's network watcher, which writes the flow logs. Null: the one that Azure makes with the region's first network."
  type = object({
    name                = string
    resource_group_name = string
  })
  default = null
}

variable "flow_log_days" {
  description = "How long flow logs are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.flow_log_days >= 1 && var.flow_log_days <= 365 && floor(var.flow_log_days) == var.flow_log_days
    error_message = "flow_log_days is a whole number from 1 to 365."
  }
}

variable "deletion_protection" {
  description = "While true, terraform destroy fails before it removes anything, and so does a plan that replaces the data disk when it is applied."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Further tags for everything that can have tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
