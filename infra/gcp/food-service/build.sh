#!/usr/bin/env bash
# Builds the image of food, pushes it, and writes its digest to ../images.auto.tfvars: `terraform apply` deploys it.
exec "$(dirname "$0")/../build-image.sh" food
