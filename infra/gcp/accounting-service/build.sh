#!/usr/bin/env bash
# Builds and pushes the image of accounting and writes its digest to ../images.auto.tfvars. `terraform apply` then deploys the image.
exec "$(dirname "$0")/../build-image.sh" accounting
