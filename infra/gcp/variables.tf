# --- to be decided: these have no default

variable "project_id" {
  description = "The Google Cloud project."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is the project's id (6 to 30 lower-case letters, digits and hyphens), not its name or number: see `gcloud projects list`."
  }
}

variable "public_access" {
  description = "Whether everyone may call food and accounting. If not, it takes an identity that is among the invokers."
  type        = bool
  nullable    = false
}

variable "allowed_ranges" {
  description = "Who may reach port 8080 of the CRM and furniture VMs from outside, as CIDR ranges; [\"0.0.0.0/0\"] is everyone, [] nobody."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for range in var.allowed_ranges : can(cidrnetmask(range)) && try(cidrsubnet(range, 0, 0), null) == range])
    error_message = "allowed_ranges has IPv4 ranges from their first address on, such as \"203.0.113.0/24\", or \"203.0.113.7/32\" for one address."
  }
}

variable "security" {
  description = <<-EOT
    Whom the services themselves let in, BOUTIQUE_SECURITY_MODE: "none" everyone, "api-key" who has a key, "jwt" who has a
    token. api_keys: service => caller => SHA-256 of the caller's key in hex. The keys by which food asks the inventory and accounting
    the CRM are made here and kept in Secret Manager; another key_version changes them.
  EOT
  type = object({
    mode        = string
    api_keys    = optional(map(map(string)), {})
    key_version = optional(number, 1)
    jwt = optional(object({
      issuer   = string
      audience = string
      jwks     = optional(string)
    }))
  })
  nullable = false

  validation {
    condition     = contains(["none", "api-key", "jwt"], var.security.mode)
    error_message = "security.mode is \"none\", \"api-key\" or \"jwt\"."
  }

  validation {
    condition     = (var.security.mode == "jwt") == (var.security.jwt != null)
    error_message = "security.jwt goes with mode \"jwt\": set its issuer and audience, or remove it."
  }

  validation {
    condition     = var.security.jwt == null || alltrue([for url in compact([try(var.security.jwt.issuer, ""), try(var.security.jwt.jwks, "")]) : can(regex("^https://[^\\s'\"\\\\]+$", url))])
    error_message = "security.jwt.issuer and security.jwt.jwks are https:// URLs."
  }

  validation {
    condition     = var.security.jwt == null || can(regex("^[^\\s'\"\\\\]+$", var.security.jwt.audience))
    error_message = "security.jwt.audience is what tokens have in aud, without spaces and quotes."
  }

  validation {
    condition     = length(setsubtract(keys(var.security.api_keys), ["crm", "inventory", "furniture", "food", "accounting"])) == 0
    error_message = "security.api_keys is for crm, inventory, furniture, food and accounting."
  }

  validation {
    condition     = alltrue(flatten([for callers in values(var.security.api_keys) : [for caller, hash in callers : can(regex("^[A-Za-z0-9_.-]+$", caller)) && can(regex("^[0-9a-f]{64}$", hash))]]))
    error_message = "security.api_keys has the hash of each key, never the key: `printf %s \"$key\" | sha256sum`; callers are letters, digits, dots, hyphens and underscores."
  }

  validation {
    condition     = var.security.mode != "none" || length(var.security.api_keys) == 0
    error_message = "security.api_keys would not be asked for in mode \"none\": take mode \"api-key\", or remove them."
  }

  validation {
    condition     = var.security.mode != "api-key" || alltrue([for service in ["furniture", "food", "accounting"] : length(lookup(var.security.api_keys, service, {})) > 0])
    error_message = "In mode \"api-key\", furniture, food and accounting need a caller in security.api_keys: without one they do not start."
  }
}

# --- where

variable "region" {
  description = "Region of crm, inventory, accounting and the database."
  type        = string
  default     = "us-central1"
  nullable    = false
}

variable "zone" {
  description = "Zone of the crm and inventory VMs, in the region."
  type        = string
  default     = "us-central1-a"
  nullable    = false

  validation {
    condition     = can(regex("^${var.region}-[a-z]$", var.zone))
    error_message = "zone has to be in the region, such as \"${var.region}-b\"."
  }
}

variable "furniture_zone" {
  description = "Zone of the furniture VM; its region follows from it."
  type        = string
  default     = "europe-west1-b"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+-[a-z]$", var.furniture_zone))
    error_message = "furniture_zone is a zone, such as \"europe-west1-b\"."
  }
}

variable "food_region" {
  description = "Region of the food service."
  type        = string
  default     = "europe-west1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.food_region))
    error_message = "food_region is a region, such as \"europe-west1\"."
  }
}

