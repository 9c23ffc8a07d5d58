# What a lab needs of its machine.

prerequisites() {
    as_root
    require ip iproute2 "ip, which makes namespaces and links"
    require nft nftables "nft, which loses packets on request"
    require iptables iptables "iptables, which the engines use"
    require curl curl "curl, which asks an engine whether it is up"
    require jq jq "jq, which reads and writes JSON"
    require dockerd docker.io "the Docker Engine"
    require containerd containerd "containerd, which runs an engine's containers"
    namespaces
}

# require COMMAND PACKAGE WHAT: installs it from Debian where it is missing.
require() {
    ! command -v "$1" >/dev/null || return 0
    command -v apt-get >/dev/null || impossible "$3, is missing and there is no apt-get here: install $1 and try again"
    say "installing $2: $3"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"; } >&2 || impossible "$2 could not be installed"
}

namespaces() {
    local help="use a machine of its own (a virtual machine will do), or a container started with --privileged"
    unshare --net --mount true 2>/dev/null || impossible "network namespaces cannot be made here (no CAP_SYS_ADMIN): $help"
    mkdir -p /run/netns 2>/dev/null && [ -w /run/netns ] || impossible "/run/netns cannot be written: $help"
    unshare --net sh -c 'ip link add v1 type veth peer name v2 && ip link add v3 type bridge' 2>/dev/null \
        || impossible "this kernel has no veth or bridge devices (modprobe veth bridge), or they are not allowed: $help"
    unshare --net nft add table bridge t 2>/dev/null || impossible "this kernel has no nftables for bridges (modprobe nf_tables_bridge): $help"
    grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || impossible "this kernel has no overlay file system: $help"
}
