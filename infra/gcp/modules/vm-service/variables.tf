variable "name" {
  description = "The service: crm, inventory or furniture. Its network is <name>-vpc, its VM <name>-service."
  type        = string
}

variable "project_id" {
  description = "The project of all of it."
  type        = string
}

variable "region" {
  description = "Region of the subnet."
  type        = string
}

variable "zone" {
  description = "Zone of the VM and its disk, in the region."
  type        = string
}

variable "subnet_cidr" {
  description = "The VM's subnet; the VM takes its first address, which ends in .2."
  type        = string
}

variable "public" {
  description = "Whether the VM has a public address."
  type        = bool
}

variable "ingress_ranges" {
  description = "Who may reach port 8080, besides the subnet itself."
  type        = list(string)
}

variable "vm" {
  description = "Machine type, image, and sizes in GB."
  type = object({
    machine_type = string
    image        = string
    boot_disk_gb = number
    data_disk_gb = number
  })
}

variable "own_database" {
  description = "Whether the VM runs PostgreSQL on a disk of its own. Otherwise secrets has a DATABASE_URL."
  type        = bool
}

variable "artifacts" {
  description = "The bucket for the jar, and the folder in which it is found."
  type = object({
    bucket = string
    dir    = string
  })
}

variable "settings" {
  description = "The service's environment."
  type        = map(string)
}

variable "secrets" {
  description = "Settings whose values are secrets: the name of the setting, and the secret with its version."
  type = map(object({
    secret_id = string
    version   = string
  }))
  default = {}
}

variable "caller_secrets" {
  description = "Callers whose API key is such a secret: the caller, and the secret with its version."
  type = map(object({
    secret_id = string
    version   = string
  }))
  default = {}
}

variable "labels" {
  description = "Labels of everything that has labels."
  type        = map(string)
}

variable "deletion_protection" {
  description = "Refuses to delete the VM and its data."
  type        = bool
}
