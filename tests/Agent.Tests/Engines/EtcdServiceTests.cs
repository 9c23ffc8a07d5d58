using System.Diagnostics;
using Agents.Domain.Kinds;
using Agents.Protocol;
using Agents.Testing.Engines;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Agent.Tests.Engines;

/// <summary>EtcdService on real members: for each test three of its own, of which some are stopped.</summary>
[Collection(PatroniCollection.Name)]
[Trait("Category", "Engine")]
public sealed class EtcdServiceTests : IAsyncLifetime
{
    private EngineCluster _cluster = null!;
    private EngineAgent? _agent;

    private static CallOptions Soon => PatroniFixture.Soon;

    private EngineAgent Agent => _agent ?? throw new InvalidOperationException("the agent is not started");

    private EngineContainer First => _cluster.Etcd[0];

    public async Task InitializeAsync()
    {
        _cluster = await EngineCluster.CreateAsync();
        try
        {
            await _cluster.StartEtcdAsync(3);
            _agent = await EngineAgent.StartAsync(_cluster.Network);
            await HealthyAsync();
        }
        catch
        {
            await DisposeAsync(); // xunit does not, after a failed start.
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_agent is not null)
            await _agent.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task GetKeys_OneAndPrefix_ReadsThemInOrder()
    {
        await PutAsync("/a/2", "two");
        await PutAsync("/a/1", "one");
        await PutAsync("/b", "");

        var one = await KeysAsync("/a/1");
        var prefix = await KeysAsync("/a/", prefix: true);
        var empty = await KeysAsync("/b");
        var none = await KeysAsync("/c");

        Assert.Equal("one", Assert.Single(one.Keys).Value.ToStringUtf8());
        Assert.Equal(["/a/1", "/a/2"], prefix.Keys.Select(key => key.Key));
        Assert.True(Assert.Single(empty.Keys).Value.IsEmpty);
        Assert.Empty(none.Keys);
        Assert.True(none.Revision >= empty.Keys[0].ModRevision);
    }

    [Fact]
    public async Task CompareAndDelete_OnlyAsExpected_DeletesOnce()
    {
        await PutAsync("/lead", "demo-1");
        var old = Assert.Single((await KeysAsync("/lead")).Keys);
        await PutAsync("/lead", "demo-1");
        var key = Assert.Single((await KeysAsync("/lead")).Keys);

        Assert.False(await DeleteAsync("/lead", "demo-1", old.ModRevision));
        Assert.False(await DeleteAsync("/lead", "demo-2", key.ModRevision));
        Assert.True(await DeleteAsync("/lead", "demo-1", key.ModRevision));
        Assert.False(await DeleteAsync("/lead", "demo-1", key.ModRevision));
        Assert.Empty((await KeysAsync("/lead")).Keys);
    }

    [Fact]
    public async Task ListMembers_AllThree_WithTheirAddresses()
    {
        var answer = await Agent.Etcd.ListMembersAsync(new ListMembersRequest { InstanceId = First.InstanceId }, Soon);

        Assert.Equal(_cluster.Etcd.Select(member => member.Member).Order(), answer.Members.Select(member => member.Name).Order());
        var first = answer.Members.Single(member => member.Name == First.Member);
        Assert.Equal([$"https://{_cluster.Network.Address}:{First.Ports[PortNames.EtcdClient]}"], first.ClientUrls);
        Assert.Equal([$"https://{_cluster.Network.Address}:{First.Ports[KindProfile.EtcdPeerPort]}"], first.PeerUrls);
        Assert.False(first.Learner);
        Assert.Equal(first.Id, (await StatusAsync(First)).MemberId);
    }

    [Fact]
    public async Task QuorumLost_MemberAnswersAndSaysSo_UntilItIsBack()
    {
        var healthy = await StatusAsync(First);
        await DockerCommand.RunAsync("stop", "--time", "5", _cluster.Etcd[1].Name, _cluster.Etcd[2].Name);

        GetEtcdStatusResponse alone;
        TimeSpan took;
        do
        {
            var from = Stopwatch.GetTimestamp();
            alone = await StatusAsync(First);
            took = Stopwatch.GetElapsedTime(from);
        }
        while (alone.LeaderId.Length > 0);
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.NoQuorum, () => KeysAsync("/a"));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.NoQuorum, () => DeleteAsync("/a", "x", 1));
        await RefusedAsync(StatusCode.Unavailable, ErrorReasons.EtcdUnreachable, () => StatusAsync(_cluster.Etcd[1]));
        await DockerCommand.RunAsync("start", _cluster.Etcd[1].Name);
        await HealthyAsync();

