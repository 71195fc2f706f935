variable "name" {
  description = "The name of the service: crm, inventory or furniture. The network is named <name>-vpc, the VM <name>-service."
  type        = string
}

variable "project_id" {
  description = "The id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "The region of the subnet."
  type        = string
}

variable "zone" {
  description = "The zone of the VM and its disk. It must be in the region."
  type        = string
}

variable "subnet_cidr" {
  description = "The CIDR range of the VM's subnet. The VM uses the first available address, which ends in .2."
  type        = string
}

variable "public" {
  description = "Whether the VM has a public address."
  type        = bool
}

variable "ingress_ranges" {
  description = "CIDR ranges that may reach port 8080, in addition to the subnet itself."
  type        = list(string)
}

variable "vm" {
  description = "The VM's machine type, image and disk sizes in GB."
  type = object({
    machine_type = string
    image        = string
    boot_disk_gb = number
    data_disk_gb = number
  })
}

variable "own_database" {
  description = "Whether the VM runs PostgreSQL on a separate data disk. If false, secrets must contain DATABASE_URL."
  type        = bool
}

variable "artifacts" {
  description = "The bucket to which the jar is uploaded, and the local folder that contains the jar, at any depth."
  type = object({
    bucket = string
    dir    = string
  })
}

variable "settings" {
  description = "The service's environment variables."
  type        = map(string)
}

variable "secrets" {
  description = "Settings whose values are secrets: a map of setting name to a secret and its version."
  type = map(object({
    secret_id = string
    version   = string
  }))
  default = {}
}

variable "caller_secrets" {
  description = "Callers whose API keys are secrets: a map of caller name to a secret and its version."
  type = map(object({
    secret_id = string
    version   = string
  }))
  default = {}
}

variable "labels" {
  description = "The labels of all resources that support labels."
  type        = map(string)
}

variable "deletion_protection" {
  description = "Prevents deletion of the VM and its data."
  type        = bool
}
