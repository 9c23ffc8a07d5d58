using System.Text;
using Agents.Protocol;
using Grpc.Core;

namespace Agents.Functional.Tests.Link;

/// <summary>What happens when two claim to be the agent of one host.</summary>
[Trait("Category", "Functional")]
public sealed class LinkDuplicateTests : LinkFixture
{
    [Fact]
    public async Task Attach_SameProcess_ReplacesTheOlderLinkAtOnce()
    {
        var agent = await StartAgentAsync(processId: "process-1");
        var session = await Controller.NextSessionAsync();
        agent.Behaviour.HangHello();
        var identity = await agent.IdentityAsync();

        var nonce = (await AttachAsync(identity)).Nonce.ToByteArray();
        await using var link = await RawLink.OpenAsync(Address, identity, nonce);

        await Controller.Log.WaitForAsync("replaces session", session.SessionId.ToString());
        Assert.True(session.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task Attach_SameBootWhileOlderHangs_Wins()
    {
        var older = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        older.Behaviour.HangHello();

        await StartAgentAsync(enrolled: true);
        var newer = await Controller.NextSessionAsync(other => other.SessionId != session.SessionId);

        Assert.True(session.Closed.IsCancellationRequested);
        Assert.Equal(session.HostId, newer.HostId);
        Assert.NotEqual(session.ProcessId, newer.ProcessId);
        Assert.DoesNotContain(Controller.Log.Lines, line => line.Contains(" Error: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attach_OtherBootWhileOlderHangs_WinsWithAnAlert()
    {
        var older = await StartAgentAsync();
        var session = await Controller.NextSessionAsync();
        older.Behaviour.HangHello();

        await StartAgentAsync(bootId: "boot-2", enrolled: true);
        var newer = await Controller.NextSessionAsync(other => other.SessionId != session.SessionId);

        Assert.Equal("boot-2", newer.BootId);
        await Controller.Log.WaitForAsync("Error", "another boot", "boot-2");
    }

    [Fact]
    public async Task Attach_SameBootWhileOlderAnswers_IsRefused()
    {
        var agent = await StartAgentAsync();
        await Controller.NextSessionAsync();

        Assert.Equal(ErrorReasons.DuplicateAgent, await AttachReasonAsync(await agent.IdentityAsync(), processId: "another"));
    }

    [Fact]
    public async Task Attach_ProcessOfTheOlderOnAnotherBoot_IsNotTheSameProcess()
    {
        var agent = await StartAgentAsync(processId: "process-1");
        await Controller.NextSessionAsync();

        Assert.Equal(ErrorReasons.DuplicateAgent, await AttachReasonAsync(await agent.IdentityAsync(), bootId: "boot-2", processId: "process-1"));
    }

    [Fact]
    public async Task Attach_Refused_IsNotToldWhatWouldMakeItPass()
    {
        var agent = await StartAgentAsync(processId: "secret-process");
        await Controller.NextSessionAsync();
        var identity = await agent.IdentityAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(() => AttachAsync(identity, processId: "another"));

        Assert.Equal(ErrorReasons.DuplicateAgent, RpcErrors.ReasonOf(exception));
        var told = Convert.ToHexString([.. exception.Trailers.SelectMany(entry => entry.IsBinary ? entry.ValueBytes : Encoding.UTF8.GetBytes(entry.Value))]) + exception.Status.Detail;
        Assert.DoesNotContain(Convert.ToHexString("secret-process"u8), told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-process", told, StringComparison.Ordinal);
    }
}
