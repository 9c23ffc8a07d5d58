namespace Agents.Cli.Tests.Fakes;

/// <summary>Answers as the controller writes them.</summary>
internal static class Sample
{
    /// <summary>The id of the operation.</summary>
    public const string OperationId = "0192f0c1-0000-7000-8000-000000000001";

    /// <summary>The id of the cluster.</summary>
    public const string ClusterId = "0192f0c1-0000-7000-8000-00000000000c";

    /// <summary>A host that works, with things that deserve a look.</summary>
    public static string Host(string name, string more = "") => $$"""
        {"id":"id-{{name}}","project":"default","name":"{{name}}","labels":{"rack":"a"},"generation":1,"etag":"1","cordoned":false,"state":"ready",
        "facts":{"hostname":"{{name}}","operating_system":"Debian GNU/Linux 12","kernel_version":"6.1.0","architecture":"amd64","cpus":2,"memory_bytes":25769803776,
        "memory_available_bytes":21474836480,"docker":{"reachable":true,"version":"20.10.24","api_version":"1.41","storage_driver":"overlay2","cgroup_version":1,"live_restore":false},
        "disk_bytes":53687091200,"disk_free_bytes":16106127360,"clock":"2026-11-22T06:00:00Z","cluster_address":"10.89.0.11","client_address":"10.89.0.11","port_first":20000,
        "port_last":20999,"network_pool":"10.90.0.0/16","labels":{},"boot_id":"b"},"warnings":["live-restore is off"],"agent_version":"0.1.0",
        "enrolled_at":"2026-11-22T05:00:00Z","last_seen_at":"2026-11-22T05:59:58Z","certificate_not_after":"2026-12-22T05:00:00Z","instance_count":3{{more}}}
        """.ReplaceLineEndings("");

    /// <summary>A host that was never heard since the start.</summary>
    public const string SilentHost =
        """{"id":"id-h9","project":"default","name":"h9","labels":{},"generation":2,"etag":"2","cordoned":true,"state":"disconnected","state_reason":"not heard for 2 minutes","warnings":[],"enrolled_at":"2026-11-22T05:00:00Z","instance_count":0}""";

    /// <summary>A cluster of three nodes that runs.</summary>
    public static string Cluster(string name = "demo", string project = "default") => $$"""
        {"id":"{{ClusterId}}","project":"{{project}}","name":"{{name}}","labels":{"team":"shop"},"generation":1,"etag":"1","spec":{"node_count":3},
        "status":{"phase":"running","conditions":[{"type":"Writable","status":"True","reason":"PrimaryRunning","message":"demo-1 takes writes"},
        {"type":"Converged","status":"False","reason":"ReplicaBehind","message":"demo-3 is behind"}],"observed_generation":1,
        "effective":{"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum","bootstrap":{"database":"app","owner":"app","encoding":"UTF8","locale":"C.UTF-8"},
        "proxies":{"count":2},"placement":{"strict":true},"resources":{"memory_bytes":536870912,"disk_bytes":1073741824},"deletion_protection":true},
        "nodes":[{"instance_id":"i1","name":"{{name}}-1","host":"h1","role":"primary","state":"running","timeline":1,"address":"10.89.0.11:20000"},
        {"instance_id":"i2","name":"{{name}}-2","host":"h2","role":"replica","state":"streaming","lag_bytes":0,"lag_seconds":0,"timeline":1,"address":"10.89.0.12:20000","sync_state":"quorum"},
        {"instance_id":"i3","name":"{{name}}-3","host":"h3","role":"replica","state":"starting","lag_bytes":1572864,"lag_seconds":2.5,"timeline":1,"address":"10.89.0.13:20000","sync_state":"async"}],
        "instances":[{"instance_id":"i4","kind":"etcd","name":"{{name}}-etcd-4","host":"h1","state":"running","address":"10.89.0.11:20001"},
        {"instance_id":"i7","kind":"haproxy","name":"{{name}}-proxy-7","host":"h1","state":"missing","address":"10.89.0.11:20010"}],
        "endpoints":[{"role":"read_write","address":"10.89.0.11","port":20010},{"role":"read_write","address":"10.89.0.12","port":20010},
        {"role":"read_only","address":"10.89.0.11","port":20011},{"role":"read_only","address":"10.89.0.12","port":20011}],
        "connection_string":"postgresql://app@10.89.0.11:20010,10.89.0.12:20010/app?sslmode=require&target_session_attrs=read-write",
        "revision":"1","image_set":"2026.11.1","observed_at":"2026-11-22T05:59:59Z",
        "held":[{"instance":"{{name}}-proxy-7","reason":"IMAGE_MISSING","message":"its container is missing, and that could not be mended: the image is not there","since":"2026-11-22T05:55:00Z"}]},"created_at":"2026-11-22T03:00:00Z"}
        """.ReplaceLineEndings("");

    /// <summary>A cluster that nothing is known of yet.</summary>
    public const string NewCluster =
        """{"id":"c2","project":"default","name":"fresh","labels":{},"generation":1,"etag":"1","spec":{},"status":{"phase":"creating","conditions":[],"observed_generation":1,"effective":{"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum","deletion_protection":false},"nodes":[],"instances":[],"endpoints":[],"revision":"1","image_set":"2026.11.1"},"created_at":"2026-11-22T05:59:00Z"}""";

    /// <summary>An operation with two steps.</summary>
    public static string Operation(string state, string first, string second, string more = "", string kind = "postgres.cluster.create") => $$"""
        {"id":"{{OperationId}}","kind":"{{kind}}","project":"default","resource_id":"{{ClusterId}}","resource_name":"demo","state":"{{state}}",
        "steps":[{"name":"place","state":"{{first}}","message":"3 nodes on h1, h2, h3","started_at":"2026-11-22T05:59:50Z","ended_at":"2026-11-22T05:59:50.4Z"},
        {"name":"start etcd","state":"{{second}}","message":"2 of 3 members answer","started_at":"2026-11-22T05:59:51Z"}],
        "cancellable":true,"principal":"admin","source_address":"127.0.0.1","created_at":"2026-11-22T05:59:50Z","updated_at":"2026-11-22T05:59:51Z","warnings":[]{{more}}}
        """.ReplaceLineEndings("");

    /// <summary>The plan of a cluster.</summary>
    public const string Plan =
        """{"instances":[{"kind":"postgres","name":"demo-1","host":"h1","ports":{"postgres":20000,"rest":20001},"reason":"most free memory"},{"kind":"etcd","name":"demo-etcd-4","host":"h2","ports":{"client":20002},"reason":"another host"}],"warnings":["two nodes share host h1: placement.strict is false"],"hosts":[{"host":"h1","feasible":true,"reasons":[]},{"host":"h3","feasible":false,"reasons":["it is cordoned","no free port"]}],"effective":{"engine":"patroni","postgres_version":"17","node_count":3,"durability":"quorum"},"revision":"1","image_set":"2026.11.1"}""";

    /// <summary>The answer to a create.</summary>
    public static string Created { get; } = $$"""{"operation":{{Operation("running", "succeeded", "running")}},"cluster":{{NewCluster}},"plan":{{Plan}}}""";

    /// <summary>Credentials with a password that needs quoting everywhere.</summary>
    public const string Credentials =
        """{"role":"app","password":"p'a;s s/w=%\"ö","version":1,"database":"app","connection_string":"postgresql://app:x@h/app","ca_pem":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}""";
}
