# Image sets (deploy/images/build) on the lab's hosts.

# load_images HOST DIR: loads each archive of the set that the host has not. The marker is written last, and counts only while the image is there.
load_images() {
    local host=$1 directory=$2 reference archive sha256 marker
    mkdir -p "$data/$host/loaded"
    while IFS=$'\t' read -r reference archive sha256; do
        marker=$data/$host/loaded/$sha256
        if [ -e "$marker" ] && engine_client "$host" image inspect "$reference" >/dev/null 2>&1; then continue; fi
        engine_client "$host" load --quiet --input "$directory/$archive" >/dev/null || fail "$host cannot load $directory/$archive"
        : >"$marker"
    done < <(jq -r '.images[] | [.reference, .archive, .archive_sha256] | @tsv' "$directory/images.json")
}

engine_client() { local host=$1; shift; docker --host "unix://$(socket_of "$host")" "$@"; }