variable "consumer_network" {
  description = "Where the inventory's endpoint is: a network that exists in the project, with a subnet in the region. The seed's shop is in online-boutique-vpc."
  type = object({
    network    = optional(string, "default")
    subnetwork = optional(string, "default")
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in values(var.consumer_network) : can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "consumer_network has the names of a network and a subnet, not their URLs."
  }
}

# --- what

variable "artifacts_dir" {
  description = "The folder below which the jars are: boutique-<service>-<version>-exec.jar of crm, inventory and furniture. Defaults to where `./mvnw package` leaves them."
  type        = string
  default     = "../../implementations"
  nullable    = false
}

variable "food_image" {
  description = "Digest of food's image, which food-service/build.sh writes to images.auto.tfvars. Null as long as there is none."
  type        = string
  default     = null

  validation {
    condition     = var.food_image == null || can(regex("^sha256:[0-9a-f]{64}$", var.food_image))
    error_message = "food_image is a digest, \"sha256:…\": run food-service/build.sh, which writes it."
  }
}

variable "accounting_image" {
  description = "Digest of accounting's image, which accounting-service/build.sh writes to images.auto.tfvars. Null as long as there is none."
  type        = string
  default     = null

  validation {
    condition     = var.accounting_image == null || can(regex("^sha256:[0-9a-f]{64}$", var.accounting_image))
    error_message = "accounting_image is a digest, \"sha256:…\": run accounting-service/build.sh, which writes it."
  }
}

variable "vm" {
  description = "The VMs' machine type, image, and disks in GB. The image is Debian or a system like it, with OpenJDK 21."
  type = object({
    machine_type = optional(string, "e2-micro")
    image        = optional(string, "debian-cloud/debian-13")
    boot_disk_gb = optional(number, 10)
    data_disk_gb = optional(number, 10)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.vm.boot_disk_gb >= 10 && var.vm.data_disk_gb >= 10
    error_message = "vm.boot_disk_gb and vm.data_disk_gb are 10 or more."
  }
}

# Direct VPC egress takes two addresses for each instance, in blocks of 16, and keeps those of the revision before for a while.
variable "max_instances" {
  description = "How many instances food and accounting have at most, each. An instance takes up to 12 connections of the database."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 20 && floor(var.max_instances) == var.max_instances
    error_message = "max_instances is between 1 and 20: food's subnet has room for no more."
  }
}

variable "database" {
  description = <<-EOT
    The Cloud SQL instance of food and accounting, which keep no disk. vms: the VMs use it as well, instead of PostgreSQL on a disk of
    their own; nothing is carried over. Another password_version changes the passwords. Null: no instance, so no food and accounting.
  EOT
  type = object({
    name              = optional(string, "boutique")
    tier              = optional(string, "db-f1-micro")
    version           = optional(string, "POSTGRES_17")
    disk_gb           = optional(number, 10)
    high_availability = optional(bool, false)
    password_version  = optional(number, 1)
    vms               = optional(bool, false)
  })
  default = {}

  validation {
    condition     = var.database != null || (var.food_image == null && var.accounting_image == null)
    error_message = "Cloud Run keeps no disk, so food and accounting need the database: set database, or set food_image and accounting_image to null."
  }

  validation {
    condition     = var.database == null || can(regex("^POSTGRES_(1[6-9]|[2-9][0-9])$", var.database.version))
    error_message = "database.version is POSTGRES_16 or newer."
  }

  validation {
    condition     = var.database == null || can(regex("^db-(f1-micro|g1-small|custom-[0-9]+-[0-9]+)$", var.database.tier))
    error_message = "database.tier is db-f1-micro, db-g1-small or db-custom-<CPUs>-<MB>."
  }
}

# --- access and operation

variable "invokers" {
  description = "Who may call food and accounting where public_access is false, as IAM members, such as \"serviceAccount:checkout@…\"."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for member in var.invokers : can(regex("^(user|group|serviceAccount|domain|principal|principalSet):.+$", member))])
    error_message = "invokers are members such as \"serviceAccount:…\", \"user:…\" or \"group:…\"; for everyone, set public_access."
  }

  validation {
    condition     = !var.public_access || length(var.invokers) == 0
    error_message = "With public_access everyone may call: remove the invokers, or set public_access to false."
  }
}

variable "uptime_checks" {
  description = "Asks every five minutes for the health of what everyone can reach, and writes to the address when it fails. Null: no checks."
  type = object({
    email = string
  })
  default = null

  validation {
    condition     = var.uptime_checks == null || can(regex("^[^@\\s]+@[^@\\s]+$", var.uptime_checks.email))
    error_message = "uptime_checks.email is the address that alerts go to."
  }

  validation {
    condition     = var.uptime_checks == null || var.public_access || contains(var.allowed_ranges, "0.0.0.0/0")
    error_message = "Uptime checks come from everywhere: without public_access or 0.0.0.0/0 in allowed_ranges there is nothing that they reach. Remove uptime_checks."
  }
}

variable "labels" {
  description = "Labels of everything that has labels, besides application."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "labels are lower-case letters, digits, hyphens and underscores, at most 63 of them; a key begins with a letter."
  }
}

variable "deletion_protection" {
  description = "Refuses to delete VMs, their data, the database, and food and accounting. Set it to false and apply before `terraform destroy`."
  type        = bool
  default     = true
  nullable    = false
}
