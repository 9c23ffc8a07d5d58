# What a lab has, for people and programs.

# engine_facts HOST: the engine's version and API version as JSON; null where it does not answer.
engine_facts() { curl -s --max-time 5 --unix-socket "$(socket_of "$1")" http://engine/version 2>/dev/null | jq -c '{version: .Version, api_version: .ApiVersion}' | grep . || echo null; }

list() {
    local host json=false
    [ $# = 0 ] || { [ "$*" = --json ] || usage; json=true; }
    for host in $(hosts); do
        jq -cn --arg name "$host" --arg address "$(address_of "$host")" --arg socket "$(socket_of "$host")" \
            --arg namespace "/run/netns/$(namespace_of "$host")" --arg pool "$(pool_of "$host")" --arg data "$data/$host" --argjson engine "$(engine_facts "$host")" \
            '{name: $name, address: $address, socket: $socket, namespace: $namespace, pool: $pool, data: $data, engine: $engine}'
    done | if $json; then jq -s .; else
        jq -r '[.name, .address, (.engine // "down" | if type == "object" then "\(.version) (API \(.api_version))" else . end), .socket, .namespace] | @tsv' | { printf 'HOST\tADDRESS\tENGINE\tSOCKET\tNAMESPACE\n'; cat; } | column -t -s $'\t'
    fi
}

environment() {
    local host upper
    printf '%s=%q\n' LAB_NAME "$name" LAB_NETWORK "$(network).0/24" LAB_CONTROLLER_ADDRESS "$(address_of controller)" \
        LAB_FOREIGN_ADDRESS "$(address_of foreign)" LAB_HOSTS "$(hosts | paste -sd' ')"
    for host in $(hosts); do
        upper=LAB_${host^^}
        printf '%s=%q\n' "${upper}_ADDRESS" "$(address_of "$host")" "${upper}_SOCKET" "$(socket_of "$host")" "${upper}_DOCKER_HOST" "unix://$(socket_of "$host")" \
            "${upper}_NETNS" "/run/netns/$(namespace_of "$host")" "${upper}_POOL" "$(pool_of "$host")" "${upper}_DATA" "$data/$host" "${upper}_CGROUP" "/$cgroup/$host"
    done
}
