# --- required settings, without a default

variable "project_id" {
  description = "The id of the Google Cloud project."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be the project's id (6 to 30 lower-case letters, digits and hyphens), not its name or number. List the ids with `gcloud projects list`."
  }
}

variable "public_access" {
  description = "Whether everyone may call food and accounting. If false, only the invokers may call them."
  type        = bool
  nullable    = false
}

variable "allowed_ranges" {
  description = "CIDR ranges that may reach port 8080 of the CRM and furniture VMs from outside; [\"0.0.0.0/0\"] allows everyone, [] nobody."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for range in var.allowed_ranges : can(cidrnetmask(range)) && try(cidrsubnet(range, 0, 0), null) == range])
    error_message = "Each entry of allowed_ranges must be an IPv4 range without host bits, such as \"203.0.113.0/24\", or \"203.0.113.7/32\" for a single address."
  }
}

variable "security" {
  description = <<-EOT
    How the services authenticate callers (BOUTIQUE_SECURITY_MODE). mode is "none" (everyone may call), "api-key" (callers need a
    key) or "jwt" (callers need a token). api_keys maps service => caller => SHA-256 of the caller's key, in hex. Terraform creates
    the keys that food uses to call the inventory and that accounting uses to call the CRM, and stores them in Secret Manager. A new
    key_version changes these keys.
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
    error_message = "security.mode must be \"none\", \"api-key\" or \"jwt\"."
  }

  validation {
    condition     = (var.security.mode == "jwt") == (var.security.jwt != null)
    error_message = "Set security.jwt = { issuer, audience } with mode \"jwt\", and remove it with any other mode."
  }

  validation {
    condition     = var.security.jwt == null || alltrue([for url in compact([try(var.security.jwt.issuer, ""), try(var.security.jwt.jwks, "")]) : can(regex("^https://[^\\s'\"\\\\]+$", url))])
    error_message = "security.jwt.issuer and security.jwt.jwks must be https:// URLs without spaces or quotes."
  }

  validation {
    condition     = var.security.jwt == null || can(regex("^[^\\s'\"\\\\]+$", var.security.jwt.audience))
    error_message = "Set security.jwt.audience to the value of the tokens' aud claim. It must not contain spaces or quotes."
  }

  validation {
    condition     = length(setsubtract(keys(var.security.api_keys), ["crm", "inventory", "furniture", "food", "accounting"])) == 0
    error_message = "The keys of security.api_keys must be services: crm, inventory, furniture, food or accounting."
  }

  validation {
    condition     = alltrue(flatten([for callers in values(var.security.api_keys) : [for caller, hash in callers : can(regex("^[A-Za-z0-9_.-]+$", caller)) && can(regex("^[0-9a-f]{64}$", hash))]]))
    error_message = "security.api_keys must contain the SHA-256 of each key in lower-case hex, never the key itself. Compute it with `printf %s \"$key\" | sha256sum`. Names of callers must consist of letters, digits, dots, hyphens and underscores."
  }

  validation {
    condition     = var.security.mode != "none" || length(var.security.api_keys) == 0
    error_message = "In mode \"none\", the services ignore security.api_keys. Set the mode to \"api-key\", or remove the keys."
  }

  validation {
    condition     = var.security.mode != "api-key" || alltrue([for service in ["furniture", "food", "accounting"] : length(lookup(var.security.api_keys, service, {})) > 0])
    error_message = "In mode \"api-key\", security.api_keys must have a caller for each of furniture, food and accounting. Without a caller, the service does not start."
  }
}

# --- location

variable "region" {
  description = "The region of crm, inventory, accounting and the database."
  type        = string
  default     = "us-central1"
  nullable    = false
}

variable "zone" {
  description = "The zone of the crm and inventory VMs. It must be in the region."
  type        = string
  default     = "us-central1-a"
  nullable    = false

  validation {
    condition     = can(regex("^${var.region}-[a-z]$", var.zone))
    error_message = "zone must be in the region, such as \"${var.region}-b\"."
  }
}

variable "furniture_zone" {
  description = "The zone of the furniture VM. The zone determines furniture's region."
  type        = string
  default     = "europe-west1-b"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+-[a-z]$", var.furniture_zone))
    error_message = "furniture_zone must be a zone, such as \"europe-west1-b\"."
  }
}

variable "food_region" {
  description = "The region of the food service."
  type        = string
  default     = "europe-west1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.food_region))
    error_message = "food_region must be a region, such as \"europe-west1\"."
  }
}

variable "consumer_network" {
  description = "The network in which the inventory's endpoint is created. It must exist in the project and have a subnet in the region. For the shop, use online-boutique-vpc."
  type = object({
    network    = optional(string, "default")
    subnetwork = optional(string, "default")
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in values(var.consumer_network) : can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "consumer_network must contain the names of a network and a subnet, not their URLs."
  }
}

# --- artifacts, machines and database

variable "artifacts_dir" {
  description = "The folder that contains boutique-<service>-<version>-exec.jar of crm, inventory and furniture, at any depth. Defaults to the location where `./mvnw package` creates the jars."
  type        = string
  default     = "../../implementations"
  nullable    = false
}

variable "food_image" {
  description = "The digest of food's image, which food-service/build.sh writes to images.auto.tfvars. Null until the image is built."
  type        = string
  default     = null

  validation {
    condition     = var.food_image == null || can(regex("^sha256:[0-9a-f]{64}$", var.food_image))
    error_message = "food_image must be a digest such as \"sha256:…\". Run food-service/build.sh, which sets it."
  }
}

variable "accounting_image" {
  description = "The digest of accounting's image, which accounting-service/build.sh writes to images.auto.tfvars. Null until the image is built."
  type        = string
  default     = null

  validation {
    condition     = var.accounting_image == null || can(regex("^sha256:[0-9a-f]{64}$", var.accounting_image))
    error_message = "accounting_image must be a digest such as \"sha256:…\". Run accounting-service/build.sh, which sets it."
  }
}

variable "vm" {
  description = "The VMs' machine type, image and disk sizes in GB. The image must be Debian or a derivative with a package for OpenJDK 21."
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
    error_message = "vm.boot_disk_gb and vm.data_disk_gb must be at least 10."
  }
}

