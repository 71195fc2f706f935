variable "name" {
  description = "The service: food or accounting."
  type        = string
}

variable "project_id" {
  description = "The project of all of it."
  type        = string
}

variable "region" {
  description = "Region of the service and its repository."
  type        = string
}

variable "image_digest" {
  description = "The image's digest in the service's repository. Null: there is no image yet, so only the repository is made."
  type        = string
}

variable "vpc_access" {
  description = "The way into a network: a connector, or a subnet for Direct VPC egress."
  type = object({
    connector = optional(string)
    subnet = optional(object({
      network    = string
      subnetwork = string
    }))
  })
}

variable "max_instances" {
  description = "How many instances there are at most."
  type        = number
}

variable "public_access" {
  description = "Whether everyone may call it."
  type        = bool
}

variable "invokers" {
  description = "Who may call it if not everyone may."
  type        = list(string)
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
}

variable "build_account" {
  description = "Who pushes images, as an IAM member."
  type        = string
}

variable "labels" {
  description = "Labels of everything that has labels."
  type        = map(string)
}

variable "deletion_protection" {
  description = "Refuses to delete the service."
  type        = bool
}
