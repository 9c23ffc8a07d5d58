# Removes a lab. It starts from names alone and takes nothing for granted, so it is right after an up that was killed anywhere, and twice.

down() {
    local namespace host
    end_changes
    kill_all lab_pids
    unmount "$state"
    unmount "$data"
    for host in $(hosts); do remove_shim_sockets "$host"; done
    for namespace in $(namespaces_of_lab); do remove_namespace "$namespace"; done
    ip link delete "$controller_link" 2>/dev/null || true
    remove_cgroups
    remove_folder "$data"
    remove_folder "$state"
    rm -f "$state.lock"
    [ -n "$(find "$lab_root" -mindepth 1 ! -name .networks -print -quit)" ] || rm -f "$lab_root/.networks"
    rmdir "$lab_root" "$data_root" 2>/dev/null || true
}

lab_pids() {
    local namespace
    for namespace in $(namespaces_of_lab); do ip netns pids "$namespace" 2>/dev/null || true; done
    container_pids
}

# end_changes: who still changes the lab holds its lock. That is an up that was killed and has left children, or one that the user wants no more.
end_changes() {
    mkdir -p "$lab_root"
    exec 9>>"$state.lock"
    if ! flock -n 9; then
        kill_all lock_holders
        flock 9
    fi
}

lock_holders() {
    find /proc/[0-9]*/fd -maxdepth 1 -lname "$state.lock" 2>/dev/null | cut -d/ -f3 | sort -nu | while read -r pid; do
        [ "$pid" = $$ ] || is_mine "$pid" || echo "$pid"
    done
}

# is_mine PID: a child of this script, as the ones that list processes are.
is_mine() {
    local pid=$1
    while [ -n "$pid" ] && [ "$pid" -gt 1 ]; do
        [ "$pid" != $$ ] || return 0
        pid=$(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$pid/stat" 2>/dev/null) || return 0
    done
    return 1
}

# remove_namespace NAME: its links first: the kernel takes its time with those of a namespace that is gone.
remove_namespace() {
    local link
    if [ ! -e "/run/netns/$1" ]; then return; fi
    for link in $(ip -n "$1" -o link show 2>/dev/null | awk -F': ' '{ sub(/@.*/, "", $2); print $2 }'); do
        [ "$link" = lo ] || ip -n "$1" link delete "$link" 2>/dev/null || true
    done
    ip netns delete "$1" 2>/dev/null || { umount -l "/run/netns/$1" 2>/dev/null || true; rm -f "/run/netns/$1"; }
}

# remove_cgroups: a cgroup is busy for a moment after its last process died.
remove_cgroups() {
    local folder limit=$((SECONDS + 5))
    for folder in $(cgroup_folders "$cgroup"); do
        until find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || [ ! -d "$folder" ]; do
            [ $SECONDS -lt $limit ] || fail "$folder cannot be removed"
            sleep 0.05
        done
        rmdir "${folder%/*}" 2>/dev/null || true
    done
}

remove_folder() {
    [ -d "$1" ] || return 0
    ! grep -qF " $1/" /proc/self/mountinfo || fail "something is still mounted below $1"
    rm -rf --one-file-system "$1"
}
