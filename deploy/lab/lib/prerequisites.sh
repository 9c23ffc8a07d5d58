# What a lab needs of its machine.

# shellcheck source=/dev/null
. "$here/../prerequisites"
missing() { impossible "$@"; }

prerequisites() {
    as_root
    need_lab
    namespaces
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
