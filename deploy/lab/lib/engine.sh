# A host's Docker Engine: a containerd and a dockerd of its own. Hosts share no daemon, so each can fail alone.

# engine_path: the programs of the engine that was asked for; containerd is Debian's for both.
engine_path() {
    local version; version=$(cat "$state/engine")
    [ "$version" = 29 ] || { echo "$PATH"; return; }
    local folder=/var/tmp/agents-test/bin/docker29 unpack
    if [ ! -x "$folder/dockerd" ]; then
        unpack=$(cd "$here/../.." && git rev-parse --path-format=absolute --git-common-dir 2>/dev/null | sed 's#/[^/]*/.git$##')/shared/bin/unpack
        [ -x "$unpack" ] || impossible "Docker Engine 29 is not on this machine ($folder): leave out --engine"
        "$unpack" >/dev/null
    fi
    echo "$folder:$PATH"
}

# start_engine HOST: starts what does not run of it, and waits until it answers. Safe to repeat.
start_engine() {
    local host=$1 path; path=$(engine_path)
    mkdir -p "$state/$host" "$data/$host"
    if [ -z "$(program_pid "$host" containerd)" ]; then
        [ -z "$(program_pid "$host" dockerd)" ] || kill_all program_pid "$host" dockerd
        clear_after_power_loss "$host"
        containerd_configuration "$host" >"$state/$host/containerd.toml"
        PATH=$path daemon "$host" containerd --config "$state/$host/containerd.toml"
        wait_for "$host" containerd test -S "$state/$host/containerd.sock"
    fi
    if [ -z "$(program_pid "$host" dockerd)" ]; then
        daemon_settings "$host"
        rm -f "$state/$host/docker.pid"
        # shellcheck disable=SC2046
        PATH=$path daemon "$host" dockerd $(dockerd_flags "$host")
    fi
    wait_for "$host" dockerd answers "$host"
}

answers() { [ "$(curl -s --max-time 5 --unix-socket "$(socket_of "$1")" http://engine/_ping 2>/dev/null)" = OK ]; }

# daemon HOST PROGRAM…: in the host's network namespace, in a session of its own, without what this script has open.
daemon() {
    local host=$1; shift
    (alone setsid -f nsenter --net="/run/netns/$(namespace_of "$host")" -- "$@") </dev/null >>"$state/$host/$1.log" 2>&1
}

wait_for() {
    local host=$1 program=$2 limit=$((SECONDS + 60)) alive=$((SECONDS + 2)); shift 2
    until "$@"; do
        if [ $SECONDS -ge $limit ] || { [ $SECONDS -ge $alive ] && [ -z "$(program_pid "$host" "$program")" ]; }; then
            tail -n 8 "$state/$host/$program.log" >&2
            fail "$program of $host does not come up, see $state/$host/$program.log"
        fi
        sleep 0.1
    done
}

# The plug-ins left out are those that dockerd does not use and that would reach beyond the lab's folders (opt: /opt/containerd).
containerd_configuration() {
    cat <<T
version = 2
root = "$data/$1/containerd"
state = "$state/$1/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
address = "$state/$1/containerd.sock"
[debug]
level = "warn"
T
}

# dockerd_flags HOST: networks that no other host of the lab has: 10.(100+k).0.0/24 docker0, .64.0/18 for an agent's pool, .128.0/17 Docker's own.
dockerd_flags() {
    local host=$1 net; net=10.$((100 + $(number_of "$1")))
    echo "--host unix://$(socket_of "$host") --pidfile $state/$host/docker.pid --config-file $state/$host/daemon.json" \
        "--containerd $state/$host/containerd.sock --data-root $data/$host/docker --exec-root $state/$host/exec" \
        "--bip $net.0.1/24 --default-address-pool base=$net.128.0/17,size=24 --log-level warn" \
        "--exec-opt native.cgroupdriver=cgroupfs --cgroup-parent /$cgroup/$host"
    # Engine 29 keeps its own choice, which is containerd's image store.
    [ "$(cat "$state/engine")" = 29 ] || echo "--storage-driver overlay2"
}

# daemon_settings HOST: what an engine takes over while it runs, too. All else is as Docker has it by default, as on users' machines.
daemon_settings() {
    local live=false
    [ ! -e "$state/live-restore" ] && [ ! -e "$state/$1/live-restore" ] || live=true
    echo "{\"live-restore\": $live}" >"$state/$1/daemon.json"
}

verb_live_restore() {
    local host=${1:-} pid
    [ $# = 2 ] || usage
    a_host "$host"
    case $2 in on) : >"$state/$host/live-restore" ;; off) rm -f "$state/$host/live-restore" ;; *) usage ;; esac
    daemon_settings "$host"
    pid=$(program_pid "$host" dockerd)
    [ -z "$pid" ] || kill -HUP "$pid"
}
pool_of() { echo "10.$((100 + $(number_of "$1"))).64.0/18"; }

# clear_after_power_loss HOST: what a reboot clears and a SIGKILL leaves: mounts, state below /run, bridges, packet filter rules.
clear_after_power_loss() {
    local host=$1 namespace link; namespace=$(namespace_of "$host")
    kill_all container_pids "$host"
    unmount "$state/$host"
    unmount "$data/$host"
    remove_shim_sockets "$host"
    rm -rf "$state/$host/containerd" "$state/$host/exec" "$state/$host"/{docker,containerd}.sock*
    for link in $(ip -n "$namespace" -o link show type bridge | awk -F': ' '{ print $2 }'); do ip -n "$namespace" link delete "$link"; done
    nsenter --net="/run/netns/$namespace" nft flush ruleset
}

# remove_shim_sockets HOST: containerd keeps its shims' sockets outside of its state folder.
remove_shim_sockets() {
    [ -d "$state/$1/containerd" ] || return 0
    find "$state/$1/containerd" -name address -type f -exec awk '/^unix:\/\/\/run\/containerd\/s\/[0-9a-f]+$/ { print substr($0, 8) }' {} + 2>/dev/null | xargs -r rm -f
}
