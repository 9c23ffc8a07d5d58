# The network of a lab: a switch in a namespace of its own, and a cable from it to each host, to this machine's own namespace
# and to the foreign one. With the switch in its own namespace nothing of it meets this machine's packet filter (whose FORWARD
# policy a Docker Engine sets to DROP), and when that namespace goes, the switch, the cables and the lost packets go with it.

# choose_network: LAB_SUBNET, or the first 10.77.N; no lab and no interface of this machine has it.
choose_network() {
    [ ! -s "$state/network" ] || return 0
    local wanted=${LAB_SUBNET:-} chosen= n
    exec 8>"$lab_root/.networks"; flock 8
    if [ -n "$wanted" ]; then
        [[ $wanted =~ ^(([0-9]{1,3}\.){2}[0-9]{1,3})\.0/24$ ]] || { say "LAB_SUBNET=$wanted: only a /24 as in 10.77.5.0/24"; exit 2; }
        network_is_free "${BASH_REMATCH[1]}" || { say "LAB_SUBNET=$wanted: another lab or an interface has it"; exit 2; }
        chosen=${BASH_REMATCH[1]}
    else
        for n in $(seq 0 255); do ! network_is_free "10.77.$n" || { chosen=10.77.$n; break; }; done
        [ -n "$chosen" ] || fail "no network of 10.77.* is free: set LAB_SUBNET"
    fi
    echo "$chosen" >"$state/network.part"; mv "$state/network.part" "$state/network"
    exec 8>&-
}
network_is_free() {
    local taken; taken=$(cat "$lab_root"/*/network 2>/dev/null || true; ip -4 -o address show)
    ! grep -qE "(^|[^0-9.])${1//./\\.}(\.|$)" <<<"$taken"
}

# a_namespace NAME: makes it where it is not, or is the empty file that a killed `ip netns add` leaves.
a_namespace() {
    if [ -e "/run/netns/$1" ] && ! nsenter --net="/run/netns/$1" true 2>/dev/null; then rm -f "/run/netns/$1"; fi
    [ -e "/run/netns/$1" ] || ip netns add "$1"
    ip -n "$1" link set lo up
}

# switch_on: the switch has an address only to answer at once that there is no way out of the lab.
switch_on() {
    a_namespace "$switch"
    ip -n "$switch" link show lan >/dev/null 2>&1 || ip -n "$switch" link add lan type bridge
    ip -n "$switch" address replace "$(network).254/24" dev lan
    ip -n "$switch" link set lan up
    nsenter --net="/run/netns/$switch" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; f=/proc/sys/net/bridge/bridge-nf-call-iptables; [ ! -e $f ] || echo 0 >$f'
    faults_table
    if ! ip link show "$controller_link" >/dev/null 2>&1; then
        ip link add "$controller_link" type veth peer name ctl netns "$switch"
    fi
    plug ctl
    ip address replace "$(address_of controller)/24" dev "$controller_link"
    ip link set "$controller_link" up
}

plug() { ip -n "$switch" link set "$1" master lan up; }

# connect PEER: a namespace with one interface, on the switch.
connect() {
    local peer=$1 namespace; namespace=$(namespace_of "$1")
    a_namespace "$namespace"
    ip -n "$namespace" link show eth0 >/dev/null 2>&1 || ip -n "$switch" link add "$peer" type veth peer name eth0 netns "$namespace"
    plug "$peer"
    ip -n "$namespace" address replace "$(address_of "$peer")/24" dev eth0
    ip -n "$namespace" link set eth0 up
    ip -n "$namespace" route replace default via "$(network).254"
}

# enter PEER CMD…: everything but the network stays this machine's (`ip netns exec` would hide the cgroup mounts).
enter() {
    local peer=$1; shift
    [ "$peer" != controller ] || exec "$@"
    [ "$peer" = foreign ] || { a_host "$peer"; export DOCKER_HOST; DOCKER_HOST=unix://$(socket_of "$peer"); }
    [ -e "/run/netns/$(namespace_of "$peer")" ] || fail "lab $name has no namespace $peer"
    exec nsenter --net="/run/netns/$(namespace_of "$peer")" -- "$@"
}

foreign() {
    case ${1:-} in
        up) locked; network >/dev/null; connect foreign ;;
        exec) shift; [ $# -gt 0 ] || usage; enter foreign "$@" ;;
        down) locked; remove_namespace "$(namespace_of foreign)" ;;
        *) usage ;;
    esac
}