        Assert.True(healthy.Healthy);
        Assert.StartsWith("3.5.", healthy.Version, StringComparison.Ordinal);
        Assert.NotEmpty(healthy.LeaderId);
        Assert.True(healthy is { RaftTerm: > 0, RaftIndex: > 0, DatabaseBytes: > 0 });
        Assert.False(alone.Healthy);
        Assert.True(took < TimeSpan.FromSeconds(2), $"a member without a leader took {took} to say so: a read would have waited three seconds for one");
    }

    [Fact]
    public async Task Member_AddedPromotedAndAnotherRemoved_TheClusterAgreesAllTheWay()
    {
        var joining = _cluster.NewEtcd();
        var url = $"https://{_cluster.Network.Address}:{joining.Ports[KindProfile.EtcdPeerPort]}";

        var added = await SettledAsync(() => AddAsync(url));
        Assert.True(added.Member.Learner);
        Assert.Equal(4, added.Members.Count);
        Assert.Equal(added.Member.Id, (await AddAsync(url)).Member.Id);
        Assert.False(await PromoteAsync(added.Member.Id)); // It was never started, so it has no data.
        await _cluster.JoinEtcdAsync(joining);
        await VotesAsync(added.Member.Id);
        Assert.True(await PromoteAsync(added.Member.Id));

        var second = (await MembersAsync()).Single(member => member.Name == _cluster.Etcd[1].Member);
        Assert.True(await SettledAsync(() => RemoveAsync(second.Id)));
        Assert.False(await RemoveAsync(second.Id));
        Assert.Equal([_cluster.Etcd[0].Member, _cluster.Etcd[2].Member, joining.Member], (await MembersAsync()).Select(member => member.Name).Order());
        await HealthyAsync(joining); // The one that was removed may have led: the others elect first.
    }

    [Fact]
    public async Task RemoveMember_ThatWouldCostTheQuorum_IsRefused()
    {
        var members = (await MembersAsync()).ToDictionary(member => member.Name, member => member.Id);
        var learner = (await SettledAsync(() => AddAsync($"https://{_cluster.Network.Address}:1"))).Member.Id;
        Assert.True(await RemoveAsync(learner));
        await DockerCommand.RunAsync("stop", "--time", "5", _cluster.Etcd[2].Name);

        // Two of three answer: one of them less and nobody agrees any more. The one that is away may go.
        var refusal = await Assert.ThrowsAsync<RpcException>(() => RemoveAsync(members[_cluster.Etcd[1].Member]));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(3, (await MembersAsync()).Count);
        Assert.True(await SettledAsync(() => RemoveAsync(members[_cluster.Etcd[2].Member])));
        Assert.True(await SettledAsync(() => RemoveAsync(members[_cluster.Etcd[1].Member])));
        await HealthyAsync();
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.EtcdRefused, () => RemoveAsync(members[First.Member]));
        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.EtcdRefused, () => PromoteAsync("4711"));
        await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, () => RemoveAsync("x"));
        await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, () => AddAsync("http://10.0.0.1:1"));
    }

    [Fact]
    public async Task Certificates_OfAnotherAuthority_AreRefusedUntilTheRightOnesAreBack()
    {
        using var foreign = new TestAuthority();
        var (foreignCertificate, foreignKey) = foreign.IssueClient();
        var (certificate, key) = _cluster.Authority.IssueClient();
        await using var agent = await EngineAgent.StartAsync(_cluster.Network);
        Task CallAsync() => agent.Etcd.GetKeysAsync(new GetKeysRequest { InstanceId = First.InstanceId, Key = "/a" }, Soon).ResponseAsync;

        await First.WriteAsync([KeyValuePair.Create(ConfigPaths.ClientCertificate, foreignCertificate), KeyValuePair.Create(ConfigPaths.ClientKey, foreignKey)]);
        await RefusedAsync(StatusCode.Unavailable, ErrorReasons.EtcdUnreachable, CallAsync);
        await First.WriteAsync([KeyValuePair.Create(ConfigPaths.ClientCertificate, certificate), KeyValuePair.Create(ConfigPaths.ClientKey, key)]);
        await CallAsync();
    }

    [Fact]
    public async Task Server_OfAnotherAuthority_IsNotTrusted()
    {
        using var foreign = new TestAuthority();
        await First.WriteAsync([KeyValuePair.Create(ConfigPaths.CaCertificate, foreign.Pem)]);
        await using var agent = await EngineAgent.StartAsync(_cluster.Network);
        var request = new GetKeysRequest { InstanceId = First.InstanceId, Key = "/a" };

        await RefusedAsync(StatusCode.Unavailable, ErrorReasons.EtcdUnreachable, () => agent.Etcd.GetKeysAsync(request, Soon).ResponseAsync);
    }

    private async Task<AddMemberResponse> AddAsync(string url) =>
        await Agent.Etcd.AddMemberAsync(new AddMemberRequest { Context = EngineAgent.Command(First), PeerUrl = url }, Soon);

    private async Task<bool> PromoteAsync(string id) =>
        (await Agent.Etcd.PromoteMemberAsync(new PromoteMemberRequest { Context = EngineAgent.Command(First), MemberId = id }, Soon)).Votes;

    private async Task<bool> RemoveAsync(string id) =>
        (await Agent.Etcd.RemoveMemberAsync(new RemoveMemberRequest { Context = EngineAgent.Command(First), MemberId = id }, Soon)).Removed;

    private async Task<IReadOnlyList<EtcdMember>> MembersAsync() =>
        (await Agent.Etcd.ListMembersAsync(new ListMembersRequest { InstanceId = First.InstanceId }, Soon)).Members;

    private async Task VotesAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await PromoteAsync(id))
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    /// <summary>etcd changes no members before those that it has were connected for five seconds: until then it is refused for now.</summary>
    private static async Task<T> SettledAsync<T>(Func<Task<T>> change)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await change();
            }
            catch (RpcException exception) when (RpcErrors.ReasonOf(exception) == ErrorReasons.NoQuorum)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
        }
    }

    private Task HealthyAsync() => HealthyAsync(First);

    private async Task HealthyAsync(EngineContainer member)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await IsHealthyAsync(member))
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    private async Task<bool> IsHealthyAsync(EngineContainer member)
    {
        try
        {
            return (await StatusAsync(member)).Healthy;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false; // Not listening yet.
        }
    }

    private async Task<GetEtcdStatusResponse> StatusAsync(EngineContainer member) =>
        await Agent.Etcd.GetEtcdStatusAsync(new GetEtcdStatusRequest { InstanceId = member.InstanceId }, Soon);

    private async Task<GetKeysResponse> KeysAsync(string key, bool prefix = false) =>
        await Agent.Etcd.GetKeysAsync(new GetKeysRequest { InstanceId = First.InstanceId, Key = key, Prefix = prefix }, Soon);

    private async Task<bool> DeleteAsync(string key, string value, long modRevision)
    {
        var request = new CompareAndDeleteRequest { Context = EngineAgent.Command(First), Key = key, Value = ByteString.CopyFromUtf8(value), ModRevision = modRevision };
        return (await Agent.Etcd.CompareAndDeleteAsync(request, Soon)).Deleted;
    }

    /// <summary>With etcd's own client: what the agent reads is not written by it.</summary>
    private Task PutAsync(string key, string value) => DockerCommand.RunAsync(
        "exec", First.Name, "etcdctl", $"--endpoints=https://{_cluster.Network.Address}:{First.Ports[PortNames.EtcdClient]}",
        "--cacert=/etc/agents/ca.crt", "--cert=/etc/agents/client.crt", "--key=/etc/agents/client.key", "put", "--", key, value);

    private static async Task RefusedAsync(StatusCode code, string reason, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (refusal.StatusCode, RpcErrors.ReasonOf(refusal)));
    }
}
