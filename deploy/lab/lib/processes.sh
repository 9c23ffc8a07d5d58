# The processes of a lab, found by what they are in (its namespaces, its cgroups), never by a recorded pid, which may be another process by now.

# namespaces_of_lab: every network namespace of this lab, whole or half made.
namespaces_of_lab() {
    [ ! -d /run/netns ] || find /run/netns -mindepth 1 -maxdepth 1 -printf '%f\n' | grep -E "^$name-(net|foreign|h[0-9]+)$" || true
}

# engine_pids HOST: dockerd, containerd and its shims, which are in the host's namespace (as other programs may be).
engine_pids() {
    local pid program
    for pid in $(ip netns pids "$(namespace_of "$1")" 2>/dev/null); do
        program=$(readlink "/proc/$pid/exe" 2>/dev/null) || continue
        case ${program##*/} in dockerd | containerd | containerd-shim* | runc | docker-proxy) echo "$pid" ;; esac
    done
}

# program_pid HOST PROGRAM: the host's dockerd or containerd, by the folder that its command line names.
program_pid() {
    local pid program
    for pid in $(engine_pids "$1"); do
        program=$(readlink "/proc/$pid/exe" 2>/dev/null) || continue
        # A child between fork and exec is a copy of its parent: the parent, older, comes first.
        if [ "${program##*/}" = "$2" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$state/$1/"; then echo "$pid"; return; fi
    done
}

# cgroup_folders BELOW: that cgroup in every hierarchy (v1 has many, v2 one).
cgroup_folders() { find /sys/fs/cgroup /sys/fs/cgroup/* -maxdepth 0 -type d -exec test -d "{}/$1" \; -printf "%p/$1\n" 2>/dev/null; }

# container_pids [HOST]
container_pids() {
    local folder
    for folder in $(cgroup_folders "$cgroup${1:+/$1}"); do find "$folder" -name cgroup.procs -exec cat {} + 2>/dev/null; done | sort -nu
}

# kill_all LISTING…: SIGKILL to all that the command lists, in that order, until it lists nothing more.
kill_all() {
    local pids limit=$((SECONDS + 20))
    while pids=$("$@") && [ -n "$pids" ]; do
        # shellcheck disable=SC2086
        kill -KILL $pids 2>/dev/null || true
        [ $SECONDS -lt $limit ] || fail "cannot be killed: $(tr '\n' ' ' <<<"$pids")"
        sleep 0.05
    done
}

# unmount BELOW: everything mounted below that folder, the innermost first.
unmount() {
    local point
    awk -v below="$1/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | tac | while read -r point; do
        umount "$(printf %b "$point")" 2>/dev/null || umount -l "$(printf %b "$point")" 2>/dev/null || true
    done
}
