# Faults, on request. Packets are lost at the switch's ports: the host's own stack sees neither an error nor a reset.

# faults_table: who is in a set has the fault, so that every fault is one atomic change and safe to repeat. Addresses still resolve (ARP), as behind a router.
faults_table() {
    nsenter --net="/run/netns/$switch" nft -f - <<'N'
table bridge faults {
    set dropped { type ifname; }
    set blocked { type ifname . ipv4_addr . inet_service; }
    chain from_port {
        type filter hook prerouting priority -300; policy accept;
    }
    chain to_port {
        type filter hook postrouting priority 300; policy accept;
    }
}
flush chain bridge faults from_port
flush chain bridge faults to_port
table bridge faults {
    chain from_port {
        ether type { ip, ip6 } iifname @dropped drop
        meta l4proto { tcp, udp } iifname . ip daddr . th dport @blocked drop
    }
    chain to_port {
        ether type { ip, ip6 } oifname @dropped drop
    }
}
N
}

faults() { nsenter --net="/run/netns/$switch" nft "$@"; }

# port_of PEER: its port of the switch.
port_of() {
    case $1 in
        controller) echo ctl ;;
        foreign) echo foreign ;;
        *) a_host "$1"; echo "$1" ;;
    esac
}

verb_drop() { [ $# = 1 ] || usage; faults add element bridge faults dropped "{ \"$(port_of "$1")\" }"; }
verb_heal() {
    [ $# -le 1 ] || usage
    if [ $# = 0 ]; then faults flush set bridge faults dropped; verb_unblock; return; fi
    faults delete element bridge faults dropped "{ \"$(port_of "$1")\" }" 2>/dev/null || true
}

verb_block() { [ $# = 3 ] || usage; faults add element bridge faults blocked "{ $(blocking "$@") }"; }
verb_unblock() {
    [ $# = 0 ] || [ $# = 3 ] || usage
    if [ $# = 0 ]; then faults flush set bridge faults blocked; return; fi
    faults delete element bridge faults blocked "{ $(blocking "$@") }" 2>/dev/null || true
}
blocking() { echo "\"$(port_of "$1")\" . $(address_of "$2") . $3"; }

verb_start() { [ $# = 1 ] || usage; a_host "$1"; locked; start_engine "$1"; }

verb_stop_engine() {
    local host=${1:-} pid limit=$((SECONDS + 60))
    [ $# = 1 ] || { [ $# = 2 ] && [ "$2" = --hard ]; } || usage
    a_host "$host"
    if [ $# = 2 ]; then kill_all program_pid "$host" dockerd; return; fi
    pid=$(program_pid "$host" dockerd)
    [ -n "$pid" ] || return 0
    kill -TERM "$pid"
    while [ -n "$(program_pid "$host" dockerd)" ]; do [ $SECONDS -lt $limit ] || fail "dockerd of $host does not stop"; sleep 0.1; done
}

# kill: the engine's processes first, so that none of them sees a container die and starts it again.
verb_kill() {
    local host=${1:-}
    [ $# = 1 ] || { [ $# = 2 ] && [ "$2" = --silent ]; } || usage
    a_host "$host"
    [ $# = 1 ] || verb_drop "$host"
    kill_all host_pids "$host"
}
host_pids() { engine_pids "$1"; container_pids "$1"; }
