variable "name" {
  description = "The name of the service: food or accounting."
  type        = string
}

variable "project_id" {
  description = "The id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "The region of the service and its repository."
  type        = string
}

variable "image_digest" {
  description = "The image's digest in the service's repository. If null, the repository is created, but no Cloud Run service."
  type        = string
}

variable "vpc_access" {
  description = "The access to a VPC network: a connector, or a subnet for Direct VPC egress."
  type = object({
    connector = optional(string)
    subnet = optional(object({
      network    = string
      subnetwork = string
    }))
  })
}

variable "max_instances" {
  description = "The maximum number of instances."
  type        = number
}

variable "public_access" {
  description = "Whether everyone may call the service."
  type        = bool
}

variable "invokers" {
  description = "IAM members that may call the service if public_access is false."
  type        = list(string)
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
}

variable "build_account" {
  description = "The IAM member that pushes images."
  type        = string
}

variable "labels" {
  description = "The labels of all resources that support labels."
  type        = map(string)
}

variable "deletion_protection" {
  description = "Prevents deletion of the service."
  type        = bool
}