# Direct VPC egress uses two addresses per instance, allocates them in blocks of 16, and keeps the addresses of the previous revision
# for a while.
variable "max_instances" {
  description = "The maximum number of instances of food and of accounting. Each instance uses up to 15 database connections."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 20 && floor(var.max_instances) == var.max_instances
    error_message = "max_instances must be a whole number from 1 to 20. Food's subnet has no addresses for more instances."
  }
}

variable "database" {
  description = <<-EOT
    The Cloud SQL instance of food and accounting, which have no persistent disk. If vms is true, the VMs use the instance too,
    instead of PostgreSQL on their own disks; existing data is not migrated. high_availability adds a standby in another zone;
    replicas is the number of read replicas. The tiers db-perf-optimized-N-… are those of the edition Enterprise Plus. The disk grows
    by itself. A new password_version changes the passwords. If null, there is no instance, and food and accounting cannot be deployed.
  EOT
  type = object({
    name              = optional(string, "boutique")
    tier              = optional(string, "db-f1-micro")
    version           = optional(string, "POSTGRES_17")
    disk_gb           = optional(number, 10)
    high_availability = optional(bool, false)
    replicas          = optional(number, 0)
    password_version  = optional(number, 1)
    vms               = optional(bool, false)
  })
  default = {}

  validation {
    condition     = var.database != null || (var.food_image == null && var.accounting_image == null)
    error_message = "Food and accounting need the database, because Cloud Run has no persistent disk. Set database, or set food_image and accounting_image to null."
  }

  validation {
    condition     = var.database == null || can(regex("^POSTGRES_(1[6-9]|[2-9][0-9])$", var.database.version))
    error_message = "database.version must be POSTGRES_16 or newer."
  }

  validation {
    condition     = var.database == null || can(regex("^db-(f1-micro|g1-small|custom-[0-9]+-[0-9]+|perf-optimized-N-(2|4|8|16|32|48|64|80|96|128))$", var.database.tier))
    error_message = "database.tier must be db-f1-micro, db-g1-small, db-custom-<CPUs>-<MB> or, in the edition Enterprise Plus, db-perf-optimized-N-<CPUs> with 2, 4, 8, 16, 32, 48, 64, 80, 96 or 128 CPUs."
  }

  validation {
    condition     = var.database == null ? true : var.database.disk_gb >= 10 && var.database.disk_gb <= 65536 && floor(var.database.disk_gb) == var.database.disk_gb
    error_message = "database.disk_gb must be a whole number from 10 to 65536. It can grow but not shrink."
  }

  # The endpoints' ranges have addresses for ten replicas.
  validation {
    condition     = var.database == null ? true : var.database.replicas >= 0 && var.database.replicas <= 10 && floor(var.database.replicas) == var.database.replicas
    error_message = "database.replicas must be a whole number from 0 to 10. The services do not read from replicas: for more load, set a larger database.tier."
  }

  validation {
    condition     = var.database == null ? true : !(contains(["db-f1-micro", "db-g1-small"], var.database.tier) && (var.database.high_availability || var.database.replicas > 0))
    error_message = "The shared-core tiers db-f1-micro and db-g1-small have no service level agreement, so a standby or replica would be paid for in vain. Set database.tier to db-custom-<CPUs>-<MB> or db-perf-optimized-N-<CPUs>, or remove database.high_availability and database.replicas."
  }

  validation {
    condition     = var.database == null ? true : var.database.password_version >= 1 && var.database.password_version <= 999 && floor(var.database.password_version) == var.database.password_version
    error_message = "database.password_version must be a whole number from 1 to 999."
  }
}

# --- access and operations

variable "invokers" {
  description = "IAM members, such as \"serviceAccount:checkout@…\", that may call food and accounting if public_access is false."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for member in var.invokers : can(regex("^(user|group|serviceAccount|domain|principal|principalSet):.+$", member))])
    error_message = "Each of the invokers must be an IAM member, such as \"serviceAccount:…\", \"user:…\" or \"group:…\". To allow everyone, set public_access to true."
  }

  validation {
    condition     = !var.public_access || length(var.invokers) == 0
    error_message = "With public_access, everyone may call food and accounting. Remove the invokers, or set public_access to false."
  }
}

variable "alert_email" {
  description = <<-EOT
    The e-mail address that is alerted when requests fail or are slow, or when machines or the database are saturated (alerts.yaml).
    Services that everyone can reach also get an uptime check every five minutes, which alerts the address too. If null, there are
    neither alerts nor checks.
  EOT
  type        = string
  default     = null

  validation {
    condition     = var.alert_email == null || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email must be a single e-mail address or null."
  }
}

variable "labels" {
  description = "Additional labels for all resources that support labels."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "The keys and values of labels must have at most 63 characters: lower-case letters, digits, hyphens and underscores. A key must start with a letter."
  }
}

variable "deletion_protection" {
  description = "Prevents deletion of the VMs, their data, the database, food and accounting. Before `terraform destroy`, set this to false and apply."
  type        = bool
  default     = true
  nullable    = false
}
